import type { AppError } from '../../../../core/errors.ts';
import type { Proposal } from '../../../../tasks/propose/types.ts';
import { draftOf, type Draft } from '../draft.ts';
import { proposeNaming, type Naming, type OwnFile } from '../entry.ts';
import { proposedLabels, type LabelChoice, type LabelLists } from '../labels.ts';
import type { Offers } from '../read-file.ts';

/** Everything the person entered about a file, and how keeping it went. */
export interface Form {
  /** The proposal that was chosen. */
  readonly proposal: Proposal;
  readonly draft: Draft;
  readonly labels: LabelChoice;
  readonly naming: Naming;
  /** How often keeping it was tried; problems are told from the first on. */
  readonly attempts: number;
  /** It is being kept. */
  readonly busy: boolean;
  readonly failure: AppError | null;
}

/** What the page knows beside the file. */
export interface Surroundings {
  /** The page's lists of class names. */
  readonly lists: LabelLists;
  /** Ids that a new model must not have. */
  readonly taken: readonly string[];
}

/** The form as it is first shown: the best proposal. */
export function beginForm(own: OwnFile, offers: Offers, { lists, taken }: Surroundings): Form {
  return {
    ...following(offers.proposals[0], own, lists),
    naming: proposeNaming(own, taken),
    attempts: 0,
    busy: false,
    failure: null,
  };
}

/** The fields that follow from a proposal when it is chosen. */
export function following(
  proposal: Proposal,
  { inspection }: OwnFile,
  lists: LabelLists,
): Pick<Form, 'proposal' | 'draft' | 'labels'> {
  const outputs = inspection.outputs.map(({ name }) => name);
  const { labelSet, labels, classes } = proposal;
  return {
    proposal,
    draft: draftOf(proposal, outputs),
    labels: proposedLabels(labelSet, labels, lists, classes),
  };
}
