/** The open dialogs, by what closes them. */
const open = new Set<() => void>();

/** Registers an open dialog. @returns what takes it off again. */
export function registerDialog(close: () => void): () => void {
  open.add(close);
  return () => {
    open.delete(close);
  };
}

/** Closes every open dialog: something came that the person should see. */
export function closeDialogs(): void {
  for (const close of open) close();
}
