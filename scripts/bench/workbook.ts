import exceljs from 'exceljs';

/** Reads a workbook bare, as whoever uses exceljs would, and counts the rows of its first sheet. */
export async function countRows(bytes: Uint8Array): Promise<number> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.load(new Uint8Array(bytes).buffer);
  let count = 0;
  workbook.worksheets[0]?.eachRow(() => (count += 1));
  return count;
}

/** Writes a table as a workbook, row by row, because a whole one of this size would take gigabytes. */
export async function writeWorkbook(path: string, table: readonly string[][]): Promise<void> {
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ filename: path, useSharedStrings: true });
  const sheet = workbook.addWorksheet('Defects');
  for (const line of table) sheet.addRow(line).commit();
  sheet.commit();
  await workbook.commit();
}
