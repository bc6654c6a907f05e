import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Real builds and browsers take their time on a small machine.
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
