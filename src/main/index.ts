/** The app's life: one instance, one window, and a quit that loses nothing. */
import { accessSync, constants, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, nativeTheme, powerMonitor } from 'electron';
import type { StoreUpdate } from '../shared/app-data.ts';
import { createLog } from './common/log.ts';
import { makeFolder } from './common/make-folder.ts';
import { emitToWindows } from './electron/emit-to-windows.ts';
import { endOnFault } from './electron/end-on-fault.ts';
import { registerIpc } from './electron/ipc-register.ts';
import { createLongWork } from './electron/long-work.ts';
import { installMenu } from './electron/menu.ts';
import { shutChromiumIn } from './electron/no-network.ts';
import { isInSight, showNotice } from './electron/notices.ts';
import { registerScheme, servePage } from './electron/protocol.ts';
import { createClosing, quitInOrder } from './electron/quit.ts';
import { relaunchReadable } from './electron/relaunch-readable.ts';
import { systemCipher } from './electron/secrets.ts';
import { tellReadOnly, tellSalvage, tellStoreFailure } from './electron/store-trouble.ts';
import { forkUtility } from './electron/utility-child.ts';
import { lockDownContents, lockDownSession, openWindow, pageFolder } from './electron/window.ts';
import { logLostProcesses, recoverWindow } from './electron/window-recovery.ts';
import type { Engine } from './engine.ts';
import type { LastingFailure, Store } from './store/store.ts';

const here = dirname(fileURLToPath(import.meta.url));

const isTakenOver = relaunchReadable();
const dataDirProblem = chooseDataDir();
const dataDir = app.getPath('userData');
if (dataDirProblem === null) leaveUnwritable(dataDir);
/** The folder for the window's and Chromium's own files. */
const ownDir = app.getPath('userData');
const logFile = join(ownDir, 'docket.log');
const log = createLog(logFile);
const closing = createClosing(log);

endOnFault({ logFile, log, close: closing.close });

registerScheme();
shutChromiumIn();
// The page has no network access, so Chromium needs no separate network process (decision 10); tested on Linux only.
if (process.platform === 'linux') app.commandLine.appendSwitch('enable-features', 'NetworkServiceInProcess2');
// Chromium refuses to run sandboxed as root; there, the tests and the set-up pass --no-sandbox themselves.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockDownContents();

if (isTakenOver) app.exit(0);
else if (dataDirProblem !== null) refuseToStart(dataDirProblem);
else if (app.requestSingleInstanceLock()) void start();
else app.quit();

/** Uses the folder given on the command line, if any. @returns why it cannot be used, or null. */
function chooseDataDir(): string | null {
  const options = { 'data-dir': { type: 'string' } } as const;
  const named = parseArgs({ options, strict: false, allowPositionals: true }).values['data-dir'];
  if (named === undefined) return null;
  if (typeof named !== 'string' || named === '') return '--data-dir needs a folder.';
  // Electron needs an absolute path; resolve against the working directory, as the command line does.
  const folder = resolve(named);
  try {
    makeFolder(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The data folder ${folder} cannot be used: ${reason}. Choose another one with --data-dir.`;
  }
  app.setPath('userData', folder);
  return null;
}

/** Chromium needs a writable folder; give it one elsewhere, so that a history on read-only media can still be shown. */
function leaveUnwritable(folder: string): void {
  try {
    if (existsSync(folder)) accessSync(folder, constants.W_OK);
  } catch {
    app.setPath('userData', mkdtempSync(join(tmpdir(), 'docket-window-')));
  }
}

function refuseToStart(why: string): void {
  dialog.showErrorBox('Docket could not start', why);
  app.exit(1);
}

async function start(): Promise<void> {
  const started: Promise<Engine> = app.whenReady().then(async () => {
    await openFirstWindow();
    // The page now runs its script in its own process; meanwhile, load what will answer it.
    return loadEngine((reason) => {
      log(`The data folder: ${reason}.`);
      void tellStoreFailure(reason, dataDir, async (saveTo) => (await started).close(saveTo));
    });
  });
  registerIpc(started);
  closing.of(started);
  quitInOrder(closing);
  try {
    const { settings, store, gateway } = (await started).docket;
    nativeTheme.themeSource = settings.current().theme;
    // The network may have changed, or may soon: start again with short pauses.
    powerMonitor.on('resume', () => gateway.tryNow());
    // What could not be noted is told again at the next start.
    if (store.salvage !== null)
      void tellSalvage(store.salvage)
        .then(store.salvageTold)
        .catch(() => {});
    if (store.isReadOnly) tellReadOnly(dataDir);
  } catch (error) {
    log('Docket could not start.', error);
    for (const window of BrowserWindow.getAllWindows()) window.hide();
    const { storeErrorInWords } = await import('./store/why-not-opened.ts');
    const why = storeErrorInWords(error, dataDir);
    refuseToStart(why instanceof Error ? why.message : String(why));
  }
}

/** Resolves once the page has what it needs from this process. */
async function openFirstWindow(): Promise<void> {
  lockDownSession();
  const served = new Promise<void>((resolve) => servePage(pageFolder(here), resolve));
  const open = () => {
    const window = openWindow({
      preload: join(here, '..', 'preload', 'index.cjs'),
      boundsFile: join(ownDir, 'window.json'),
    });
    recoverWindow(window, { dataDir, logFile, log });
    return window;
  };
  logLostProcesses(log);
  const { webContents } = open();
  installMenu();
  app.on('second-instance', focusWindow);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) open();
  });
  // A page from the dev server, or one that fails to load, takes no script from here.
  const loaded = new Promise<void>((resolve) => webContents.once('did-stop-loading', resolve));
  await Promise.race([served, loaded]);
}

async function loadEngine(onStoreFailure: (reason: LastingFailure) => void): Promise<Engine> {
  // The store is opened on its thread, while what uses it is loaded on this one.
  const [store, { startEngine }, { createBatchNotices }] = await Promise.all([
    openStore(onStoreFailure),
    import('./engine.ts'),
    import('./batch/batch-notices.ts'),
  ]);
  const longWork = createLongWork();
  const notices = createBatchNotices(isInSight, (notice) =>
    showNotice(notice, () => {
      focusWindow();
      emitToWindows('batch.show', { batchId: notice.batchId });
    }),
  );
  const engine = await startEngine({
    dataDir,
    store,
    samplePath: samplePath(),
    version: app.getVersion(),
    environment: process.env,
    environmentWins: false,
    cipher: systemCipher(),
    workers: {
      extract: new URL('./extract-worker.js', import.meta.url),
      text: new URL('./text-worker.js', import.meta.url),
      xlsx: new URL('./xlsx-worker.js', import.meta.url),
      watch: new URL('./watch-worker.js', import.meta.url),
    },
    forkBuiltin: () => forkUtility(join(here, 'builtin-process.js'), 'Docket text engine'),
    forkRecognition: () => forkUtility(join(here, 'recognition-process.js'), 'Docket text recognition'),
    forkPages: () => forkUtility(join(here, 'page-process.js'), 'Docket page pictures'),
    emit: (...event) => {
      const [name, payload] = event;
      if (name === 'batch.progress') {
        longWork.progress(payload);
        notices.progress(payload);
      }
      if (name === 'batch.watched') notices.watched(payload);
      if (name === 'settings.changed') {
        nativeTheme.themeSource = payload.settings.theme;
        notices.setWanted(payload.settings.notifyBatchEnd);
      }
      emitToWindows(...event);
    },
    log,
  });
  notices.setWanted(engine.docket.settings.current().notifyBatchEnd);
  return engine;
}

async function openStore(onFailure: (reason: LastingFailure) => void): Promise<Store> {
  const { openStoreOrRead } = await import('./store/read-only-store.ts');
  return openStoreOrRead(dataDir, new URL('./store-worker.js', import.meta.url), { onUpdate: tellUpdate, onFailure });
}

/** A page that is still loading misses events, and copying a long history sends only one. */
function tellUpdate(update: StoreUpdate): void {
  emitToWindows('store.updating', update);
  for (const { webContents } of BrowserWindow.getAllWindows()) {
    if (!webContents.isLoading()) continue;
    webContents.once('did-stop-loading', () => emitToWindows('store.updating', update));
  }
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
}

function samplePath(): string {
  const root = app.isPackaged ? process.resourcesPath : join(here, '..', '..', 'resources');
  return join(root, 'Sample documents');
}
