import type { Sheet } from '../sheet.ts';

/** Finds the line of a text file in which a row begins; all rows are counted once, when it is first asked. */
export function lineFinder({ rows }: Sheet, linesBefore: number): (index: number) => number {
  let starts: number[] | undefined;
  const count = (): number[] => {
    const found = [linesBefore + 1];
    for (let row = 0; row < rows.length; row += 1) found.push((found[row] as number) + linesIn(rows[row] ?? []));
    return found;
  };
  return (index) => (starts ??= count())[index] as number;
}

/** The lines of the file that a row takes. */
export function linesIn(row: readonly unknown[]): number {
  let lines = 1;
  for (const cell of row) {
    if (typeof cell !== 'string' || !/[\r\n]/.test(cell)) continue;
    lines += cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  }
  return lines;
}
