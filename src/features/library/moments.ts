/** A moment's day where the person is, in ISO 8601's order: “2025-11-22”. */
export function formatDay(at: string): string {
  const day = new Date(at);
  return [
    String(day.getFullYear()).padStart(4, '0'),
    twoDigits(day.getMonth() + 1),
    twoDigits(day.getDate()),
  ].join('-');
}

/** A moment to the minute where the person is: “2025-11-22 03:08”. */
export function formatMoment(at: string): string {
  const time = new Date(at);
  return `${formatDay(at)} ${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
