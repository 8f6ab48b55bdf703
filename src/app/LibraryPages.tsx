import { lazy, Suspense, type ReactElement } from 'react';
import { usePolicy } from '../features/library/state/library.ts';
import { NoOwnModels } from '../features/library/own/NoOwnModels.tsx';
import { inspectorPath, LIBRARY_PATH, WORKBENCH_PATH, type Screen } from './screens.ts';
import s from './LibraryPages.module.css';

const LibraryScreen = lazy(() => import('../features/library/LibraryScreen.tsx'));
const OwnModelPanel = lazy(async () => {
  const { OwnModelPanel: panel } = await import('../features/library/own/OwnModelPanel.tsx');
  return { default: panel };
});
const InspectorPanel = lazy(async () => {
  const { InspectorPanel: panel } =
    await import('../features/library/inspector/InspectorPanel.tsx');
  return { default: panel };
});

interface LibraryPagesProps {
  readonly screen: Exclude<Screen, { readonly name: 'workbench' }>;
  readonly go: (path: string) => void;
}

/** The library and the inspector, loaded when they are first looked at. */
export function LibraryPages({ screen, go }: LibraryPagesProps): ReactElement {
  const policy = usePolicy();
  const use = () => {
    go(WORKBENCH_PATH);
  };
  return (
    <Suspense fallback={<p role="status">Loading the library.</p>}>
      {screen.name === 'library' ? (
        <LibraryScreen
          policy={policy}
          onUse={use}
          onInspect={(id) => {
            go(inspectorPath(id));
          }}
          own={policy === 'standard' ? <OwnModelPanel onUse={use} /> : <NoOwnModels />}
        />
      ) : (
        <div className={s['page']}>
          <a className={s['back']} href={`#${LIBRARY_PATH}`}>
            ← Library
          </a>
          <InspectorPanel id={screen.model} />
        </div>
      )}
    </Suspense>
  );
}
