// Makes every single mistake of the releases of the sample, and tells how many are found, in how many findings, and
// whether the first of them is where the mistake is; lists those that nothing finds, with the reason why not:
// npm run mistakes -- [part of path]
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '../../src/diagnostic.ts';
import { readContent } from '../../src/load/read-content.ts';
import { decideAsOf, evaluate } from '../../src/pipeline.ts';
import { programmeOf } from '../../src/validate/validate.ts';
import { lawfulBecause } from './lawful.ts';
import { type Mutation, mutationsOf } from './mutations.ts';

const part = process.argv[2] ?? '';
const sources = await readContent(join(fileURLToPath(new URL('../../', import.meta.url)), 'content'));
const moment = decideAsOf(undefined, undefined, programmeOf(sources), '2020-11-18T11:00:00Z');
const keyOf = ({ rule, file, message }: Diagnostic) => `${rule} ${file} ${message}`;
const known = new Set(evaluate(sources, moment).diagnostics.map(keyOf));

const counts = new Map<number, number>();
let [tried, atPlace] = [0, 0];
const without = 'nobody has said why';
const silent = new Map<string, string[]>();
const elsewhere: string[] = [];
for (const { path } of sources.files.filter(({ path }) => path.startsWith('releases/') && path.includes(part))) {
  for (const mutation of mutationsOf(sources, path)) {
    const { diagnostics } = evaluate(mutation.tree(), moment, { causes: true });
    const found = diagnostics.filter((diagnostic) => !diagnostic.causedBy && !known.has(keyOf(diagnostic)));
    tried += 1;
    counts.set(found.length, (counts.get(found.length) ?? 0) + 1);
    if (found.length === 0) {
      const because = lawfulBecause(mutation) ?? without;
      silent.set(because, [...(silent.get(because) ?? []), mutation.name]);
    } else if (isAtPlace(found[0] as Diagnostic, mutation)) atPlace += 1;
    else elsewhere.push(`${mutation.name}: ${placeOf(found[0] as Diagnostic)}`);
  }
}
const nothing = [...silent.values()].flat().length;
const broken = tried - nothing;
const share = (count: number) => `${((100 * count) / broken).toFixed(1)}%`;
const upTo = (most: number) => [...counts].reduce((sum, [n, many]) => sum + (n > 0 && n <= most ? many : 0), 0);
process.stdout.write(
  [
    `${tried} mistakes, ${broken} found, ${nothing} found by nothing, ${silent.get(without)?.length ?? 0} of them without a reason`,
    `findings: ${[...counts]
      .toSorted(([a], [b]) => a - b)
      .map(([n, many]) => `${n}: ${many}`)
      .join(', ')}`,
    `one finding ${share(upTo(1))}, at most three ${share(upTo(3))}; the first one in the entry of the mistake ${share(atPlace)}`,
    ...[...silent].flatMap(([because, names]) => [`Found by nothing (${names.length}): ${because}`, ...names]),
    'The first finding elsewhere:',
    ...elsewhere,
    '',
  ].join('\n'),
);

function placeOf({ rule, file, line, message }: Diagnostic): string {
  return `${rule} ${file}:${line} ${message}`;
}

/** True for a finding in the entry of the mistake, or the one beside it that it changed places with. */
function isAtPlace({ file, line }: Diagnostic, { file: own, lines: [first, last] }: Mutation): boolean {
  return file === own && line >= first && line <= last;
}
