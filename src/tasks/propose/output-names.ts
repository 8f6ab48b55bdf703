/** What an output's name says that its numbers are. */
export type Said = 'points' | 'embedding' | 'boxes' | 'scores';

const WORDS: readonly (readonly [Said, RegExp])[] = [
  ['points', /landm|ldmk|lmk|keypoint|kpt|joint|\b(kps|coords?|ld|points?|pts|poses?)\b/],
  ['embedding', /embed|feature|\bfc1\b/],
  ['boxes', /bbox|\b(boxes|box|locs?|locations?|regressors?)\b/],
  ['scores', /\b(confs?|confidences?|scores?|probs?|classificators?)\b/],
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
