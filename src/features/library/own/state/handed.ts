import { create } from 'zustand';

/** Files on their way to the wizard. It is small, as the bench has it too. */
interface Handed {
  /** A model; null once the wizard took it. */
  readonly file: File | null;
  /** A text with labels: for `file`, or without one for the model in work; null once the wizard took it. */
  readonly labels: File | null;
  /** How many files ever came that are to be looked at at once. */
  readonly calls: number;
  /** The wizard is on the screen, and takes labels. */
  readonly open: boolean;
}

/** Model files and labels that were dropped, pasted or picked where pictures are. */
export const useHanded = create<Handed>(() => ({
  file: null,
  labels: null,
  calls: 0,
  open: false,
}));

/**
 * Hands a model file to the wizard of the library.
 * @param atOnce whether the person is to be led there; pictures that came with it are looked at first
 * @param labels a text that came with it
 */
export function handOver(file: File, atOnce: boolean, labels: File | null = null): void {
  useHanded.setState(({ calls }) => ({ file, labels, calls: atOnce ? calls + 1 : calls }));
}

/** Hands labels for the model in work to the wizard. */
export function handLabels(labels: File): void {
  useHanded.setState({ labels });
}

/** What came is in somebody's hands, or nobody wants it. @returns it. */
export function takeHanded(): Pick<Handed, 'file' | 'labels'> {
  const { file, labels } = useHanded.getState();
  useHanded.setState({ file: null, labels: null });
  return { file, labels };
}

/** Says whether the wizard is on the screen. */
export function setOpen(open: boolean): void {
  useHanded.setState({ open });
}
