import type { ReactElement } from 'react';
import type { BackendReport } from '../../engine/protocol.ts';
import { plural } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import s from './Sections.module.css';

const RUNTIMES: Readonly<Record<BackendReport['runtime'], string>> = {
  wasm: 'CPU build',
  jspi: 'WebGPU build, JSPI',
  asyncify: 'WebGPU build, Asyncify',
};

/** The backend that really ran, and why not the other. */
export function BackendSection({ backend }: { readonly backend: BackendReport }): ReactElement {
  const { ep, threads, runtime, reason, adapter } = backend;
  return (
    <Section title="Backend">
      <div data-testid="backend" data-ep={ep} data-threads={threads}>
        <p className={s['lead']}>
          {ep === 'webgpu' ? 'WebGPU' : 'WebAssembly'}
          <span className={s['soft']}>
            {ep === 'webgpu'
              ? (adapter ?? 'unnamed adapter')
              : plural(threads, 'thread', 'threads')}
          </span>
        </p>
        <p className={s['text']}>{reason}</p>
        <p className={s['small']}>onnxruntime-web, {RUNTIMES[runtime]}</p>
      </div>
    </Section>
  );
}
