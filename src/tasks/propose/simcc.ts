import type { PictureInput } from './picture-input.ts';
import { showAsNumbers, type Output, type Reading } from './reading.ts';

/**
 * A pose network that answers with one row of scores for each joint's column and one for its row (SimCC, as RTMPose):
 * [1, K, n × width] and [1, K, n × height], n mostly 2.
 */
export function readSimCc(outputs: readonly Output[], picture: PictureInput): Reading | null {
  const [x, y] = outputs;
  if (!x || !y || outputs.length !== 2) return null;
  const joints = x.sides[1] ?? null;
  if (x.sides.length !== 3 || y.sides.length !== 3 || y.sides[1] !== joints) return null;
  const [columns, rows] = [x.sides[2] ?? null, y.sides[2] ?? null];
  const { width, height } = picture;
  if (joints === null || columns === null || rows === null || width === null || height === null) {
    return null;
  }
  if (columns % width !== 0 || columns / width !== rows / height) return null;
  const each = columns / width;
  return showAsNumbers(outputs, {
    id: 'pose',
    title: 'Pose by columns and rows',
    flavour: 'pose',
    confidence: 'likely',
    because: `“${x.name}” and “${y.name}” have, for each of ${String(joints)} joints, ${String(each)} score${each === 1 ? '' : 's'} for every column and every row of the picture, as SimCC networks do (RTMPose). A joint is where both are largest; the scores are shown as numbers.`,
  });
}
