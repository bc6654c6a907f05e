import { visibleJson } from '../../src/model/visible.ts';
import { type Simulation, simulate as simulateChange } from '../../src/author/simulate.ts';
import { paintFor, Refusal } from '../terminal.ts';
import { type ContentOptions, openContent } from '../workspace.ts';

export type SimulateOptions = ContentOptions & { drop?: string[]; add?: string[]; json?: boolean };

/**
 * What would come of dropping and adding items: the note, its difference, the findings, who is newly affected. Writes
 * nothing.
 */
export async function simulate(id: string, options: SimulateOptions): Promise<number> {
  const { sources, moment } = await openContent(options);
  const result = simulateChange(sources, moment, id, { drop: options.drop ?? [], add: options.add ?? [] });
  if ('refusal' in result) throw new Refusal(result.isUnread ? 1 : 2, result.refusal);
  if (options.json) process.stdout.write(`${visibleJson({ format: 1, command: 'simulate', id, ...result })}\n`);
  else process.stdout.write(inWords(result));
  return result.added.some(({ level }) => level === 'error') ? 1 : 0;
}

function inWords({ note, added, gone, reopened, newlyAffected, noLongerAffected, alsoIn, unread }: Simulation): string {
  const paint = paintFor(process.stdout);
  const lines = [
    paint('bold', `${note.release} · ${note.title} (${note.stage} note, simulated)`),
    ...note.versions.map(({ name, from, to }) => `  ${name}: ${from ?? 'not deployed'} → ${to ?? 'to be announced'}`),
    ...note.items.map(
      (item) =>
        `  ${item.id}  ${item.severity ?? (item.record === 'change' ? 'change' : 'not rated yet')}  ${item.title}`,
    ),
    ...note.dropped.map(({ id, title }) => `${paint('red', '- ')}${id}  ${title}`),
    ...note.added.map(({ id, title }) => `${paint('green', '+ ')}${id}  ${title}`),
    ...note.changed.map(
      ({ item, what, from, to }) =>
        `~ ${item === undefined ? '' : `${item}, `}${what}${from === undefined && to === undefined ? '' : `: ${from ?? 'nothing'} → ${to ?? 'nothing'}`}`,
    ),
    ...(reopened.length > 0 ? [`Open again: ${reopened.join(', ')}.`] : []),
    ...(newlyAffected.length > 0 ? [`Newly affected: ${newlyAffected.join(', ')}.`] : []),
    ...(noLongerAffected.length > 0 ? [`No longer affected: ${noLongerAffected.join(', ')}.`] : []),
    ...alsoIn.map(({ item, release }) => `${item} is in ${release} too: withdraw it there.`),
    ...added.map(
      ({ level, message, hint, clause }) =>
        `${paint(level === 'error' ? 'red' : 'yellow', level)}: ${message} ${hint ?? ''}${clause ? ` (Clause ${clause}.)` : ''}`,
    ),
    ...gone.map(({ level, message }) => `${paint('green', 'gone')}: ${level}: ${message}`),
    ...unread.map((file) => `${file} cannot be read: what it says is missing here.`),
    'Nothing was written.',
  ];
  return `${lines.join('\n')}\n`;
}
