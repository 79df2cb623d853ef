import { defineConfig } from '@playwright/test';

/**
 * Each test starts the real app, so one at a time; a test that fails now and then is to be mended, not repeated.
 * The times are generous, because a slow machine is no defect.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: { trace: 'retain-on-failure' },
});
