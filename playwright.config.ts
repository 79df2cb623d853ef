import { defineConfig } from '@playwright/test';

/** Each test starts the real app, so one at a time; a test that fails now and then is to be mended, not repeated. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results/e2e',
  workers: 1,
  retries: 0,
  timeout: 60_000,
  use: { trace: 'retain-on-failure' },
});
