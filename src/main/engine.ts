/**
 * Wires up everything that answers the window. This is most of the app's code and none of it is needed to open a
 * window, so `index.ts` loads it afterwards.
 */
import { createExports } from './batch/export/exports.ts';
import { composeDocket, type Docket, type DocketParts } from './compose.ts';
import { createDesktop } from './electron/desktop.ts';
import type { Answering } from './electron/ipc-register.ts';
import { createGrants } from './ipc/grants.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createRouter } from './ipc/router.ts';

export interface Engine extends Answering {
  readonly docket: Docket;
  close(saveTo?: string): Promise<void>;
}

export async function startEngine(parts: DocketParts & { readonly samplePath: string }): Promise<Engine> {
  const docket = await composeDocket(parts);
  if (!docket.store.isReadOnly) {
    docket.batches
      .resumeWatches()
      .catch((error: unknown) => parts.log('The watched folders could not be read.', error));
  }
  const grants = createGrants();
  const exports = createExports({
    read: docket.store.read,
    xlsxWorker: parts.workers.xlsx,
    tell: (progress) => parts.emit('batch.exporting', progress),
    now: () => performance.now(),
  });
  const handlers = createHandlers(docket, createDesktop(parts), grants, exports);
  const close = async (saveTo?: string) => {
    // Side by side: an export to a drive that hangs must not keep the audit from being flushed. It reads no more by
    // now.
    await Promise.all([exports.close(), docket.close(saveTo)]);
  };
  return { docket, grants, router: createRouter(handlers, parts.log), close };
}
