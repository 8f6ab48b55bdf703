import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactElement } from 'react';
import { ServicesContext, type Services } from '../features/services.ts';
import { ControlBar } from '../features/workbench/ControlBar.tsx';
import { Workbench } from '../features/workbench/Workbench.tsx';
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
        <Shell controls={<ControlBar />}>
          <Workbench />
        </Shell>
      </QueryClientProvider>
    </ServicesContext>
  );
}
