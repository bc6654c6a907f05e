import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../scripts/run.mjs', import.meta.url));

test('the launcher runs the command line on a new enough Node.js and passes its exit code on', () => {
  const help = spawnSync('node', [launcher, '--help'], { encoding: 'utf8' });
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('Usage: ccmt');
  const misuse = spawnSync('node', [launcher, 'chek'], { encoding: 'utf8' });
  expect(misuse.status).toBe(2);
  expect(misuse.stderr).toContain("unknown command 'chek'");
  expect(misuse.stderr).toContain('Did you mean check?');
});

test('the launcher is written in syntax that Node.js 18 reads', async () => {
  const { readFile } = await import('node:fs/promises');
  const source = await readFile(launcher, 'utf8');
  expect(source).not.toMatch(/\bimport\.meta\.(dirname|filename)|\bwith \{ type:|using /);
});
