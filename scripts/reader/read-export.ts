import { sniff } from '../../src/import/read/sniff.ts';
import type { Refused } from '../../src/import/remark.ts';
import type { Export, ExportFile, Listeners } from './process.ts';
import { readTextFile } from './text-file.ts';
import { readWorkbookFile } from './workbook-file.ts';

/** Reads an export in processes of their own, with limits on time and memory that grow with the file. */
export async function readExport(file: ExportFile, listeners: Listeners): Promise<Export | Refused> {
  const sniffed = sniff(file.bytes);
  if ('refused' in sniffed) return sniffed;
  return readers[sniffed.kind](file, listeners);
}

const readers = { text: readTextFile, workbook: readWorkbookFile };
