import type { ZooModel, ZooTask } from '../../models/zoo/schema.ts';
import { TASK_TITLES } from '../../models/zoo/words.ts';

/*
 * People write “ResNet-50”, “SSD 512” and “DeepLabV3”; the names are resnet50_v1, ssd_512_vgg16_atrous_voc and
 * deeplab_resnet101_voc. So spelling is taken out of both before they are compared.
 */

/** What GluonCV's names and families leave out and people look for. */
const FAMILY_WORDS: Readonly<Record<string, string | undefined>> = {
  DeepLab: 'DeepLabV3', // arXiv:1706.05587, by GluonCV's own documentation
  SSD: 'single shot detector',
};

const TASK_WORDS: Readonly<Record<ZooTask, string>> = {
  classification: 'image classifier',
  detection: 'object detector',
  segmentation: 'semantic',
  'instance-segmentation': 'masks',
  pose: 'estimation keypoints skeleton',
  action: 'video',
  depth: 'monocular estimation',
  tracking: 'tracker video',
};

/**
 * A text without case, hyphens, underscores, dots and spaces; between two digits a space stays, so that 16_10 is not
 * 1610.
 */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<!\p{N}) | (?!\p{N})/gu, '');
}

/** What the search looks into, for {@link matches} and {@link nearness}: name, family, data set and task of a model. */
export function searchedOf(
  { name, family, task }: Pick<ZooModel, 'name' | 'family' | 'task'>,
  dataset: string | null,
): string {
  const texts = [name, family, FAMILY_WORDS[family], dataset, TASK_TITLES[task]];
  // Word by word: run together, “single shot” would be found by “lesh”.
  const words = TASK_WORDS[task].split(' ');
  return [...texts, ...words].map((text) => plainText(text ?? '')).join('\n');
}

/** Makes the test for a search: every word must occur, in any order; the last letters may be yet to come. */
export function matches(search: string): (searched: string) => boolean {
  const words = search
    .split(/\s+/)
    .map(plainText)
    .filter((word) => word !== '');
  return (searched) => words.every((word) => occurs(word, searched));
}

/** How near a name comes to a search, nearest first: 0 for the name itself, 1 where it begins so, else 2. */
export function nearness(search: string): (searched: string) => 0 | 1 | 2 {
  const start = plainText(search);
  // The name is the first line of what is searched.
  return (searched) => (searched.startsWith(`${start}\n`) ? 0 : searched.startsWith(start) ? 1 : 2);
}

/** Whether a word occurs, a number only from its first digit on: 18 is not in 218. */
function occurs(word: string, searched: string): boolean {
  const isNumber = isDigit(word[0]);
  for (let at = searched.indexOf(word); at >= 0; at = searched.indexOf(word, at + 1)) {
    if (!isNumber || !isDigit(searched[at - 1])) return true;
  }
  return false;
}

function isDigit(character = ''): boolean {
  return /^\p{N}/u.test(character);
}
