import { sniff } from '../../src/import/read/sniff.ts';
import { settleEncoding } from '../../src/import/read/encoding.ts';
import type { Refused } from '../../src/import/remark.ts';
import type { Export, ExportFile, Listeners } from './process.ts';
import { readTextFile } from './text-file.ts';
import { readWorkbookFile } from './workbook-file.ts';

/**
 * Reads an export, a text in the encoding that is named or settled, in processes of their own, with limits on time and
 * memory that grow with the file.
 */
export async function readExport(file: ExportFile, listeners: Listeners, encoding?: string): Promise<Export | Refused> {
  const sniffed = sniff(file.bytes);
  if ('refused' in sniffed) return sniffed;
  if (sniffed.kind === 'workbook') return readWorkbookFile(file, listeners);
  const settled = settleEncoding(file.bytes, encoding);
  if ('refused' in settled) return settled;
  const { bytes, remarks } = settled;
  const read = await readTextFile(bytes === file.bytes ? file : { bytes, path: undefined }, listeners);
  return 'refused' in read ? read : { ...read, remarks: [...remarks, ...read.remarks] };
}
