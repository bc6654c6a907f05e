// Measures `check` on a generated tree of 1,000 releases and 20,000 defects beside reading the same files and parsing
// their YAML with `yaml` alone, in turn and in one run: npm run bench -- [releases] [defects a release] [rounds]
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { readContent } from '../../src/load/read-content.ts';
import { evaluate } from '../../src/pipeline.ts';
import { yamlOptions } from '../../src/load/yaml-document.ts';
import { generateHistory } from './history.ts';

const [releases = 1000, defects = 20, rounds = 3] = process.argv.slice(2).map(Number);
const folder = await mkdtemp(join(tmpdir(), 'ccmt-bench-'));
try {
  await generateHistory(folder, releases, defects);
  const ratios: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const bare = await timed(() => readAndParse(folder));
    const full = await timed(async () => {
      const { diagnostics } = evaluate(await readContent(folder), { instant: '2021-01-01T00:00:00Z', isChosen: false });
      const errors = diagnostics.filter(({ level }) => level === 'error');
      if (errors.length > 0) throw new Error(`the generated tree has errors: ${errors[0]?.file} ${errors[0]?.message}`);
    });
    ratios.push(full / bare);
    process.stdout.write(
      `round ${round}: read and parse ${bare.toFixed(2)} s, check ${full.toFixed(2)} s, ratio ${(full / bare).toFixed(2)}\n`,
    );
  }
  ratios.sort((a, b) => a - b);
  process.stdout.write(
    `${releases} releases, ${releases * defects} defects: median ratio ${(ratios[Math.floor(ratios.length / 2)] as number).toFixed(2)}\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** The measure: every file read, the YAML of each parsed with `yaml` and nothing else done. */
async function readAndParse(root: string): Promise<void> {
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const text = await readFile(join(entry.parentPath, entry.name), 'utf8');
    if (entry.name.endsWith('.yaml')) parse(text, yamlOptions);
    else if (!entry.name.endsWith('.json')) parse(text.slice(4, text.indexOf('\n---\n', 4) + 1), yamlOptions);
  }
}
