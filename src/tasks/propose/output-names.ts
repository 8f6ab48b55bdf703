/** What an output's name says that its numbers are. */
export type Said = 'points' | 'embedding' | 'boxes' | 'scores';

const WORDS: readonly (readonly [Said, RegExp])[] = [
  ['points', /landmark|keypoint|kpt|lmk|joint|\b(points?|pts|poses?)\b/],
  ['embedding', /embed|feature|\bfc1\b/],
  ['boxes', /bbox|\b(boxes|box|locs?|locations?)\b/],
  ['scores', /\b(confs?|confidences?|scores?|probs?)\b/],
];

/** What a name says, whatever its case and however its words are joined; null for a name that says nothing. */
export function saidBy(name: string): Said | null {
  // Short words count only alone: “loc” is no “block”, “pose” no “transpose”.
  const words = name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .replaceAll(/(box|boxes|loc|conf|points?|pts|pose|scores?)\d+\b/g, '$1');
  return WORDS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
