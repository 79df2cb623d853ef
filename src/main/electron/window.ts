import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme, screen, session, shell } from 'electron';
import { installContextMenu } from './menu.ts';
import { isOwnPage, pageUrl } from './page.ts';
import { readBounds, writeBounds } from './window-bounds.ts';

/** The layout does not fit below this. */
const MIN_WIDTH = 800;
const MIN_HEIGHT = 600;
const DARK_BACKGROUND = '#16171a';
const LIGHT_BACKGROUND = '#ffffff';

/** Denies every permission a page could request. Call once the app is ready. */
export function lockDownSession(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => decide(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
  session.defaultSession.on('will-download', (event) => event.preventDefault());
}

/** Prevents pages from navigating away, opening windows or embedding pages. Call before the first window. */
export function lockDownContents(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOwnPage(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  });
}

export interface WindowPlaces {
  readonly preload: string;
  readonly boundsFile: string;
}

export function openWindow({ preload, boundsFile }: WindowPlaces): BrowserWindow {
  const { maximized, ...bounds } = readBounds(
    boundsFile,
    screen.getAllDisplays().map((display) => display.workArea),
  );
  const window = new BrowserWindow({
    ...(bounds.x === undefined || bounds.y === undefined ? {} : { x: bounds.x, y: bounds.y }),
    width: bounds.width,
    height: bounds.height,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Docket',
    backgroundColor: nativeTheme.shouldUseDarkColors ? DARK_BACKGROUND : LIGHT_BACKGROUND,
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      // The system's own checker, where it has one; on Linux, Chromium would download a dictionary (decision 16).
      spellcheck: process.platform !== 'linux',
    },
  });
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  const remember = () => {
    writeBounds(boundsFile, { ...window.getNormalBounds(), maximized: window.isMaximized() });
  };
  // A quit ends the process without closing the window first.
  window.on('close', remember);
  app.on('before-quit', remember);
  window.on('closed', () => app.off('before-quit', remember));
  installContextMenu(window);
  void window.loadURL(pageUrl);
  return window;
}

/** The normalised URL if it may be opened outside, else null: other protocols can start programs. */
export function externalUrl(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return ['https:', 'http:', 'mailto:'].includes(url.protocol) ? url.href : null;
}

export function openExternal(url: string): Promise<void> {
  return shell.openExternal(url);
}

/** The folder beside the built main file that contains the page. */
export function pageFolder(mainFolder: string): string {
  return join(mainFolder, '..', 'renderer');
}
