/** What a file's name says it is, as far as own models are concerned. */
type NamedKind = 'model' | 'labels' | 'weights';

const KINDS: readonly (readonly [name: RegExp, kind: NamedKind])[] = [
  [/\.onnx$/i, 'model'],
  [/\.(txt|names|json)$/i, 'labels'],
  // What exporters call the second file: net.onnx.data, net.data, net.onnx_data.
  [/\.(data|onnx_data)$/i, 'weights'],
];

/** The kind that a file's name states; null when it says nothing. */
export function kindByName(name: string): NamedKind | null {
  return KINDS.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
