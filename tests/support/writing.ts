import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { runnerOf } from '../../scripts/process-state.ts';
import { lockContent, type Runner } from '../../src/author/lock.ts';
import type { Owner } from '../../src/author/owner.ts';

/** A content folder with one record, in a place of its own. */
export function newFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'ccmt-author-'));
  mkdirSync(join(root, 'releases'));
  writeFileSync(join(root, 'releases/R01.mdx'), 'old');
  return root;
}

/** Every file below a folder, hidden ones included, with its text. */
export function filesIn(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map((path) => [relative(root, path).replaceAll('\\', '/'), readFileSync(path, 'utf8')]),
  );
}

export const someOwner: Owner = {
  process: 77,
  started: '8843211',
  space: 'boot_1',
  since: '2020-11-26T01:00:00Z',
  host: 'harbour',
};

/** A run that finds every other one gone and git absent, unless said otherwise. */
export function runnerWith(known: Partial<Runner> = {}): Runner {
  return {
    own: async () => ({ ...someOwner, process: 1 }),
    stateOf: async () => 'gone',
    isTracked: async () => false,
    tell: () => undefined,
    ...known,
  };
}

/** Holds the lock of a content folder as this very process, which goes on; answers how to give it back. */
export async function holdLock(root: string): Promise<() => Promise<void>> {
  const lock = await lockContent(
    root,
    runnerOf(
      () => '2020-11-26T01:00:00Z',
      () => undefined,
    ),
  );
  if ('message' in lock) throw new Error(lock.message);
  return lock.release;
}
