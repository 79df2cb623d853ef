/** Dialogs for a data folder that is lost or damaged while the app runs, or read-only or damaged at start-up. */
import { join } from 'node:path';
import { app, dialog } from 'electron';
import type { Docket } from '../compose.ts';
import type { Salvage } from '../store/salvage-or-backup.ts';
import type { LastingFailure } from '../store/store.ts';

/** Closes the app; given a file, first saves the whole store to it. */
type Close = Docket['close'];

export async function tellStoreFailure(reason: LastingFailure, dataDir: string, close: Close): Promise<void> {
  await (reason === 'gone' ? tellGone(dataDir, close) : tellDamaged(dataDir));
}

/** Shown when the app starts from a read-only data folder. */
export function tellReadOnly(dataDir: string): void {
  void dialog.showMessageBox({
    type: 'info',
    message: 'Docket’s data is read-only',
    detail:
      `Docket cannot write to ${dataDir}. You can read the history, but nothing is sent, because nothing could be recorded. ` +
      'To work with it, copy the folder and start Docket with --data-dir and the path of the copy.',
  });
}

/** Shown when the store was found damaged at start-up. Resolves when the user has closed it. */
export async function tellSalvage(salvage: Salvage): Promise<void> {
  // What is seldom needed is not loaded before the window.
  const { salvageWords } = await import('../store/salvage-words.ts');
  await dialog.showMessageBox({
    type: 'warning',
    message: 'Docket’s data was damaged',
    detail: salvageWords(salvage).join('\n'),
  });
}

const SAVE = 0;
const QUIT = 1;

/** Repeats until the user saves, quits or postpones. Meanwhile the history can be read, but nothing is sent. */
async function tellGone(dataDir: string, close: Close): Promise<void> {
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'Docket’s data folder is gone',
    detail:
      `${dataDir} was removed, moved or replaced while Docket was running. Nothing more is sent, because nothing can be recorded. ` +
      'Docket still has the history open: save it to a file now, or put the folder back and continue.',
    buttons: ['Save and quit…', 'Quit without saving', 'Continue'],
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
    message: 'The history was saved',
    detail: `It is in ${filePath}. To use it, rename it to docket.db, put it in a folder of its own and start Docket with --data-dir and that folder.`,
  });
  app.exit(0);
}

async function tellDamaged(dataDir: string): Promise<void> {
  await dialog.showMessageBox({
    type: 'warning',
    message: 'Docket’s data is damaged',
    detail: `Part of the data in ${dataDir} can no longer be read; the disk may be failing. Restart Docket: it keeps the damaged file and recovers whatever can be read.`,
  });
}
