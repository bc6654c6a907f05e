import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const project = fileURLToPath(new URL('..', import.meta.url));

/** The linter and the type checker are part of what has to pass; each says on failure what it found. */
test.each([
  ['eslint', ['node_modules/eslint/bin/eslint.js', '.']],
  ['astro check', ['node_modules/astro/bin/astro.mjs', 'check', '--minimumFailingSeverity', 'warning']],
])('%s finds nothing', { timeout: 300_000 }, (_, args) => {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_ENV|BASE_URL|MODE|DEV|PROD|SSR)/.test(name)),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: project,
    encoding: 'utf8',
    env: { ...environment, NO_COLOR: '1', ASTRO_TELEMETRY_DISABLED: '1' },
  });
  expect(status, stdout + stderr).toBe(0);
});
