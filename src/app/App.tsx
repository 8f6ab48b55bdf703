import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useState, type ReactElement } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import { useLibraryChanges } from '../features/library/state/library.ts';
import { ServicesContext, type Services } from '../features/services.ts';
import { useHanded } from '../features/library/own/state/handed.ts';
import { ControlBar } from '../features/workbench/ControlBar.tsx';
import { IntakeNote } from '../features/workbench/IntakeNote.tsx';
import { useBench } from '../features/workbench/state/bench.ts';
import { Workbench } from '../features/workbench/Workbench.tsx';
import { LibraryPages } from './LibraryPages.tsx';
import { Nav } from './Nav.tsx';
import { showHash } from './navigate.ts';
import { LIBRARY_PATH, screenOf, tidyPath, WORKBENCH_PATH } from './screens.ts';
import { Shell } from './Shell.tsx';

/** The application around its services. */
export function App({ services }: { readonly services: Services }): ReactElement {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            refetchOnMount: false,
            // Else a component that shows an error would, by appearing, ask again for ever.
            retryOnMount: false,
            refetchOnReconnect: false,
            refetchOnWindowFocus: false,
          },
        },
      }),
  );
  return (
    <ServicesContext value={services}>
      <QueryClientProvider client={client}>
        <Screens />
      </QueryClientProvider>
    </ServicesContext>
  );
}

/** The workbench stays while another screen is shown: its jobs go on, and its pictures wait. */
function Screens(): ReactElement {
  useLibraryChanges();
  const [path, go] = useHashLocation();
  const screen = screenOf(path);
  const atBench = screen.name === 'workbench';

  useEffect(() => {
    const tidy = tidyPath(path);
    if (tidy !== path) showHash(tidy, 'replace');
  }, [path]);
  // A picture that comes, wherever it is dropped, is looked at on the bench.
  useEffect(
    () =>
      useBench.subscribe((now, before) => {
        if (now.added > before.added) go(WORKBENCH_PATH);
      }),
    [go],
  );
  // A model that comes is looked at in the library.
  useEffect(
    () =>
      useHanded.subscribe((now, before) => {
        if (now.calls > before.calls) go(LIBRARY_PATH);
      }),
    [go],
  );

  return (
    <Shell nav={<Nav screen={screen} />} controls={<ControlBar />} atBench={atBench}>
      <IntakeNote />
      <div hidden={!atBench}>
        <Workbench />
      </div>
      {screen.name !== 'workbench' && <LibraryPages screen={screen} go={go} />}
    </Shell>
  );
}
