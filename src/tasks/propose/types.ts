import type { InputContract } from '../../core/manifest/schema.ts';
import type { ModelEntry } from '../registry.ts';

/** How far a proposal is to be trusted: by a published contract, by its shapes, or for want of anything better. */
export type Confidence = 'sure' | 'likely' | 'guess';

/** Names of classes that the product has. */
export type LabelSetId = 'imagenet-1k' | 'cifar-10' | 'voc' | 'coco';

/** A task with its own output contract, told apart by `task`. */
type ContractOf<Entry> = Entry extends ModelEntry ? Pick<Entry, 'task' | 'output'> : never;
export type TaskContract = ContractOf<ModelEntry>;

/** A way to feed a network and to read its answer, for a person to confirm. */
export type Proposal = TaskContract & {
  /** Unique among the proposals of one network. */
  readonly id: string;
  /** What the network seems to be, in a few words. */
  readonly title: string;
  readonly confidence: Confidence;
  /** Full sentences: what in the file speaks for it, and what nobody can know from the file. */
  readonly because: string;
  readonly input: InputContract;
  /** How many labels the contract needs; null when the file does not tell. */
  readonly classes: number | null;
  /** The names that belong to it, where they are known. */
  readonly labelSet: LabelSetId | null;
  /** The names that the file itself carries; null without. */
  readonly labels: readonly string[] | null;
};
