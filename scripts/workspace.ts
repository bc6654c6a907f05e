import { stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { readSettled } from '../src/author/read-settled.ts';
import { type Change, settleContent, writeContent } from '../src/author/write-content.ts';
import type { Sources } from '../src/load/read-content.ts';
import { type AsOf, decideAsOf } from '../src/pipeline.ts';
import { programmeOf } from '../src/validate/validate.ts';
import { runnerOf } from './process-state.ts';
import { Refusal } from './terminal.ts';

export type ContentOptions = { content?: string; asOf?: string };

/**
 * The content folder, read, and the moment of looking. This is the one place that reads the clock. With `writes`, for a
 * command that goes on to write, what an interrupted run left is finished first; any other command writes nothing and
 * only tells of it.
 */
export async function openContent(
  { content, asOf }: ContentOptions,
  { writes = false } = {},
): Promise<{ root: string; prefix: string; sources: Sources; moment: AsOf }> {
  const root = resolve(content ?? process.env['CCMT_CONTENT'] ?? 'content');
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory())
    throw new Refusal(2, `There is no content folder at ${relative('', root) || root}. Name one with --content.`);
  const refused = writes ? await settleContent(root, runner) : undefined;
  if (refused) throw refusalOf(refused);
  const { sources, remark } = await readSettled(root, runner);
  if (remark !== undefined) remind(remark);
  try {
    const moment = decideAsOf(asOf, process.env['CCMT_AS_OF'], programmeOf(sources), now());
    return { root, prefix: prefixOf(root), sources, moment };
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal(2, error.message);
    throw error;
  }
}

/**
 * Refuses to go on where something of the folder is not read: what is written could then go where it leads, or be there
 * already.
 */
export function mustBeWhole({ unread }: Sources): void {
  const [first] = unread ?? [];
  if (first)
    throw new Refusal(3, `Nothing was written, because ${first.at.file} is not read. ${first.message} ${first.hint}`);
}

/** Writes changes of a content folder, all or none. Throws a Refusal where that is not possible now. */
export async function writeChanges(root: string, changes: readonly Change[]): Promise<void> {
  const refused = await writeContent(root, changes, runner);
  if (refused) throw refusalOf(refused);
}

/** Why nothing was written, as the end of a command. */
export function refusalOf({ reason, message }: { reason: string; message: string }): Refusal {
  // What another run changed meanwhile is worth another try, as a lock is.
  return new Refusal(reason === 'refused' ? 3 : 5, message);
}

function prefixOf(root: string): string {
  const path = relative('', root).replaceAll('\\', '/');
  return path === '' ? '' : `${path}/`;
}

/** This process, for the lock of a content folder. */
export const runner = runnerOf(now, (sentence) => process.stderr.write(`${sentence}\n`));

function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}

/**
 * Says once what is to be said of the content folder, also where a command reads it again or starts another process
 * that does.
 */
function remind(sentence: string): void {
  if (process.env['CCMT_REMARK'] === sentence) return;
  process.env['CCMT_REMARK'] = sentence;
  runner.tell(sentence);
}
