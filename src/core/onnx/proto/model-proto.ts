import { limitOf } from '../../limits.ts';
import { AppError } from '../../errors.ts';
import { describeWrongFile } from '../../integrity/wrong-file.ts';
import { malformed, notOnnx, tooManyNodes } from '../gate-error.ts';
import type { NameTable } from './name-table.ts';
import { AttributeTable } from './attribute-table.ts';
import { readNode } from './node-proto.ts';
import { NodeTable } from './node-table.ts';
import { readTensor } from './tensor-proto.ts';
import type { TensorProto } from './tensor-proto.ts';
import { readValueInfo } from './value-info.ts';
import type { ValueInfoProto } from './value-info.ts';
import { WireReader } from './wire.ts';

export interface GraphProto {
  /** Of the whole file. Whatever has a name has its number. */
  readonly names: NameTable;
  readonly name: string;
  readonly nodes: NodeTable;
  readonly initialisers: readonly TensorProto[];
  readonly sparseInitialisers: number;
  /** As declared, initialisers among them (until IR version 3 all had to be). */
  readonly inputs: readonly ValueInfoProto[];
  readonly outputs: readonly ValueInfoProto[];
  /** What the graph claims of its inner results (`value_info`). */
  readonly declared: readonly ValueInfoProto[];
}

/** ModelProto as of onnx.proto (ONNX 1.23); documentation strings are not read. */
export interface ModelProto {
  readonly irVersion: number;
  readonly producer: string;
  readonly opsets: readonly { readonly domain: string; readonly version: number }[];
  /** The first ones. */
  readonly metadata: readonly { readonly key: string; readonly value: string }[];
  /** How many there are in all. */
  readonly metadataLines: number;
  readonly graph: GraphProto;
  readonly functions: number;
  readonly trainingInfo: boolean;
}

/** Shown in the inspector; a file may hold any number. */
const MAX_METADATA = 100;

/**
 * Reads a model file without executing or copying anything of it: one pass, linear in its bytes, with memory bounded
 * by `LIMITS.modelEntries` and `LIMITS.modelNodes`.
 *
 * @throws AppError `gate/not-onnx`, `gate/truncated`, `gate/malformed`, `gate/too-many-nodes`, `gate/too-complex`
 */
export function readModel(bytes: Uint8Array): ModelProto {
  let irVersion = 0;
  let producer = '';
  let version = '';
  let graph: GraphProto | null = null;
  let functions = 0;
  let metadataLines = 0;
  let trainingInfo = false;
  const opsets: { domain: string; version: number }[] = [];
  const metadata: { key: string; value: string }[] = [];
  const message = WireReader.ofFile(bytes);
  try {
    while (message.next()) {
      switch (message.field) {
        case 1:
          irVersion = message.size('the format version');
          break;
        case 2:
          producer = message.text();
          break;
        case 3:
          version = message.text();
          break;
        case 7:
          graph = readGraph(message.onlyMessage('graph'));
          break;
        case 8:
          opsets.push(readOpset(message.message('operator set')));
          break;
        case 14: {
          const pair = readPair(message.message('metadata'));
          metadataLines += 1;
          if (metadata.length < MAX_METADATA) metadata.push(pair);
          break;
        }
        case 20:
          trainingInfo = true;
          message.skip();
          break;
        case 25:
          functions += 1;
          message.skip();
          break;
        default:
          message.skip();
      }
    }
  } catch (thrown) {
    // Before anything of a model was met, a failure says what the file is not, rather than what is wrong with it.
    const broken = thrown instanceof AppError && /truncated|malformed/.test(thrown.code);
    if (broken && irVersion === 0 && graph === null) {
      throw notOnnx(instead(bytes) ?? 'it does not begin like one', message.offset);
    }
    throw thrown;
  }
  if (bytes.length === 0) throw notOnnx('the file is empty', 0);
  if (irVersion <= 0) throw notOnnx(instead(bytes) ?? 'it states no format version', 0);
  if (graph === null) throw malformed('it ends before its graph', bytes.length);
  if (opsets.length === 0) throw malformed('it ends without an operator set', bytes.length);
  producer = [producer, version].filter((part) => part !== '').join(' ');
  return { irVersion, producer, opsets, metadata, metadataLines, graph, functions, trainingInfo };
}

function readGraph(message: WireReader): GraphProto {
  let name = '';
  let sparseInitialisers = 0;
  let nodeCount = 0;
  const nodes = new NodeTable(message.names);
  const attributes = new AttributeTable(message.bytes);
  const initialisers: TensorProto[] = [];
  const inputs: ValueInfoProto[] = [];
  const outputs: ValueInfoProto[] = [];
  const declared: ValueInfoProto[] = [];
  const limit = limitOf('modelNodes');
  while (message.next()) {
    switch (message.field) {
      case 1:
        nodeCount += 1;
        // Beyond the limit they are counted for the refusal's sentence and not read.
        if (nodeCount > limit) message.skip();
        else readNode(message.message('node'), nodes, attributes);
        break;
      case 2:
        name = message.nameText();
        break;
      case 5:
        initialisers.push(readTensor(message.message('initialiser')));
        break;
      case 11:
        inputs.push(readValueInfo(message.message('input')));
        break;
      case 12:
        outputs.push(readValueInfo(message.message('output')));
        break;
      case 13:
        declared.push(readValueInfo(message.message('result')));
        break;
      case 15:
        sparseInitialisers += 1;
        message.skip();
        break;
      default:
        message.skip();
    }
  }
  if (nodeCount > limit) throw tooManyNodes(nodeCount, limit);
  const { names } = message;
  return { names, name, nodes, initialisers, sparseInitialisers, inputs, outputs, declared };
}

function readOpset(message: WireReader): { domain: string; version: number } {
  let domain = '';
  let version = 0;
  while (message.next()) {
    if (message.field === 1) domain = message.nameText();
    else if (message.field === 2) version = message.size('the version of an operator set');
    else message.skip();
  }
  return { domain, version };
}

function readPair(message: WireReader): { key: string; value: string } {
  let key = '';
  let value = '';
  while (message.next()) {
    if (message.field === 1) key = message.nameText();
    else if (message.field === 2) value = message.text(limitOf('modelMetadataBytes'));
    else message.skip();
  }
  return { key, value };
}

/** What a file that is no model is instead, where that can be told. */
function instead(bytes: Uint8Array): string | null {
  const guess = describeWrongFile(bytes);
  return guess === null ? null : `it looks like ${guess}`;
}
