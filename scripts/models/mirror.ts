import { basename, dirname, join, resolve } from 'node:path';
import { AppError, asAppError } from '../../src/core/errors.ts';
import { limitOf } from '../../src/core/limits.ts';
import { parseAs } from '../../src/core/manifest/parse.ts';
import { checkClaim, digestsOf } from '../../src/models/library/claim.ts';
import { parseEntry } from '../../src/models/manifest.ts';
import { declareModel } from '../../src/models/zoo/declare.ts';
import { planInstall } from '../../src/models/zoo/plan.ts';
import { zooSchema, type Zoo } from '../../src/models/zoo/schema.ts';
import { pathOf, readArguments, usage, type Command } from './command.ts';
import { fetchFile, isFetchable } from './fetch-file.ts';
import { chunkDigests, putFile, readBytes, readJson, sha256 } from './files.ts';
import { appendEntry, hasModel, loadOrBegin, modelFolder, type ModelFolder } from './folder.ts';
import { passGate } from './judge.ts';

const CATALOGUE = resolve(import.meta.dirname, '../../public/library/zoo.json');

/** Copies models of the catalogue into a folder. */
export const mirror: Command = {
  summary: 'downloads models of the catalogue into a folder of one’s own',
  help: `npm run models -- mirror NAME… --out DIR [--from URL] [--catalogue FILE]

Downloads GluonCV's models by name, checks what was published about each, lets the gate judge it, and appends its
entry, with full SHA-256 and chunk list, to DIR/index.json. What is there already is left. What fails is listed, and
the exit code is 1 then; run it again to go on. Sign the folder afterwards.

  --out DIR          folder of models; made when it is not there
  --from URL         fetch from here instead, the path of each address appended
  --catalogue FILE   another zoo.json (default: the one of this project)`,
  async run(args) {
    const { values, positionals } = readArguments(args, {
      out: { type: 'string' },
      from: { type: 'string' },
      catalogue: { type: 'string', default: CATALOGUE },
    });
    if (positionals.length === 0) throw usage('Name the models to mirror, as the catalogue does.');
    if (values.out === undefined) throw usage('--out DIR is missing.');
    if (values.from !== undefined && !isFetchable(values.from)) {
      throw usage(`--from wants an https:// address, not “${values.from}”.`);
    }
    const catalogue = pathOf(values.catalogue);
    const job: Job = {
      zoo: readZoo(catalogue),
      page: dirname(dirname(catalogue)),
      folder: modelFolder(pathOf(values.out)),
      from: values.from,
    };
    const failures: string[] = [];
    for (const name of new Set(positionals)) {
      try {
        console.log(await mirrorModel(job, name));
      } catch (thrown) {
        failures.push(`${name}: ${asAppError(thrown).message}`);
      }
    }
    for (const failure of failures) console.error(`FAILED  ${failure}`);
    return failures.length === 0 ? 0 : 1;
  },
};

interface Job {
  readonly zoo: Zoo;
  /** Folder of the page: the catalogue's lists of labels are relative to it. */
  readonly page: string;
  readonly folder: ModelFolder;
  readonly from: string | undefined;
}

function readZoo(file: string): Zoo {
  const json = readJson(file, limitOf('zooBytes'));
  return parseAs(zooSchema, json, 'manifest/bad-catalogue', `The catalogue ${file}`);
}

/** @returns a line about what was done. */
async function mirrorModel({ zoo, page, folder, from }: Job, name: string): Promise<string> {
  const model = zoo.models.find((candidate) => candidate.name === name);
  if (!model) {
    throw new AppError('manifest/unknown-model', 'The catalogue has no model of this name.');
  }
  const plan = planInstall(zoo, model);
  if (!plan.possible) throw new AppError('manifest/not-installable', plan.because);
  const { source } = plan;
  if (hasModel(loadOrBegin(folder), name)) return `there    ${name}`;

  const url = from === undefined ? source.url : moved(source.url, from);
  const bytes = await fetchFile(url, source.bytes ?? limitOf('modelBytes'), source.bytes);
  const digests = await digestsOf(bytes, source.claim);
  checkClaim(
    { what: `The file of ${url}`, bytes: source.bytes, claim: source.claim },
    bytes,
    digests,
  );
  const inspection = passGate(bytes, url);
  const declared = declareModel(zoo, model, source, {
    sha256: digests.sha256,
    bytes: bytes.length,
    inspection,
  });

  const labels = readBytes(join(page, declared.labels.file), limitOf('labelsBytes'));
  const entry = parseEntry(
    {
      ...declared,
      file: `${name}/${name}.onnx`,
      chunks: chunkDigests(bytes),
      labels: { ...declared.labels, file: `labels/${basename(declared.labels.file)}` },
    },
    `The entry ${name}`,
  );
  if (sha256(labels) !== entry.labels.sha256) {
    throw new AppError(
      'integrity/digest-mismatch',
      `The list of labels ${declared.labels.file} is not the one that the catalogue names.`,
    );
  }
  putFile(join(folder.dir, entry.labels.file), labels);
  putFile(join(folder.dir, entry.file), bytes);
  appendEntry(folder, entry);
  return `added    ${name}  ${String(bytes.length)} bytes  grade ${source.grade}  SHA-256 ${digests.sha256}`;
}

/** The same path on another host. */
function moved(url: string, from: string): string {
  return `${from.replace(/\/+$/, '')}${new URL(url).pathname}`;
}
