import { judge } from '../check/check.ts';
import type { Sources } from '../load/read-content.ts';
import { pending } from '../model/log.ts';
import { type Instant, toInstant } from '../model/time.ts';
import { catalogOf } from '../pipeline.ts';
import { validate } from '../validate/validate.ts';
import { freezeNote, type Publication } from './freeze-note.ts';
import { withChanges } from './publish-note.ts';
import type { Change } from './write-content.ts';
import { notesIn } from '../derive/publications.ts';
import { compareText } from '../diagnostic.ts';
import { rawText } from '../load/decode.ts';

/**
 * Freezes every note whose log line says `sha256: pending`, each as of its own moment and in order of time, as if the
 * publish command had been called then. Returns the changes; the sources stay as they are.
 */
export function freezePending(sources: Sources): Change[] {
  let current = sources;
  for (;;) {
    const next = earliestPending(current);
    if (!next) break;
    const catalog = catalogOf(current, { instant: next.at, isChosen: true });
    const release = catalog?.releases.find(({ file }) => file === next.file);
    if (!catalog || !release) break;
    const frozen = freezeNote(catalog, release, next);
    const file = current.files.find(({ path }) => path === next.file) as Sources['files'][number];
    const text = rawText(file.bytes);
    const release_ = { path: next.file, text: fill(text, next.ordinal, frozen.published.sha256), before: undefined };
    current = withChanges(current, [{ path: frozen.path, text: frozen.text, before: undefined }, release_]);
  }
  return current.files
    .filter((file) => sources.files.find(({ path }) => path === file.path) !== file)
    .map(({ path, bytes }) => ({
      path,
      text: rawText(bytes),
      before: sources.files.find((file) => file.path === path)?.bytes,
    }));
}

/**
 * Why nothing can be frozen: a record that is not read as a whole, whose words the notes would lack, in a sentence with
 * the first thing found there.
 */
export function faultOfFreezing(sources: Sources): string | undefined {
  const { records, findings } = validate(sources);
  const isNeeded = (file: string) => /^releases\//.test(file) || records.unreadFiles.includes(file) || !records.policy;
  const fault = findings.find(
    (finding) => isNeeded(finding.at.file) && judge(finding, records.policy).some(({ level }) => level === 'error'),
  );
  return fault && `Nothing was frozen, because ${fault.at.file} is not read as a whole: ${fault.message}`;
}

/** A line that waits for its note: where it stands in the log, and which of those that wait in its file it is. */
type Pending = { file: string; at: Instant; line: Publication; index: number; ordinal: number };

function earliestPending(sources: Sources): Pending | undefined {
  const { records } = validate(sources);
  const zone = records.policy?.programme.zone;
  if (!zone) return undefined;
  const found = records.releases.flatMap(({ file, log, rawLog }) => {
    const lines = notesIn(log).filter(({ line }) => line.sha256 === pending);
    return lines.map(({ index, line: { at } }): Pending => ({
      file,
      at: toInstant(at, zone),
      line: rawLog[index] as Publication,
      index,
      ordinal: log.slice(0, index).filter((line) => 'sha256' in line && line.sha256 === pending).length,
    }));
  });
  return found.sort((a, b) => compareText(a.at, b.at))[0];
}

/** Puts a digest in place of one of the pending ones of a file. */
function fill(text: string, ordinal: number, digest: string): string {
  let seen = -1;
  return text.replace(/sha256: pending\b/g, (match) => {
    seen += 1;
    return seen === ordinal ? `sha256: "${digest}"` : match;
  });
}
