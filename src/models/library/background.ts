/** Lets work go on that nobody waits for. What goes wrong is told to developers: there is no one else to tell. */
export function inBackground(work: Promise<void>): void {
  work.catch((thrown: unknown) => {
    console.error('The model library failed in the background.', thrown);
  });
}
