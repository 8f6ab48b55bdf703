/** A moment's day where the person is, in ISO 8601's order: “2025-11-22”. */
export function formatDay(at: string): string {
  return inOrder(at).slice(0, 10);
}

/** A moment to the minute where the person is: “2025-11-22 03:08”. */
export function formatMoment(at: string): string {
  return inOrder(at).slice(0, 16);
}

/** “2025-11-22 03:08:15”: Swedish writes days and times in that order. */
function inOrder(at: string): string {
  return new Date(at).toLocaleString('sv');
}
