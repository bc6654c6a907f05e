import { newDefectText, withTracker } from '../author/defect-text.ts';
import type { Change } from '../author/write-content.ts';
import { canonical } from '../derive/canonical.ts';
import { rawText } from '../load/decode.ts';
import type { Sources } from '../load/read-content.ts';
import { validate } from '../validate/validate.ts';
import { sealed } from './merge/digest.ts';
import { type ImportPlan, rowsWith } from './plan.ts';
import type { Tracker } from './row.ts';

/**
 * The files that carrying out a plan writes. Each is read back before anything is written, so that no record is left
 * that cannot be read.
 */
export function changesOf(plan: ImportPlan, sources: Sources): Change[] {
  const records = rowsWith(plan, 'create', 'update').map(({ action, id, file, tracker }) => ({
    id,
    file,
    tracker: action === 'create' ? sealed(tracker) : tracker,
  }));
  const bytesOf = new Map(sources.files.map(({ path, bytes }) => [path, bytes]));
  const changes = records.map(({ id, file, tracker }): Change => {
    const before = bytesOf.get(file);
    return {
      path: file,
      before,
      text: before ? withTracker(rawText(before), tracker) : newDefectText({ id, tracker }),
    };
  });
  confirm(changes, records);
  return changes;
}

function confirm(changes: readonly Change[], expected: readonly { file: string; tracker: Tracker }[]): void {
  const encoder = new TextEncoder();
  const { records } = validate({
    root: '',
    files: changes.map(({ path, text }) => ({ path, bytes: encoder.encode(text) })),
  });
  const read = new Map(records.defects.map(({ file, tracker }) => [file, canonical(tracker)]));
  for (const { file, tracker } of expected)
    if (read.get(file) !== canonical(tracker)) throw new Error(`${file} would not be read as it was meant`);
}
