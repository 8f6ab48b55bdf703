import { useMemo, type ReactElement } from 'react';
import { NONE } from '../../none.ts';
import { useServices } from '../../services.ts';
import { useCatalog } from '../../workbench/state/catalog.ts';
import { useChooseInstalled } from '../state/choose.ts';
import { useInstalled, useZoo } from '../state/library.ts';
import type { LabelLists } from './labels.ts';
import { OwnModel } from './OwnModel.tsx';
import type { Present } from './same-file.ts';

/** The page's lists of class names, where its catalogue cannot be loaded. */
const NO_LISTS: LabelLists = {};

/** The way in for a person's own files, with what the page knows. Nothing until the catalogue is there, or failed. */
export function OwnModelPanel({
  onUse,
}: {
  /** A model was chosen for the bench; time to show it. */
  readonly onUse: () => void;
}): ReactElement | null {
  const { library } = useServices();
  const choose = useChooseInstalled();
  const { data: zoo, errorUpdatedAt } = useZoo();
  const installed = useInstalled().data ?? NONE;
  const offered = useCatalog().data?.models ?? NONE;
  const present = useMemo(
    () =>
      [...installed, ...offered].map(({ entry: { id, title, sha256 } }): Present => ({
        id,
        title,
        sha256,
      })),
    [installed, offered],
  );
  const taken = useMemo(
    () => [...(zoo?.models ?? NONE).map(({ name }) => name), ...present.map(({ id }) => id)],
    [zoo, present],
  );
  // Asked for again after a failure, it is without an error for a while.
  if (!zoo && errorUpdatedAt === 0) return null;
  return (
    <OwnModel
      library={library}
      lists={zoo?.labels ?? NO_LISTS}
      taken={taken}
      present={present}
      onUse={({ entry }) => {
        void choose(entry.id).then(onUse);
      }}
    />
  );
}
