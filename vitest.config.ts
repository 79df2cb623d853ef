import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', '**/node_modules/**'],
    environment: 'node',
    pool: 'forks',
    // Generous, because a slow machine is no defect: what hangs is found all the same.
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
