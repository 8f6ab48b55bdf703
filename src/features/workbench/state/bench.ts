import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { limitOf } from '../../../core/limits.ts';
import type { BackendChoice } from '../../../engine/protocol.ts';
import { NONE } from '../../none.ts';
import { freeName, pastedName, type RemarkKind } from '../intake.ts';
import { memory, MEMORY_KEY, type Kept } from './memory.ts';

/** A picture the person put on the bench. */
export interface Picture {
  readonly id: string;
  /** Which of all pictures ever given it is, from 1: the oldest leaves first, also of those given together. */
  readonly nth: number;
  /** File name, as given; a pasted bitmap, which has none of its own, and a sample chosen twice get a number. */
  readonly name: string;
  readonly blob: Blob;
  readonly source: 'file' | 'paste' | 'sample';
  /**
   * What was chosen when it came: every new picture is asked about at once. After another choice only the shown
   * one is asked about again, so that trying a model does not run it on the whole strip.
   */
  readonly cameUnder: { readonly modelId: string | null; readonly backend: BackendChoice };
}

export type NewPicture = Omit<Picture, 'id' | 'nth' | 'cameUnder'>;

/** What the person set; everything else is derived or loaded. */
export interface BenchState {
  /** Newest first, at most `LIMITS.recentPictures`. */
  readonly pictures: readonly Picture[];
  readonly selectedId: string | null;
  /** Null until the person chooses: the catalogue's first model then. */
  readonly modelId: string | null;
  readonly backend: BackendChoice;
  /** Score threshold by model id, for models whose slider was moved. */
  readonly thresholds: Readonly<Record<string, number>>;
  /** How many pictures of the last addition did not fit. */
  readonly notTaken: number;
  /** Number of pictures ever added: the source of ids. */
  readonly added: number;
  /** Number of pasted bitmaps: the source of their names. */
  readonly pasted: number;
  /** What there is to say about what was dropped or pasted last; `nth` tells two that say the same apart. */
  readonly remark: { readonly kinds: readonly RemarkKind[]; readonly nth: number } | null;
}

const EMPTY: BenchState = {
  pictures: [],
  selectedId: null,
  modelId: null,
  backend: 'auto',
  thresholds: {},
  notTaken: 0,
  added: 0,
  pasted: 0,
  remark: null,
};

/** Puts pictures in front, in the order given, and shows the first; what does not fit is counted. */
export function withPictures(state: BenchState, incoming: readonly NewPicture[]): BenchState {
  if (incoming.length === 0) return state;
  const cap = limitOf('recentPictures');
  const cameUnder = { modelId: state.modelId, backend: state.backend };
  let { pasted } = state;
  const names = new Set(state.pictures.map(({ name }) => name));
  const taken = incoming.slice(0, cap).map((picture, index): Picture => {
    const bitmap = picture.source === 'paste' ? pastedName(picture.name, pasted + 1) : null;
    if (bitmap !== null) pasted += 1;
    const name =
      picture.source === 'sample' ? freeName(picture.name, names) : (bitmap ?? picture.name);
    names.add(name);
    const nth = state.added + index + 1;
    return { ...picture, name, id: `picture-${String(nth)}`, nth, cameUnder };
  });
  return {
    ...state,
    pictures: newest([...taken, ...state.pictures], cap),
    selectedId: taken[0]?.id ?? state.selectedId,
    notTaken: incoming.length - taken.length,
    added: state.added + taken.length,
    pasted,
    remark: null,
  };
}

/** The pictures that were given last, as many as there is room for, left in their order. */
function newest(pictures: readonly Picture[], room: number): readonly Picture[] {
  const last = pictures.map(({ nth }) => nth).toSorted((a, b) => b - a)[room - 1] ?? 0;
  return pictures.filter(({ nth }) => nth >= last);
}

/** Takes a picture off; the one that takes its place in the strip is shown, else the last. */
export function withoutPicture(state: BenchState, id: string): BenchState {
  const at = state.pictures.findIndex((picture) => picture.id === id);
  if (at < 0) return state;
  const pictures = state.pictures.filter((picture) => picture.id !== id);
  const next = pictures[Math.min(at, pictures.length - 1)]?.id ?? null;
  return {
    ...state,
    pictures,
    selectedId: state.selectedId === id ? next : state.selectedId,
    notTaken: 0,
  };
}

/** The bench: read with a selector, changed through the functions below. The choices outlast the page. */
export const useBench = create<BenchState>()(
  persist(() => EMPTY, {
    name: MEMORY_KEY,
    storage: memory(() => localStorage),
    partialize: ({ modelId, backend, thresholds }): Kept => ({ modelId, backend, thresholds }),
  }),
);

/** Adds pictures and, with a model id, chooses that model in the same step. */
export function addPictures(incoming: readonly NewPicture[], modelId?: string): void {
  useBench.setState((state) =>
    withPictures(modelId === undefined ? state : { ...state, modelId }, incoming),
  );
}

/** Has something said about what was dropped or pasted and is no picture, in place of what was said before. */
export function remarkOn(...kinds: readonly RemarkKind[]): void {
  useBench.setState(({ remark }) => ({ remark: { kinds, nth: (remark?.nth ?? 0) + 1 } }));
}

/** Has something said beside what is said already: what became of a file that came together with others. */
export function remarkAlso(kind: RemarkKind): void {
  remarkOn(...new Set([...(useBench.getState().remark?.kinds ?? NONE), kind]));
}

export function dropRemark(): void {
  useBench.setState({ remark: null });
}

export function removePicture(id: string): void {
  useBench.setState((state) => withoutPicture(state, id));
}

export function selectPicture(id: string): void {
  useBench.setState({ selectedId: id });
}

export function chooseModel(modelId: string): void {
  useBench.setState({ modelId });
}

export function chooseBackend(backend: BackendChoice): void {
  useBench.setState({ backend });
}

/** Remembers a model's threshold; null forgets it, so that the manifest's own holds again, also a later one. */
export function setThreshold(modelId: string, threshold: number | null): void {
  useBench.setState(({ thresholds }) => {
    const { [modelId]: _, ...others } = thresholds;
    return { thresholds: threshold === null ? others : { ...others, [modelId]: threshold } };
  });
}
