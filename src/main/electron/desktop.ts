import { app, BrowserWindow, dialog, type OpenDialogOptions, shell } from 'electron';
import type { AppInfo } from '../../shared/app-data.ts';
import { exportFormatNames } from '../../shared/export-format.ts';
import type { Desktop } from '../ipc/desktop.ts';
import { externalUrl, openExternal } from './window.ts';

export interface DesktopParts {
  readonly dataDir: string;
  readonly samplePath: string;
}

/** Native dialogs, and opening things in the system's own programs. */
export function createDesktop({ dataDir, samplePath }: DesktopParts): Desktop {
  return {
    info: appInfo(dataDir),
    samplePath,
    openLink: async (text) => {
      const url = externalUrl(text);
      if (url === null || !(await confirmLink(url))) return false;
      await openExternal(url);
      return true;
    },
    revealData: async () => {
      await shell.openPath(dataDir);
    },
    revealFile: (path) => shell.showItemInFolder(path),
    openFile: async (path) => (await shell.openPath(path)) === '',
    pickPaths: async (what) => {
      const options: OpenDialogOptions =
        what === 'folder'
          ? { title: 'Choose a folder', properties: ['openDirectory', 'multiSelections'] }
          : { title: 'Choose files', properties: ['openFile', 'multiSelections'] };
      const window = BrowserWindow.getFocusedWindow();
      const choice = await (window === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(window, options));
      return choice.canceled ? null : choice.filePaths;
    },
    pickRecipeFile: async () => {
      const choice = await dialog.showOpenDialog({
        title: 'Import a recipe',
        properties: ['openFile'],
        filters: [{ name: 'Recipe', extensions: ['json'] }],
      });
      return choice.canceled ? null : choice.filePaths;
    },
    pickExportFile: async (name, format) => {
      const choice = await dialog.showSaveDialog({
        title: 'Export results',
        defaultPath: `${name.replaceAll(/[\\/:*?"<>|]/g, '-')}.${format}`,
        filters: [{ name: exportFormatNames[format], extensions: [format] }],
      });
      return choice.canceled ? null : choice.filePath;
    },
  };
}

async function confirmLink(url: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: 'Open this link outside Docket?',
    detail: url.length > 500 ? `${url.slice(0, 500)}…` : url,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}

function appInfo(dataDir: string): AppInfo {
  return { version: app.getVersion(), electron: process.versions.electron ?? '', platform: process.platform, dataDir };
}
