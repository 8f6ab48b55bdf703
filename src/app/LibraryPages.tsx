import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, type ReactElement } from 'react';
import { useServices } from '../features/services.ts';
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
  const { loadPolicy } = useServices();
  const policy = useQuery({
    queryKey: ['policy'],
    queryFn: () => loadPolicy(),
    retry: false,
    staleTime: Infinity,
    networkMode: 'always',
  }).data;
  const use = () => {
    go(WORKBENCH_PATH);
  };
  return (
    <Suspense fallback={<p role="status">Loading the library.</p>}>
      {screen.name === 'library' ? (
        <LibraryScreen
          policy={policy ?? 'kiosk'} // the stricter one until it is known
          onUse={use}
          onInspect={(id) => {
            go(inspectorPath(id));
          }}
          own={<OwnModelPanel onUse={use} />}
        />
      ) : (
        <>
          <a className={s['back']} href={`#${LIBRARY_PATH}`}>
            ← Library
          </a>
          <InspectorPanel id={screen.model} />
        </>
      )}
    </Suspense>
  );
}
