import { globSync, readFileSync } from 'node:fs';
import { configDefaults, defineConfig } from 'vitest/config';

const tests = 'tests/**/*.test.ts';
/** What tests import to start a process, a server or a browser. */
const slow =
  /'(?:node:child_process|node:http|playwright-core|.*\/support\/(?:browser|command|publish-site|workbook)\.ts)'/;

/** What tries hundreds of histories, texts or damaged files one after the other. */
const thorough = ['causes', 'confidential', 'fuzz-texts', 'hidden-text', 'histories', 'import/samples'];
const isLong = (path: string) =>
  thorough.some((name) => path.endsWith(`/${name}.test.ts`)) || slow.test(readFileSync(path, 'utf8'));

export default defineConfig(({ mode }) => ({
  test: {
    include: [tests],
    // The mode of `npm run test:quick`.
    exclude: [...configDefaults.exclude, ...(mode === 'quick' ? globSync(tests).filter(isLong) : [])],
    // One for each processor: the main process only waits for them.
    maxWorkers: '100%',
    // Real builds and browsers take their time on a small machine.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
}));
