/** What is told, and offered, when the data folder is lost or damaged while the app runs. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Docket } from './compose.ts';
import type { Salvage } from './store/open-recovered.ts';
import { salvageWords } from './store/salvage-words.ts';
import type { LastingFailure } from './store/store.ts';

/** Ends the app, and with a file writes all that the store holds into it first. */
type Close = Docket['close'];

export async function tellStoreFailure(reason: LastingFailure, dataDir: string, close: Close): Promise<void> {
  await (reason === 'gone' ? tellGone(dataDir, close) : tellDamaged(dataDir));
}

/** Of a start from where nothing can be written. */
export function tellReadOnly(dataDir: string): void {
  void dialog.showMessageBox({
    type: 'info',
    message: 'Docket’s data may only be read',
    detail:
      `Nothing can be written to ${dataDir}. The history is shown as it lies there, and nothing is sent, because nothing could be recorded. ` +
      'To work with it, copy the folder and start Docket with --data-dir and the copy.',
  });
}

/** Of a start that found the store damaged. */
export function tellSalvage(salvage: Salvage): void {
  void dialog.showMessageBox({
    type: 'warning',
    message: 'Docket’s data was damaged',
    detail: salvageWords(salvage).join('\n'),
  });
}

const SAVE = 0;
const QUIT = 1;

/** Until it is saved, given up, or left for later: reading goes on, and nothing is sent. */
async function tellGone(dataDir: string, close: Close): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Docket’s data folder has gone',
    detail:
      `${dataDir} was removed, moved or replaced while Docket was running. Nothing more is sent, because nothing can be recorded. ` +
      'Docket still has the history open: save it to a file now, or put the folder back and go on.',
    buttons: ['Save and quit…', 'Quit without saving', 'Go on'],
    defaultId: SAVE,
    cancelId: 2,
  });
  if (response === QUIT) app.quit();
  if (response !== SAVE) return;
  const { filePath } = await dialog.showSaveDialog({
    defaultPath: join(app.getPath('documents'), 'docket.db'),
    filters: [{ name: 'Docket history', extensions: ['db'] }],
  });
  if (filePath === '') return tellGone(dataDir, close);
  try {
    await close(filePath);
  } catch (error) {
    dialog.showErrorBox('The history was not saved', error instanceof Error ? error.message : String(error));
    return tellGone(dataDir, close);
  }
  await dialog.showMessageBox({
    message: 'The history is saved',
    detail: `It is in ${filePath}. To go on with it, put it into a folder of its own under the name docket.db, and start Docket with --data-dir and that folder.`,
  });
  app.exit(0);
}

async function tellDamaged(dataDir: string): Promise<void> {
  await dialog.showMessageBox({
    type: 'warning',
    message: 'Docket’s data is damaged',
    detail: `A part of what is in ${dataDir} can no longer be read; the disk may be failing. Start Docket again: it keeps the damaged file and takes over all that can be read.`,
  });
}
