import { limitOf } from '../../src/core/limits.ts';
import type { ModelInspection } from '../../src/core/onnx/types.ts';
import { onlyOne, pathOf, readArguments, type Command } from './command.ts';
import { readBytes, sha256 } from './files.ts';
import { judge } from './judge.ts';

/** Prints what the page would say of a file. */
export const inspect: Command = {
  summary: 'says what is in a model file and whether the gate lets it through',
  help: `npm run --silent models -- inspect FILE [--layers]

Prints {"file", "sha256", "verdict", "summary"} as JSON, by the same code as in the browser. Nothing is executed. The
exit code is 0 when the model is accepted, 2 when it is refused, 1 when the file cannot be read. Counting stops at
9007199254740991, which stands for that many and more.

  --layers   with every layer`,
  run(args) {
    const { values, positionals } = readArguments(args, { layers: { type: 'boolean' } });
    const file = pathOf(onlyOne(positionals, 'file'));
    const bytes = readBytes(file, limitOf('modelBytes'));
    const { verdict, inspection } = judge(bytes);
    const summary = inspection && (values.layers ? inspection : withoutLayers(inspection));
    console.log(JSON.stringify({ file, sha256: sha256(bytes), verdict, summary }, null, 2));
    return Promise.resolve(verdict.accepted ? 0 : 2);
  },
};

function withoutLayers({ layers, ...rest }: ModelInspection) {
  return { ...rest, layerCount: layers.length };
}
