import { useEffect, useEffectEvent, type ReactElement } from 'react';
import { asAppError } from '../../core/errors.ts';
import { Section } from '../../ui/Section.tsx';
import { ErrorNotice } from './ErrorNotice.tsx';
import { useBench } from './state/bench.ts';
import { useCatalog } from './state/catalog.ts';
import { useSampleLoader, useSamples, useSampleSource, type Sample } from './state/samples.ts';
import s from './Samples.module.css';

/** The pictures that come with the product. Choosing one chooses its model too. Nothing where there are none. */
export function Samples({ title }: { readonly title: string }): ReactElement | null {
  const samples = useSamples();
  const models = useCatalog().data?.models ?? [];
  const loader = useSampleLoader();
  const added = useBench((state) => state.added);
  const forgetFailure = useEffectEvent(() => {
    if (loader.isError) loader.reset();
  });

  // A picture that came is what the person wanted: the failed one is no news any more.
  useEffect(() => {
    forgetFailure();
  }, [added]);

  const offered = samples.filter(({ model }) => models.some(({ entry }) => entry.id === model));
  if (offered.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={s['samples']} data-testid="samples">
        {offered.map((sample) => (
          <li key={sample.id}>
            <button
              type="button"
              className={s['sample']}
              // Not `disabled`: that would throw the focus away.
              aria-disabled={loader.isPending}
              data-focus="sample"
              data-sample={sample.id}
              onClick={() => {
                if (!loader.isPending) loader.mutate(sample);
              }}
            >
              <Thumb sample={sample} />
              <span className={s['title']}>{sample.title}</span>
            </button>
          </li>
        ))}
      </ul>
      {loader.error && (
        <ErrorNotice
          error={asAppError(loader.error)}
          at={loader.submittedAt}
          onRetry={() => {
            loader.mutate(loader.variables);
          }}
        />
      )}
    </Section>
  );
}

function Thumb({ sample }: { readonly sample: Sample }): ReactElement {
  return <img className={s['thumb']} src={useSampleSource(sample)} alt="" loading="lazy" />;
}
