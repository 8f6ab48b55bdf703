import type { Layer } from '../../../core/onnx/types.ts';

export type Measure = 'parameters' | 'multiplyAdds';
export type SortKey = 'index' | 'op' | Measure;

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** Characters at a name's end that always show: exporters write what is common first and what differs last. */
const TAIL = 14;

/** A name in two: what may give way where it is too long, and its end. */
export function splitName(name: string): readonly [head: string, tail: string] {
  const cut = Math.max(0, name.length - TAIL);
  const whole = /[\udc00-\udfff]/.test(name.charAt(cut)) ? cut - 1 : cut; // no character is halved
  return [name.slice(0, Math.max(0, whole)), name.slice(Math.max(0, whole))];
}

/** What the person looks for. */
export interface LayerFilter {
  /** An operator; empty for all. */
  readonly op: string;
  /** Part of a name, of the layer or of a tensor it reads or makes. */
  readonly text: string;
}

/** True for layers that are looked for. */
export function matches(layer: Layer, { op, text }: LayerFilter): boolean {
  if (op !== '' && layer.op !== op) return false;
  const wanted = text.trim().toLowerCase();
  return (
    wanted === '' ||
    [layer.op, layer.name, ...layer.inputs, ...layer.outputs].some((name) =>
      name.toLowerCase().includes(wanted),
    )
  );
}

/** Sorted; unknown multiply-adds count as none, equals stay in file order. */
export function sortLayers(
  layers: readonly Layer[],
  { key, descending }: Sorting,
): readonly Layer[] {
  const sign = descending ? -1 : 1;
  const compare = (a: Layer, b: Layer) =>
    key === 'op' ? a.op.localeCompare(b.op, 'en') : (a[key] ?? 0) - (b[key] ?? 0);
  return layers.toSorted((a, b) => sign * compare(a, b) || a.index - b.index);
}

/** Which rows of a long table are drawn. */
export interface Drawn {
  readonly from: number;
  readonly to: number;
}

/** Rows beyond the edges that are drawn, so that scrolling does not show a gap. */
const SPARE = 8;

/** @param top of what is in sight, @param height of it, @param row height of a row, all in px */
export function drawnRows(total: number, top: number, height: number, row: number): Drawn {
  const from = Math.max(0, Math.min(Math.floor(top / row), total) - SPARE);
  return { from, to: Math.min(total, Math.ceil((top + height) / row) + SPARE) };
}
