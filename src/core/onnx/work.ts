import type { ModelInspection } from './types.ts';

/**
 * The multiply-adds that a declaration may state: those of the whole network. Empty where a layer's are not known, as
 * with an input of open sides: a part of the sum, or another number in its place, would be taken for the whole.
 */
export function knownWork({
  layers,
  multiplyAdds,
}: Pick<ModelInspection, 'layers' | 'multiplyAdds'>): { readonly multiplyAdds?: number } {
  const isWhole = layers.every((layer) => layer.multiplyAdds !== null);
  return isWhole && multiplyAdds !== null && multiplyAdds > 0 ? { multiplyAdds } : {};
}
