import { closeDialogs } from '../../ui/dialogs.ts';
import { handOver } from '../library/own/state/handed.ts';
import { picturesFrom } from './intake.ts';
import { sortFiles } from './sort-files.ts';
import { addPictures, dropRemark, remarkOn, type NewPicture } from './state/bench.ts';

/**
 * Takes files that a person dropped, pasted or picked: pictures come to the bench, a model to the library's wizard.
 * A dialog would hide what came, so it is closed.
 */
export async function takeFiles(
  files: readonly File[],
  source: NewPicture['source'],
): Promise<void> {
  const { pictures, models } = await sortFiles(files);
  closeDialogs();
  addPictures(picturesFrom(pictures, source));
  const [model, another] = models;
  if (!model) return;
  handOver(model, pictures.length === 0);
  if (another) remarkOn('models');
  else if (pictures.length > 0) remarkOn('model-waits');
  else dropRemark();
}
