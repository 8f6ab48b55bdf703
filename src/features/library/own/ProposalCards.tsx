import type { ReactElement } from 'react';
import type { Confidence, Proposal } from '../../../tasks/propose/types.ts';
import s from './ProposalCards.module.css';

const WORDS: Readonly<Record<Confidence, string>> = {
  sure: 'Recognised',
  likely: 'Likely',
  guess: 'A guess',
};

interface ProposalCardsProps {
  readonly proposals: readonly Proposal[];
  readonly chosen: string;
  readonly onChoose: (proposal: Proposal) => void;
}

/** The ways to use a network, one radio button each, with what speaks for it. */
export function ProposalCards({ proposals, chosen, onChoose }: ProposalCardsProps): ReactElement {
  return (
    <fieldset className={s['cards']}>
      <legend className="visually-hidden">What the network is</legend>
      {proposals.map((proposal) => (
        <label
          key={proposal.id}
          className={s['card']}
          data-testid="proposal"
          data-proposal={proposal.id}
          data-task={proposal.task}
          data-confidence={proposal.confidence}
        >
          <input
            type="radio"
            name="proposal"
            value={proposal.id}
            checked={proposal.id === chosen}
            onChange={() => {
              onChoose(proposal);
            }}
          />
          <span className={s['head']}>
            <span className={s['title']}>{proposal.title}</span>
            <span className={s['confidence']} data-confidence={proposal.confidence}>
              {WORDS[proposal.confidence]}
            </span>
          </span>
          <span className={s['because']}>{proposal.because}</span>
        </label>
      ))}
    </fieldset>
  );
}
