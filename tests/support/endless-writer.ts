// Writes one generation of records after the other until it is killed, with a pause between them; started by
// tests/author.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runnerOf } from '../../scripts/process-state.ts';
import { settleContent, writeContent } from '../../src/author/write-content.ts';

const [root, pause] = process.argv.slice(2) as [string, string];
const runner = runnerOf(
  () => '2020-11-26T01:00:00Z',
  () => undefined,
);
const paths = Array.from({ length: 12 }, (_, index) =>
  index % 2 === 0 ? `defects/D-${1000 + index}.md` : `published/R${index}/final.json`,
);

process.stdout.write('writing');
await settleContent(root, runner);
for (let generation = 1; ; generation += 1) {
  const changes = paths.map((path) => ({ path, text: `${process.pid} ${generation}`, before: bytesOf(path) }));
  const refused = await writeContent(root, changes, runner);
  if (refused) throw new Error(refused.message);
  await setTimeout(Number(pause));
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(join(root, path));
  } catch {
    return undefined;
  }
}
