import type { Catalog } from '../../src/derive/catalog.ts';
import { unreadFileOf } from '../../src/derive/lookup.ts';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { type Gate, gatesOfDefect, gatesOfRelease } from '../../src/derive/gates.ts';
import { toOffsetTime } from '../../src/model/time.ts';
import { visibleJson } from '../../src/model/visible.ts';
import { evaluate } from '../../src/pipeline.ts';
import { nearest } from '../../src/validate/nearest.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';
import { dayInWords, dueInWords } from './todo.ts';

/**
 * The gates of a defect or release: which are met, which are not, and when each can be next. Returns 0; 1 for a record
 * that cannot be read, 2 for an unknown id.
 */
export async function explain(id: string, options: ContentOptions & { json?: boolean }): Promise<number> {
  const { sources, moment } = await openContent(options);
  const { catalog, diagnostics } = evaluate(sources, moment);
  if (!catalog) throw new Refusal(1, 'The programme cannot be read: run ccmt check first.');
  const unread = unreadFileOf(catalog, id);
  if (unread !== undefined) return tellUnread(id, unread, catalog, diagnostics, options);
  const { title, state, gates } = subject(catalog, id);
  const findings = diagnostics.filter(
    ({ release, item, level }) => (release === id || item === id) && level !== 'information',
  );
  if (options.json) {
    process.stdout.write(
      `${visibleJson({ format: 1, command: 'explain', asOf: catalog.asOf, id, title, state, gates, findings })}\n`,
    );
    return 0;
  }
  process.stdout.write(`${id} · ${title}\n${state}\n\n${gatesInWords(gates, catalog)}`);
  for (const { level, message, hint, clause } of findings)
    process.stdout.write(`\n${level}: ${message}${hint ? ` ${hint}` : ''}${clause ? ` (Clause ${clause}.)` : ''}\n`);
  return 0;
}

/** A record that is there and cannot be read is not absent: the first thing found in its file is told. Returns 1. */
function tellUnread(
  id: string,
  file: string,
  { asOf }: Catalog,
  diagnostics: readonly Diagnostic[],
  { json }: { json?: boolean },
): number {
  const findings = diagnostics.filter((diagnostic) => diagnostic.file === file);
  if (json) {
    process.stdout.write(`${visibleJson({ format: 1, command: 'explain', asOf, id, unread: file, findings })}\n`);
    return 1;
  }
  const [first, ...more] = findings;
  process.stdout.write(`${id} · unknown because ${file} is there, and cannot be read\n`);
  if (first)
    process.stdout.write(
      `\n${first.level}: ${first.file}:${first.line}:${first.column} ${first.message}${first.hint ? ` ${first.hint}` : ''}\n`,
    );
  if (more.length > 0) process.stdout.write(`ccmt check shows ${more.length} more of it.\n`);
  return 1;
}

/** Gates as `explain` prints them. */
export function gatesInWords(gates: readonly Gate[], catalog: Catalog): string {
  return gates.map((gate) => row(gate, catalog)).join('');
}

function subject(catalog: Catalog, id: string): { title: string; state: string; gates: Gate[] } {
  const { releases, defects, changes } = catalog;
  const release = releases.find((candidate) => candidate.id === id);
  if (release) {
    const { slot } = release.record;
    return {
      title: release.record.title,
      state: `${release.record.type}, ${release.state}${slot ? `, slot ${slot}` : ''}${release.nextAttempt ? `; the next attempt is ${release.nextAttempt}` : ''}`,
      gates: gatesOfRelease(catalog, release),
    };
  }
  const title =
    defects.find((candidate) => candidate.id === id)?.tracker.title ??
    changes.find((candidate) => candidate.id === id)?.title;
  if (title === undefined) {
    const known = [...[...releases, ...defects, ...changes].map((record) => record.id), ...catalog.unread];
    const near = nearest(id, known);
    throw new Refusal(2, `There is no release, defect or change ${id}.${near ? ` Did you mean ${near}?` : ''}`);
  }
  const { release: holder, gates } = gatesOfDefect(catalog, id);
  const tracker = defects.find((candidate) => candidate.id === id)?.tracker;
  const where = holder ? `${holder.id} is ${holder.state}` : 'in no release';
  return {
    title,
    state: [tracker ? `${tracker.severity ?? 'not rated yet'}, ${tracker.status}` : 'change', where].join('; '),
    gates,
  };
}

function row({ gate, isMet, at, note, due, day }: Gate, { asOf, policy }: Catalog): string {
  const { zone } = policy.programme;
  const paint = paintFor(process.stdout);
  const mark = isMet ? paint('green', 'met ') : paint('yellow', 'open');
  const when = at ? `  ${toOffsetTime(at, zone).slice(0, 16).replace('T', ' ')}` : '';
  return `  ${mark}  ${gate}${when}${note ? `  (${note})` : ''}${due ? `  ${due <= asOf ? 'was due' : 'due'} ${dueInWords(due, zone)}` : ''}${day ? `  can be on ${dayInWords(day)}` : ''}\n`;
}
