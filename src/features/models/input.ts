import type { InputContract, ResizeRule } from '../../core/manifest/schema.ts';

/** What a network is fed, in a sentence. */
export function describeInput({
  layout,
  channels,
  range,
  resize,
  normalise,
}: InputContract): string {
  const scale = range === '0-1' ? '0 to 1' : '0 to 255';
  const norm =
    normalise === null ? 'normalised in the network' : 'normalised by mean and deviation';
  return `${describeResize(resize)}; ${channels} ${scale}, ${layout}, ${norm}.`;
}

function describeResize(resize: ResizeRule): string {
  switch (resize.rule) {
    case 'squash':
      return `Squashed to ${side(resize)}`;
    case 'short-side-crop':
      return `Short side to ${String(resize.short)}, centre crop of ${side(resize)}`;
    case 'short-within':
      return `Short side to ${String(resize.short)}, long side at most ${String(resize.max)}`;
  }
}

function side({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${String(width)} × ${String(height)}`;
}
