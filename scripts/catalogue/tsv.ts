/** A row of a table, by column name; a cell that is missing is empty. */
export type Row = Readonly<Record<string, string>>;

/** Parses tab-separated text: `#` lines are remarks, the first other line names the columns. */
export function parseTsv(text: string): readonly Row[] {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const [head = '', ...body] = lines;
  const columns = head.split('\t');
  return body.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(columns.map((column, index) => [column, cells[index]?.trim() ?? '']));
  });
}
