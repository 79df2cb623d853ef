import { parentPort } from 'node:worker_threads';
import { problem } from '../../shared/problem.ts';
import { err } from '../../shared/result.ts';
import type { FromPages, PageJob } from './messages.ts';
import { createPageDrawing } from './open-pages.ts';

/**
 * The thread that draws pages, one after the other. It can be killed at any moment. It has no environment variables and
 * no way to open a connection.
 */
for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

const drawing = createPageDrawing();

parentPort?.on('message', async (job: PageJob) => {
  const result = await drawing.answer(job).catch((error: unknown) => {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return err(problem('unexpected', { where: 'picture' }, { detail: detail.slice(0, 2_000) }));
  });
  const message: FromPages = { type: 'end', result };
  parentPort?.postMessage(message);
});
