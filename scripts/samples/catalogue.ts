import { airplane } from './scenes/airplane.ts';
import { automobile } from './scenes/automobile.ts';
import { frog } from './scenes/frog.ts';
import { horse } from './scenes/horse.ts';
import { ship } from './scenes/ship.ts';
import { smear } from './scenes/smear.ts';
import { truck } from './scenes/truck.ts';
import type { Picture } from './svg.ts';

/** What an index entry says about one picture. */
export interface SampleEntry {
  readonly id: string;
  /** Short human words for the thumbnail. */
  readonly title: string;
  /** The model that the picture is drawn for. */
  readonly model: 'cifar_resnet20_v1' | 'ssd_300_mobilenet0.25_bccd';
  /** What the model truly answers: its first label, or the number of boxes per class at score 0.3. */
  readonly expect: string | Readonly<Record<string, number>>;
}

/** One sample: its entry and the code that draws it. */
export interface Sample {
  readonly entry: SampleEntry;
  readonly draw: () => Picture;
}

const CLASSIFIER = 'cifar_resnet20_v1';
const DETECTOR = 'ssd_300_mobilenet0.25_bccd';

const classified = (id: string, title: string, expect: string, draw: () => Picture): Sample => ({
  entry: { id, title, model: CLASSIFIER, expect },
  draw,
});

/** Every sample in the order of the index. */
export const SAMPLES: readonly Sample[] = [
  classified('steamer', 'Coastal steamer', 'ship', ship),
  classified('airliner', 'Airliner above clouds', 'airplane', airplane),
  classified('small-car', 'Small family car', 'automobile', automobile),
  classified('lorry', 'Delivery truck', 'truck', truck),
  classified('chestnut-horse', 'Chestnut horse', 'horse', horse),
  classified('pond-frog', 'Frog on a lily leaf', 'frog', frog),
  {
    entry: {
      id: 'smear-white-cell',
      title: 'Blood smear with a white cell',
      model: DETECTOR,
      expect: { RBC: 15, WBC: 1, Platelets: 5 },
    },
    draw: () => smear({ seed: 2, white: [{ x: 236, y: 206, r: 67 }], reds: 15, platelets: 5 }),
  },
  {
    entry: {
      id: 'smear-red-cells',
      title: 'Blood smear, red cells',
      model: DETECTOR,
      expect: { RBC: 18, WBC: 0, Platelets: 5 },
    },
    draw: () => smear({ seed: 111, white: [], reds: 18, platelets: 5 }),
  },
];
