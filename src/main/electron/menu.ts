import { app, type BrowserWindow, type ContextMenuParams, Menu, type MenuItemConstructorOptions } from 'electron';
import { spellingEntries } from './spelling.ts';

/**
 * The menu exists for the system's standard shortcuts: editing, zoom, window, quit. Docket's own commands are in its
 * palette. There is no "Reload", which would discard what is being typed.
 */
export function installMenu(): void {
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin'
      ? [{ role: 'appMenu' } as const]
      : [{ label: 'Docket', submenu: [{ role: 'quit' } as const] }]),
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function spellingOf(window: BrowserWindow, params: ContextMenuParams): MenuItemConstructorOptions[] {
  const { webContents } = window;
  const entries = spellingEntries(params.misspelledWord, params.dictionarySuggestions, {
    replace: (word) => webContents.replaceMisspelling(word),
    learn: (word) => webContents.session.addWordToSpellCheckerDictionary(word),
  });
  return entries.length === 0 ? [] : [...entries, { type: 'separator' }];
}

/** Cut, copy and paste under the right mouse button, which Electron leaves to the app. */
export function installContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, params) => {
    const { isEditable, selectionText, editFlags } = params;
    const entries: MenuItemConstructorOptions[] = isEditable
      ? [
          ...spellingOf(window, params),
          { role: 'undo', enabled: editFlags.canUndo },
          { role: 'redo', enabled: editFlags.canRedo },
          { type: 'separator' },
          { role: 'cut', enabled: editFlags.canCut },
          { role: 'copy', enabled: editFlags.canCopy },
          { role: 'paste', enabled: editFlags.canPaste },
          { role: 'selectAll', enabled: editFlags.canSelectAll },
        ]
      : selectionText.trim() === ''
        ? []
        : [{ role: 'copy' }];
    if (entries.length > 0) Menu.buildFromTemplate(entries).popup({ window });
  });
}
