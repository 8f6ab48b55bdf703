import { create } from 'zustand';

/** A model file on its way to the wizard. It is small, as the bench has it too. */
interface Handed {
  /** Null once the wizard took it. */
  readonly file: File | null;
  /** How many files ever came that are to be looked at at once. */
  readonly calls: number;
}

/** Model files that were dropped, pasted or picked where pictures are. */
export const useHanded = create<Handed>(() => ({ file: null, calls: 0 }));

/**
 * Hands a model file to the wizard of the library.
 * @param atOnce whether the person is to be led there; pictures that came with it are looked at first
 */
export function handOver(file: File, atOnce: boolean): void {
  useHanded.setState(({ calls }) => ({ file, calls: atOnce ? calls + 1 : calls }));
}

/** The file is in somebody's hands. */
export function takeHanded(): void {
  useHanded.setState({ file: null });
}
