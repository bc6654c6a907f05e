import { parseDocument } from 'yaml';
import { rawText } from '../load/decode.ts';
import type { Sources } from '../load/read-content.ts';
import { yamlOptions } from '../load/yaml-document.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { currentFormat } from '../model/format.ts';
import { type AsOf, evaluate } from '../pipeline.ts';
import { programmeOf } from '../validate/validate.ts';
import { withChanges } from './publish-note.ts';
import type { Change } from './write-content.ts';

const path = 'programme.yaml';

/** The formats before and after, with the change, or with what would be an error after it. */
export type UpgradePlan = { from: number; to: number; changes: Change[]; errors: Diagnostic[]; sources: Sources };

/**
 * Plans to raise the format of the records to the one that this version of the tool knows. What only warned until then
 * and would be an error stands in the way. Pure: nothing is written. Answers a sentence when the programme cannot be
 * read, or its text cannot be changed.
 */
export function planUpgrade(sources: Sources, moment: AsOf): UpgradePlan | { refusal: string } {
  const programme = programmeOf(sources);
  const bytes = sources.files.find((file) => file.path === path)?.bytes;
  if (!programme || !bytes) return { refusal: `${path} cannot be read: run ccmt check first.` };
  const from = programme.format ?? 1;
  const shared = { from, to: currentFormat, sources };
  if (from === currentFormat) return { ...shared, changes: [], errors: [] };
  const changes = [{ path, text: withFormat(rawText(bytes)), before: bytes }];
  const changed = withChanges(sources, changes);
  if (programmeOf(changed)?.format !== currentFormat)
    return { refusal: `Write "format: ${currentFormat}" into ${path} by hand: its fields do not begin at a line.` };
  const before = new Set(evaluate(sources, moment).diagnostics.filter(isError).map(identity));
  const errors = evaluate(changed, moment).diagnostics.filter(
    (diagnostic) => isError(diagnostic) && !before.has(identity(diagnostic)),
  );
  return { ...shared, sources: changed, changes, errors };
}

/** The text with the format in its place, or before the first field; everything else stays as it was written. */
function withFormat(text: string): string {
  const line = /^format:[ \t]*\d+/m;
  if (line.test(text)) return text.replace(line, `format: ${currentFormat}`);
  const { contents } = parseDocument(text, yamlOptions);
  const [start = 0] = contents?.range ?? [];
  return `${text.slice(0, start)}format: ${currentFormat}${text.includes('\r\n') ? '\r\n' : '\n'}${text.slice(start)}`;
}

function isError({ level }: Diagnostic): boolean {
  return level === 'error';
}

function identity({ rule, file, message }: Diagnostic): string {
  return `${rule} ${file} ${message}`;
}
