import { lazy, Suspense, useCallback, useEffect, useState, type ReactElement } from 'react';
import { useInstalled, usePolicy } from '../features/library/state/library.ts';
import { NoOwnModels } from '../features/library/own/NoOwnModels.tsx';
import { useCatalog } from '../features/workbench/state/catalog.ts';
import { hashPath, isFirstAddress, showHash } from './navigate.ts';
import {
  aboutPath,
  inspectorPath,
  LIBRARY_PATH,
  libraryPath,
  screenOf,
  WORKBENCH_PATH,
  type Screen,
} from './screens.ts';
import s from './LibraryPages.module.css';

const LibraryScreen = lazy(async () => {
  const { LibraryScreen: screen } = await import('./library-chunk.ts');
  return { default: screen };
});
const OwnModelPanel = lazy(async () => {
  const { OwnModelPanel: panel } = await import('./library-chunk.ts');
  return { default: panel };
});
const InspectorPanel = lazy(async () => {
  const { InspectorPanel: panel } = await import('./library-chunk.ts');
  return { default: panel };
});

interface LibraryPagesProps {
  readonly screen: Exclude<Screen, { readonly name: 'workbench' }>;
  readonly go: (path: string) => void;
}

/** The library and the inspector, loaded when they are first looked at. */
export function LibraryPages({ screen, go }: LibraryPagesProps): ReactElement {
  const policy = usePolicy();
  const [inspected, setInspected] = useState<string | null>(null);
  if (screen.name === 'inspector' && screen.model !== inspected) setInspected(screen.model);
  // The same functions each time, or every row would be rendered anew.
  const use = useCallback(() => {
    go(WORKBENCH_PATH);
  }, [go]);
  const inspect = useCallback(
    (id: string) => {
      go(inspectorPath(id));
    },
    [go],
  );
  const navigate = useCallback((search: string, how: 'push' | 'replace') => {
    // A picture that is dropped closes the details and shows the bench: closing must not lead back here.
    if (screenOf(hashPath()).name === 'library') showHash(libraryPath(search), how);
  }, []);
  return (
    <Suspense fallback={<p role="status">Loading the library.</p>}>
      {screen.name === 'library' ? (
        <LibraryScreen
          policy={policy}
          search={screen.search}
          onSearch={navigate}
          onUse={use}
          onInspect={inspect}
          inspected={inspected}
          own={
            policy === 'standard' ? <OwnModelPanel onUse={use} /> : <NoOwnModels policy={policy} />
          }
        />
      ) : (
        <InspectorPage id={screen.model} />
      )}
    </Suspense>
  );
}

/** The inspector of a model; of one that is not on this device, what the library knows of it. */
function InspectorPage({ id }: { readonly id: string }): ReactElement {
  const installed = useInstalled();
  const catalog = useCatalog();
  const isHere =
    installed.data?.some(({ entry }) => entry.id === id) === true ||
    catalog.data?.models.some(({ entry }) => entry.id === id) === true;
  // Where the list of installed models cannot be read, nobody knows; and what came a moment ago is not in an old list.
  const isKnown = installed.isSuccess && !installed.isFetching && !catalog.isFetching;
  const isElsewhere = isKnown && !isHere;
  useEffect(() => {
    if (isElsewhere) showHash(aboutPath(id), 'replace');
  }, [isElsewhere, id]);
  return (
    <div className={s['page']}>
      <a className={s['back']} href={`#${LIBRARY_PATH}`}>
        ← Library
      </a>
      <InspectorPanel id={id} takesFocus={!isFirstAddress()} />
    </div>
  );
}
