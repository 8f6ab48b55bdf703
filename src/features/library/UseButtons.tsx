import { ArrowRight } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';

interface UseButtonsProps {
  readonly id: string;
  /** How the buttons name the model. */
  readonly name: string;
  readonly onInspect: (id: string) => void;
  /** Absent where the policy does not let it run. */
  readonly onUse?: ((id: string) => void) | undefined;
  /** What else can be done, between the two. */
  readonly children?: ReactNode;
}

/** What can be done with a model that is here: look into it, or use it. */
export function UseButtons(props: UseButtonsProps): ReactElement {
  const { id, name, onInspect, onUse, children } = props;
  return (
    <>
      <Button
        kind="plain"
        data-inspects={id}
        data-testid="inspect"
        aria-label={`Inspect ${name}`}
        onClick={() => {
          onInspect(id);
        }}
      >
        Inspect
      </Button>
      {children}
      {onUse && (
        <Button
          data-testid="use"
          aria-label={`Use ${name}`}
          onClick={() => {
            onUse(id);
          }}
        >
          Use it
          <ArrowRight aria-hidden="true" />
        </Button>
      )}
    </>
  );
}

/** The button that shows a model's inspector; null where the page has none. */
export function inspectButton(id: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-inspects="${CSS.escape(id)}"]`);
}
