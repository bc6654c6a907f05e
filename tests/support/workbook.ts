import exceljs from 'exceljs';
import { strToU8, type Zippable, zipSync } from 'fflate';
import type { SheetTable } from './exports.ts';

/** A workbook as exceljs writes it; `change` may do more to it. */
export async function workbookOf(
  sheets: Record<string, SheetTable>,
  change: (workbook: exceljs.Workbook) => void = () => {},
): Promise<Uint8Array> {
  const workbook = new exceljs.Workbook();
  for (const [name, rows] of Object.entries(sheets)) {
    const sheet = workbook.addWorksheet(name);
    for (const row of rows)
      sheet.addRow(row).eachCell((cell) => void (cell.value instanceof Date && (cell.numFmt = 'dd/mm/yyyy hh:mm')));
  }
  change(workbook);
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}

export type RawParts = {
  sheets?: Record<string, string>;
  styles?: string;
  workbookProperties?: string;
  more?: Zippable;
};

/**
 * A workbook as raw XML, for what no writer writes. Sheets are given as the content of `sheetData` and what follows it.
 */
export function rawWorkbook({
  sheets = { Sheet1: '<sheetData/>' },
  styles,
  workbookProperties = '',
  more = {},
}: RawParts): Uint8Array {
  const names = Object.keys(sheets);
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  const parts: Record<string, string> = {
    '[Content_Types].xml': `<Types xmlns="${packaged}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${type}.sheet.main+xml"/>${names.map((_, index) => `<Override PartName="/xl/worksheets/sheet${index + 1}.xml" ContentType="${type}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${type}.styles+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="${packaged}/relationships"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}">${workbookProperties}<sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="${packaged}/relationships">${names.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join('')}<Relationship Id="rId99" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml':
      styles ??
      `<styleSheet xmlns="${main}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((content, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${main}" xmlns:r="${office}">${content}</worksheet>`,
      ]),
    ),
  };
  return zipSync({
    ...Object.fromEntries(
      Object.entries(parts).map(([path, text]) => [
        path,
        strToU8(text.startsWith('<?xml') ? text : declaration + text),
      ]),
    ),
    ...more,
  });
}

/** Rows of inline strings and numbers; `withReferences` off leaves out the addresses, as Jira Cloud does. */
export function sheetData(rows: readonly (readonly (string | number | undefined)[])[], withReferences = true): string {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (value: string | number | undefined, row: number, column: number) => {
    const reference = withReferences ? ` r="${String.fromCharCode(65 + column)}${row + 1}"` : '';
    if (value === undefined) return withReferences ? '' : '<c/>';
    return typeof value === 'number'
      ? `<c${reference}><v>${value}</v></c>`
      : `<c${reference} t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`;
  };
  return `<sheetData>${rows.map((cells, row) => `<row${withReferences ? ` r="${row + 1}"` : ''}>${cells.map((value, column) => cell(value, row, column)).join('')}</row>`).join('')}</sheetData>`;
}
