/** A model server for each test of a file, and one gateway over the real parts for all of them. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';
import { type ModelServer, startModelServer } from '../support/model-server.ts';
import { openWorkbench, type Workbench } from './workbench.ts';

export let server: ModelServer;
export let bench: Workbench;

/** Call once, at the top of a test file. */
export function setUpGateway(): void {
  beforeAll(async () => {
    bench = await openWorkbench();
  });

  afterAll(() => bench.close());

  beforeEach(async () => {
    // Without jitter, so that waits are exactly what the server asked for.
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server = await startModelServer();
    await bench.connect(server.url);
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await server.close();
    expect(server.violations).toEqual([]);
  });
}
