import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { asAppError } from '../../../core/errors.ts';
import { pinnedFiles } from '../../../engine/client/pinned.ts';
import type { InstalledModel } from '../../../models/library/types.ts';
import type { CatalogModel } from '../../../models/types.ts';
import { loadVerified, type PinnedAsset } from '../../../models/verify.ts';
import { vouchedOf } from '../../../models/vouched.ts';
import { largestPicture } from '../../../tasks/shared/largest-picture.ts';
import { useServices } from '../../services.ts';
import { ErrorNotice } from '../../workbench/ErrorNotice.tsx';
import { useCatalog } from '../../workbench/state/catalog.ts';
import { useInstalled } from '../state/library.ts';
import { Inspector } from './Inspector.tsx';
import s from './Inspector.module.css';

/** What the inspector needs of a model, wherever it comes from. */
interface Subject {
  readonly model: Pick<InstalledModel, 'entry' | 'grade' | 'vouchedBy'>;
  readonly cardUrl: string | null;
  readonly asset: PinnedAsset;
}

interface InspectorPanelProps {
  readonly id: string;
  /** The page led here. Where it was opened here, it begins at its beginning. */
  readonly takesFocus: boolean;
}

/** The inspector of a model of the library or of the catalogue, by its id. */
export function InspectorPanel({ id, takesFocus }: InspectorPanelProps): ReactElement {
  const installed = useInstalled();
  const catalog = useCatalog();
  const own = installed.data?.find(({ entry }) => entry.id === id);
  const offered = catalog.data?.models.find(({ entry }) => entry.id === id);
  if (own) return <Inspection subject={subjectOf(own)} takesFocus={takesFocus} />;
  if (offered) return <Inspection subject={offeredSubject(offered)} takesFocus={takesFocus} />;
  if (installed.error) return <ErrorNotice error={asAppError(installed.error)} at={0} />;
  return (
    <p className={s['waiting']} role="status">
      {installed.isPending || (!catalog.data && !catalog.failure)
        ? 'Looking for the model…'
        : `There is no model ${id} on this device.`}
    </p>
  );
}

interface InspectionProps extends Pick<InspectorPanelProps, 'takesFocus'> {
  readonly subject: Subject;
}

function Inspection({ subject, takesFocus }: InspectionProps): ReactElement {
  const { library } = useServices();
  const { asset, model } = subject;
  const picture = largestPicture(model.entry.input);
  const query = useQuery({
    queryKey: ['inspection', asset.sha256, picture],
    queryFn: async ({ signal }) => {
      const { bytes } = await loadVerified(asset, { signal });
      const of = {
        id: model.entry.id,
        url: asset.url ?? 'own file',
        vouchedBy: model.vouchedBy,
        grade: model.grade,
      };
      return library.inspect(new Blob([bytes]), of, picture);
    },
    retry: false,
    staleTime: Infinity,
    networkMode: 'always',
  });
  return (
    <Inspector
      takesFocus={takesFocus}
      model={subject.model}
      cardUrl={subject.cardUrl}
      found={query.data ?? null}
      error={query.error && asAppError(query.error)}
      onRetry={() => {
        void query.refetch();
      }}
    />
  );
}

function subjectOf(model: InstalledModel): Subject {
  const { title, bytes, sha256 } = model.entry;
  return {
    model,
    cardUrl: null,
    asset: { what: `the model ${title}`, url: model.url, bytes, sha256 },
  };
}

function offeredSubject(model: CatalogModel): Subject {
  const { entry, grade, urls } = model;
  return {
    model: { entry, grade, vouchedBy: vouchedOf(model).by },
    cardUrl: urls.card,
    asset: pinnedFiles(model).model,
  };
}
