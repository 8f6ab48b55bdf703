import { closeDialogs } from '../../ui/dialogs.ts';
import { handLabels, handOver, useHanded } from '../library/own/state/handed.ts';
import { picturesFrom, type RemarkKind } from './intake.ts';
import { sortFiles } from './sort-files.ts';
import { addPictures, dropRemark, remarkOn, type NewPicture } from './state/bench.ts';

/**
 * Takes files that a person dropped, pasted or picked: pictures come to the bench, a model and its labels to the
 * library's wizard. A dialog would hide what came, so it is closed.
 */
export async function takeFiles(
  files: readonly File[],
  source: NewPicture['source'],
): Promise<void> {
  const { pictures, models, labels, weights } = await sortFiles(files, useHanded.getState().open);
  closeDialogs();
  addPictures(picturesFrom(pictures, source));
  const [model, another] = models;
  const text = labels.length === 1 ? labels[0] : undefined; // of several, nobody knows which it is
  const remarks: RemarkKind[] = [];
  if (another) remarks.push('models');
  else if (model && pictures.length > 0) remarks.push('model-waits');
  if (weights.length > 0) remarks.push('weights');
  if (labels.length > 1) remarks.push('labels-several');
  if (remarks.length > 0) remarkOn(...remarks);
  else if (model || text) dropRemark();
  // The wizard adds what became of the labels.
  if (model) handOver(model, pictures.length === 0, text);
  else if (text) handLabels(text);
}
