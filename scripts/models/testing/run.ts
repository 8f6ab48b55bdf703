import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { main } from '../main.ts';

/* What the tests of the operator's commands share: the embedded classifier as an example, and ways to run a command. */

const ROOT = resolve(import.meta.dirname, '../../..');
const EMBEDDED = join(ROOT, 'public/models/cifar_resnet20_v1');
export const MODEL = join(EMBEDDED, 'cifar_resnet20_v1.onnx');
export const LABELS = join(EMBEDDED, 'labels.txt');
export const COMMAND_MS = 60_000;

export const digest = (content: Uint8Array, algorithm = 'sha256') =>
  createHash(algorithm).update(content).digest('hex');
export const model = readFileSync(MODEL);
export const SHA256 = digest(model);

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs `npm run models -- …` as a program of its own. */
export function program(...args: string[]): Promise<Outcome> {
  const command = ['--import', 'tsx', join(ROOT, 'scripts/models.ts'), ...args];
  return new Promise((done) => {
    execFile(
      process.execPath,
      command,
      { cwd: ROOT, env: cleanEnvironment() },
      (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err });
      },
    );
  });
}

/** The same inside this process, which spares the seconds that a start takes. */
export async function models(...args: string[]): Promise<Outcome> {
  const lines = (spy: { mock: { calls: unknown[][] } }) =>
    spy.mock.calls.map(([line]) => `${String(line)}\n`).join('');
  const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const code = await main(args);
    return { code, out: lines(out), err: lines(err) };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const { INIT_CWD, DEBUG, ...rest } = process.env;
  return rest;
}

export function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

export const CONTRACT = {
  title: 'CIFAR ResNet-20',
  summary: 'Names one of ten things.',
  task: 'classification',
  input: {
    name: 'data',
    layout: 'NHWC',
    range: '0-255',
    channels: 'RGB',
    resize: { rule: 'squash', width: 32, height: 32, filter: 'bilinear' },
    normalise: null,
  },
  output: { scores: 'logits', activation: 'softmax' },
  labels: { format: 'plain' },
  licence: 'Apache-2.0',
  source: { title: 'This project', url: null },
  trainingData: 'CIFAR-10',
};

export interface Raw {
  sequence?: number;
  expires?: string;
  revoked?: string[];
  models: { id: string; file: string; evidence: unknown; chunks: { sha256: string[] } }[];
}
export const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as Raw;
