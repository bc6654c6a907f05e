// One of two processes that try to take one lock at one moment; forked by tests/lock.test.ts.
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runnerOf } from '../../scripts/process-state.ts';
import { lockContent } from '../../src/author/lock.ts';

const root = process.argv[2] as string;
const runner = runnerOf(
  () => '2020-11-26T01:00:00Z',
  () => undefined,
);

process.on('message', (start: string) => {
  while (process.hrtime.bigint() < BigInt(start));
  void attempt().then((outcome) => process.send?.(outcome));
});
process.send?.('ready');

async function attempt(): Promise<'alone' | 'kept out' | 'together'> {
  const lock = await lockContent(root, runner);
  if ('message' in lock) return 'kept out';
  try {
    mkdirSync(join(root, 'inside'));
    await setTimeout(3);
    rmdirSync(join(root, 'inside'));
    return 'alone';
  } catch {
    return 'together';
  } finally {
    await lock.release();
  }
}
