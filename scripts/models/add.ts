import { basename, join } from 'node:path';
import * as v from 'valibot';
import { AppError } from '../../src/core/errors.ts';
import { knownWork } from '../../src/core/onnx/work.ts';
import { limitOf } from '../../src/core/limits.ts';
import { relativePathSchema, type Evidence } from '../../src/core/manifest/schema.ts';
import { parseEntry } from '../../src/models/manifest.ts';
import { largestPicture } from '../../src/tasks/shared/largest-picture.ts';
import { onlyOne, pathOf, readArguments, usage, type Command } from './command.ts';
import { parseContract, proposeContract, type Contract } from './contract.ts';
import { fetchFile, isFetchable } from './fetch-file.ts';
import { chunkDigests, putFile, readBytes, readJson, sha256 } from './files.ts';
import { requireFit } from './fit.ts';
import { appendEntry, hasModel, loadOrBegin, modelFolder } from './folder.ts';
import { passGate } from './judge.ts';
import { takeLabels } from './labels.ts';

const CONTRACT_BYTES = 256 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** Adds one model to a folder. */
export const add: Command = {
  summary: 'adds a model file to a folder and its manifest',
  help: `npm run models -- add FILE|URL --manifest DIR --contract FILE [--labels FILE] [--id ID]
                            [--sha256 HEX --from WHO]
npm run --silent models -- add FILE|URL > contract.json

Reads or downloads the file, lets the gate judge it, copies it to DIR/ID/ and appends its entry, with digests and
chunk list, to DIR/index.json. Sign the folder afterwards.

The contract says what the file cannot: title, summary, task, input, output, licence, source, training data, as in a
manifest's entry. Without --contract a proposal is printed; complete its empty texts and check the rest. It also says
whether --labels is needed. A contract that does not fit the file's inputs and outputs is refused.

  --manifest DIR    folder of models; made when it is not there
  --contract FILE   the completed proposal
  --labels FILE     names of the classes, one a line; of “n01440764 tench, …” the first name counts, and what is
                    numbered from 0 (“0 cat”, “0: cat”) or a list in JSON or Python is published as plain names.
                    Not needed for the task “tensors”, whose numbers have no names (the file gets the one line
                    “value”), nor where the model file carries as many names as it has classes: those are taken
  --id ID           lower case; default: the file's name
  --sha256 HEX      refuse any other file. With --from WHO told you the digest, the entry gets grade B, else E.
                    --from alone is refused`,
  async run(args) {
    const { values, positionals } = readArguments(args, {
      manifest: { type: 'string' },
      contract: { type: 'string' },
      labels: { type: 'string' },
      id: { type: 'string' },
      sha256: { type: 'string' },
      from: { type: 'string' },
    });
    const source = onlyOne(positionals, 'file or address');
    if (values.from !== undefined && values.sha256 === undefined) {
      throw usage(
        '--from WHO says who published a digest: give the digest too, with --sha256 HEX.',
      );
    }
    const { bytes, name, url } = await readSource(source);
    refuseOtherDigest(bytes, values.sha256, source);
    if (values.contract === undefined) {
      const inspection = passGate(bytes, source);
      const { contract, because, labels } = proposeContract(inspection, name, url);
      console.log(JSON.stringify(contract, null, 2));
      console.error(`Nothing was added. The proposal: ${because}`);
      console.error(`Complete it, check it, and give it with --contract. ${labels}`);
      return 0;
    }
    if (values.manifest === undefined) throw usage('--manifest DIR is missing.');
    const contractFile = pathOf(values.contract);
    const contract = parseContract(readJson(contractFile, CONTRACT_BYTES), contractFile);
    const inspection = passGate(bytes, source, largestPicture(contract.input));
    const labels = takeLabels(values.labels, contract, inspection);

    const folder = modelFolder(pathOf(values.manifest));
    const id = values.id ?? name.toLowerCase().replace(/\.onnx$/, '');
    // Addresses may end in what is no name for a file.
    const fileName = v.is(relativePathSchema, name) ? name : `${id}.onnx`;
    const entry = parseEntry(
      {
        ...knownWork(inspection),
        ...contract,
        id,
        file: `${id}/${fileName}`,
        bytes: bytes.length,
        sha256: sha256(bytes),
        chunks: chunkDigests(bytes),
        labels: {
          file: `${id}/labels.txt`,
          bytes: labels.bytes.length,
          sha256: sha256(labels.bytes),
          format: labels.format,
        },
        card: null,
        evidence: contract.evidence ?? evidence(contract, values.sha256, values.from),
      },
      `The entry ${id}`,
    );
    requireFit(entry, inspection, labels, contractFile);
    if (hasModel(loadOrBegin(folder), id)) {
      throw usage(`${folder.manifestFile} already has a model ${id}. Choose another --id.`);
    }
    putFile(join(folder.dir, entry.file), bytes);
    putFile(join(folder.dir, entry.labels.file), labels.bytes);
    appendEntry(folder, entry);
    console.log(
      `Added ${id}: ${String(bytes.length)} bytes, SHA-256 ${entry.sha256}, grade ${entry.evidence.grade}.`,
    );
    return 0;
  },
};

async function readSource(
  source: string,
): Promise<{ bytes: Bytes; name: string; url: string | null }> {
  const max = limitOf('modelBytes');
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(source)) {
    const file = pathOf(source);
    return { bytes: readBytes(file, max), name: basename(file), url: null };
  }
  if (!isFetchable(source)) throw usage(`${source} is not an https:// address.`);
  const { href, pathname, protocol } = new URL(source);
  const bytes = await fetchFile(source, max);
  const name = pathname.split('/').pop() ?? '';
  return { bytes, name, url: protocol === 'https:' ? href : null };
}

function refuseOtherDigest(bytes: Bytes, wanted: string | undefined, source: string): void {
  if (wanted === undefined) return;
  const actual = sha256(bytes);
  if (wanted.toLowerCase() === actual) return;
  throw new AppError(
    'integrity/digest-mismatch',
    `${source} has the SHA-256 ${actual} instead of ${wanted}. Nothing was added.`,
  );
}

function evidence(
  { source }: Contract,
  digest: string | undefined,
  from: string | undefined,
): Evidence {
  if (digest !== undefined && from !== undefined) {
    return { grade: 'B', statement: `The SHA-256 was published by ${from} and compared.` };
  }
  const day = new Date().toISOString().slice(0, 10);
  return {
    grade: 'E',
    statement: `The SHA-256 was recorded on ${day} from the file of “${source.title}”.`,
  };
}
