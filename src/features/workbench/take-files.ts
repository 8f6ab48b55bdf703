import { closeDialogs } from '../../ui/dialogs.ts';
import { handLabels, handOver, useHanded } from '../library/own/state/handed.ts';
import { picturesFrom } from './intake.ts';
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
  const [text] = labels;
  if (model) handOver(model, pictures.length === 0, text);
  else if (text) handLabels(text); // the wizard says what became of them
  if (another) remarkOn('models');
  else if (weights.length > 0) remarkOn('weights');
  else if (model && pictures.length > 0) remarkOn('model-waits');
  else if (model) dropRemark();
}
