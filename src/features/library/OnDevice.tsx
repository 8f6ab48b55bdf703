import { HardDrive } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../../ui/Button.tsx';
import { formatBytes, formatCount, plural } from '../../ui/format.ts';
import { BESIDES_WORDS, LIST_IN_MEMORY, type Shares } from './words.ts';
import s from './LibraryScreen.module.css';

interface OnDeviceProps {
  /** Models of the page's manifests; undefined until they are known. */
  readonly ofPage: number | undefined;
  readonly installed: number;
  /** Undefined until storage is known. */
  readonly shares: Shares | undefined;
  /** Whether what is installed is forgotten when the page is closed. */
  readonly forgetful: boolean;
  /** What is being downloaded, in words; empty for nothing. */
  readonly downloads: string;
  readonly onStorage: () => void;
}

/** What is on this device and on its way to it, in a few lines, and the way to the storage. */
export function OnDevice(props: OnDeviceProps): ReactElement {
  const { ofPage, installed, shares, forgetful, downloads, onStorage } = props;
  return (
    <div className={s['device']}>
      <div className={s['kept']} data-testid="library-storage">
        <p>
          {ofPage !== undefined && `${plural(ofPage, 'model', 'models')} of this page, `}
          {formatCount(installed)} installed
          {shares && shares.installed > 0 && `, ${formatBytes(shares.installed)}`}
        </p>
        {shares && shares.besides > 0 && (
          <p>
            {formatBytes(shares.besides)} of {BESIDES_WORDS}
          </p>
        )}
        {forgetful && installed > 0 && <p data-testid="library-forgetful">{LIST_IN_MEMORY}</p>}
        <p role="status" data-testid="library-downloads">
          {downloads}
        </p>
      </div>
      <Button kind="plain" data-testid="open-storage" disabled={!shares} onClick={onStorage}>
        <HardDrive aria-hidden="true" />
        Storage
      </Button>
    </div>
  );
}
