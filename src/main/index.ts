/** The app's life: one instance, one window, and a quit that loses nothing. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { composeDocket, type Docket } from './compose.ts';
import { createDesktop } from './desktop.ts';
import { emitToWindows } from './ipc/emit.ts';
import { createGrants } from './ipc/grants.ts';
import { createHandlers } from './ipc/handlers.ts';
import { registerIpc } from './ipc/register.ts';
import { createRouter } from './ipc/router.ts';
import { createLog } from './log.ts';
import { createLongWork } from './long-work.ts';
import { installMenu } from './menu.ts';
import { registerScheme, servePage } from './protocol.ts';
import { systemCipher } from './secrets.ts';
import { forkUtility } from './utility-child.ts';
import { lockDownContents, lockDownSession, openWindow, pageFolder } from './window.ts';

/** After this a quit no longer waits for anything. */
const QUIT_DEADLINE_MS = 5_000;

const here = dirname(fileURLToPath(import.meta.url));

const dataDirArgument = parseArgs({
  options: { 'data-dir': { type: 'string' } },
  strict: false,
  allowPositionals: true,
}).values['data-dir'];
if (typeof dataDirArgument === 'string') {
  mkdirSync(dataDirArgument, { recursive: true });
  app.setPath('userData', dataDirArgument);
}
const dataDir = app.getPath('userData');
const log = createLog(join(dataDir, 'docket.log'));

process.on('uncaughtException', (error) => log('An error that nothing caught.', error));
process.on('unhandledRejection', (error) => log('A failure that nothing waited for.', error));

registerScheme();
// Chromium refuses to run as root with its sandbox; there the tests and the set-up switch it off themselves.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockDownContents();

if (app.requestSingleInstanceLock()) void start();
else app.quit();

async function start(): Promise<void> {
  // The store opens while Electron gets ready, and the window appears while the rest is put together.
  const composing = compose();
  // It is awaited below; until then a failure must not count as unhandled.
  composing.catch(() => {});
  quitInOrder(composing);
  await app.whenReady();
  lockDownSession();
  servePage(pageFolder(here));
  const grants = createGrants();
  const routing = composing.then((docket) => {
    const desktop = createDesktop({ docket, dataDir, samplePath: samplePath() });
    return createRouter(createHandlers(docket, desktop, grants), log);
  });
  routing.catch(() => {});
  registerIpc(async (name, input) => (await routing)(name, input), grants);
  const open = () =>
    openWindow({ preload: join(here, '..', 'preload', 'index.cjs'), boundsFile: join(dataDir, 'window.json') });
  open();
  installMenu();
  app.on('second-instance', focusWindow);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  try {
    const { settings, store } = await composing;
    nativeTheme.themeSource = settings.current().theme;
    if (store.damagedFile !== null) tellDamaged(store.damagedFile);
  } catch (error) {
    log('Docket could not start.', error);
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    dialog.showErrorBox('Docket could not start', error instanceof Error ? error.message : String(error));
    app.exit(1);
  }
}

function compose(): Promise<Docket> {
  const longWork = createLongWork();
  return composeDocket({
    dataDir,
    version: app.getVersion(),
    environment: process.env,
    environmentWins: false,
    // It asks the system's keychain, which only answers once the app is ready.
    cipher: app.whenReady().then(systemCipher),
    workers: {
      store: new URL('./store-worker.js', import.meta.url),
      extract: new URL('./extract-worker.js', import.meta.url),
    },
    forkBuiltin: () => forkUtility(join(here, 'builtin-process.js')),
    emit: (...event) => {
      const [name, payload] = event;
      if (name === 'batch.progress') longWork.progress(payload);
      if (name === 'settings.changed') nativeTheme.themeSource = payload.settings.theme;
      emitToWindows(...event);
    },
    log,
  });
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Stop intake, abort or drain, flush, close; then leave, whatever is still undone. */
function quitInOrder(composing: Promise<Docket>): void {
  let closing = false;
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (closing) return;
    closing = true;
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    const deadline = setTimeout(() => {
      log('The quit took too long; what was open is marked at the next start.');
      app.exit(0);
    }, QUIT_DEADLINE_MS);
    composing
      .then((docket) => docket.close())
      .catch((error: unknown) => log('The quit was not clean.', error))
      .finally(() => {
        clearTimeout(deadline);
        app.exit(0);
      });
  });
}

function samplePath(): string {
  const root = app.isPackaged ? process.resourcesPath : join(here, '..', '..', 'resources');
  return join(root, 'Sample documents');
}

function tellDamaged(file: string): void {
  void dialog.showMessageBox({
    type: 'warning',
    message: 'The history could not be read',
    detail: `Docket started a new one. The damaged file was kept, nothing was deleted:\n${file}`,
  });
}
