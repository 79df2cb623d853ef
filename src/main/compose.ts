/**
 * The composition root: wires everything up, opens it in order and closes it in reverse. Used with and without a
 * window.
 */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Status } from '../shared/app-data.ts';
import { OWN_LANGUAGES_FOLDER } from '../shared/recognition-languages.ts';
import { type Audit, createAudit } from './audit/audit.ts';
import { type Batches, createBatches } from './batch/batches.ts';
import { createItemFiles } from './batch/item-files.ts';
import { createPreviews, type Previews } from './batch/previews.ts';
import { createFolderWatcher } from './batch/watch/folder-watcher.ts';
import { type WatchTimes, watchTimes } from './batch/watch/watched.ts';
import { networkTypes } from './batch/watch/watched-roots.ts';
import { type BuiltinChild, createBuiltinEngine } from './builtin/builtin-engine.ts';
import { type Attachments, createAttachments } from './chat/attachments.ts';
import { type Chat, createChat } from './chat/chat.ts';
import type { Emit } from './common/emit.ts';
import { countRepeats, type Log } from './common/log.ts';
import { createExtractor } from './documents/extractor.ts';
import { type Connections, createConnections } from './llm/connections.ts';
import { createContextWindows } from './llm/context-windows.ts';
import { createGateway, type Gateway } from './llm/gateway.ts';
import type { HostTimes } from './llm/host-health.ts';
import { createLearnedQuirks } from './llm/learned-quirks.ts';
import { createKeptFiles, type KeptFiles } from './pages/kept-files.ts';
import { createPageDrawer, type PageProcess } from './pages/page-drawer.ts';
import { RECIPE_TEMPERATURE } from './recipes/question-prompt.ts';
import { createRecipeBook, type RecipeBook } from './recipes/recipe-book.ts';
import { createTextThread } from './recipes/text-thread.ts';
import { createLanguageChoices, type LanguageChoices } from './recognition/language-choices.ts';
import { createRecogniser, type RecognitionProcess, recognitionProcesses } from './recognition/recogniser.ts';
import { createRecognisingExtractor } from './recognition/recognising-extractor.ts';
import { environmentKey, readEnvironment } from './settings/environment.ts';
import { createKeyStore, type KeyCipher } from './settings/key-store.ts';
import { createSettings, type SettingsKeeper } from './settings/settings.ts';
import type { Recovery } from './store/operations.ts';
import type { Store } from './store/store.ts';

/** A window is told at most this often that the history changed. */
const HISTORY_EVERY_MS = 1_000;
/** A window is told at most this often about calls in flight. */
const STATUS_EVERY_MS = 200;
/** The sockets' share of the five seconds that a quit may take. */
const SOCKETS_CLOSE_MS = 1_000;
/** The setting that holds what was learned of models. */
const LEARNED = 'learned';
/** The setting that holds where the user keeps data for text recognition. */
const LANGUAGE_FOLDER = 'recognition_folder';

/** Entry points of threads. */
export interface Workers {
  readonly extract: URL;
  /** Prepares long texts. */
  readonly text: URL;
  /** Writes Excel workbooks. */
  readonly xlsx: URL;
  /** Watches folders. */
  readonly watch: URL;
}

export interface DocketParts {
  readonly dataDir: string;
  /** Of the data folder. It is closed with Docket, and when Docket cannot be composed. */
  readonly store: Store;
  readonly version: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly environmentWins: boolean;
  readonly cipher: KeyCipher | Promise<KeyCipher>;
  readonly workers: Workers;
  /** Files that no batch reads, in addition to the data folder. */
  readonly leaveOut?: readonly string[];
  readonly forkBuiltin: () => BuiltinChild;
  readonly forkRecognition: () => RecognitionProcess;
  readonly forkPages: () => PageProcess;
  /** Overrides the setting for text recognition. */
  readonly recognition?: boolean | undefined;
  /** Overrides the default pauses while a host is away. */
  readonly hostTimes?: Partial<HostTimes>;
  /** Overrides how often watched folders are looked at. */
  readonly watchTimes?: Partial<WatchTimes>;
  readonly networkTypes?: ReadonlySet<number>;
  /** Overrides the setting for how long a batch waits for its host, where it is not null. */
  readonly hostWaitMs?: (hasAnswered: boolean) => number | null;
  readonly emit: Emit;
  readonly log: Log;
}

export interface Docket {
  readonly store: Store;
  readonly settings: SettingsKeeper;
  readonly connections: Connections;
  readonly gateway: Gateway;
  readonly audit: Audit;
  readonly chat: Chat;
  readonly attachments: Attachments;
  readonly batches: Batches;
  readonly recipes: RecipeBook;
  readonly previews: Previews;
  readonly files: KeptFiles;
  readonly languages: LanguageChoices;
  readonly recovery: Recovery;
  status(): Status;
  /**
   * Stops intake, aborts running work, flushes the audit, then closes the store and sockets, in that order.
   * @param saveTo a file to save the store to when its folder is gone. Rejects if that file cannot be written;
   * close may then be called again.
   */
  close(saveTo?: string): Promise<void>;
}

export async function composeDocket(parts: DocketParts): Promise<Docket> {
  try {
    return await composeOver(parts.store, parts);
  } catch (error) {
    // Frees the folder for another try.
    await parts.store.close();
    throw error;
  }
}

async function composeOver(store: Store, parts: DocketParts): Promise<Docket> {
  const now = Date.now;
  const failures = countRepeats(parts.log);
  const environment = readEnvironment(parts.environment);
  const keys = await createKeyStore({
    file: join(parts.dataDir, 'key.json'),
    cipher: await parts.cipher,
    environment: environmentKey(environment),
  });
  const builtin = createBuiltinEngine({ fork: parts.forkBuiltin });
  const languages = async () => {
    const { recognition, recognitionLanguages } = settings.current();
    const wanted = parts.recognition ?? recognition;
    return wanted ? languageChoices.find(recognitionLanguages) : null;
  };
  const readerOf = (processes: number) =>
    createRecognisingExtractor({
      extractor: createExtractor({ workerUrl: parts.workers.extract }),
      recogniser: createRecogniser({ fork: parts.forkRecognition, processes }),
      kept: {
        find: store.read.findRecognisedPages,
        // Without it, the page would be recognised once more.
        keep: (sha256, readWith, page) =>
          void store.write
            .keepRecognisedPage(sha256, readWith, page, now())
            .catch((error: unknown) => failures.log('A recognised page could not be kept.', error)),
      },
      languages,
    });
  const extractor = readerOf(recognitionProcesses());
  // Separate, so that an attached file does not wait behind a batch.
  const chatExtractor = readerOf(1);

  const texts = createTextThread(parts.workers.text);
  const [saved, learnedBefore, languageFolder] = await Promise.all([
    store.read.readSetting('settings'),
    store.read.readSetting(LEARNED),
    store.read.readSetting(LANGUAGE_FOLDER),
  ]);
  const languageChoices = createLanguageChoices({
    ownFolder: join(parts.dataDir, OWN_LANGUAGES_FOLDER),
    saved: languageFolder,
    save: (folder) => store.write.writeSetting(LANGUAGE_FOLDER, folder),
  });

  const windows = createContextWindows(() => parts.emit('settings.changed', settings.view()));
  const settings = createSettings({
    windows,
    saved,
    save: (next) => store.write.writeSetting('settings', next),
    keys,
    environment,
    environmentWins: parts.environmentWins,
    builtinEndpoint: () => builtin.endpoint(),
    userAgent: `Docket/${parts.version}`,
    onChange: (view, connectionChanged) => {
      if (view.provider.llm) void loadWindows();
      if (connectionChanged) {
        connections.replace(settings.connectionSettings());
        // The change may have fixed whatever was wrong.
        gateway.tryNow();
      }
      batches.limitChanged();
      batches.settingsChanged();
      parts.emit('settings.changed', view);
      tellStatus();
    },
  });
  const loadWindows = () =>
    windows.load().catch((error: unknown) => failures.log('The table of models could not be read.', error));
  const loaded = settings.provider().llm ? loadWindows() : Promise.resolve();
  // In the window there is time until the first question; the command line begins at once.
  if (parts.environmentWins) await loaded;
  const learned = createLearnedQuirks({
    saved: learnedBefore,
    save: (value) => store.write.writeSetting(LEARNED, value),
    onTrouble: (error) => failures.log('What was learned of a server could not be kept.', error),
    now,
  });
  const connections = createConnections(settings.connectionSettings(), learned);

  const tellHistory = throttle(HISTORY_EVERY_MS, () => parts.emit('history.changed', null));
  const tellStatus = throttle(STATUS_EVERY_MS, () => parts.emit('status.changed', status()));
  const audit = await createAudit({
    write: store.write,
    departuresSince: store.read.departuresSince,
    onChange: () => {
      tellHistory();
      tellStatus();
    },
    onTrouble: (error) => failures.log('An outcome could not be written; it is kept and will be retried.', error),
    now,
  });
  const gateway = createGateway(audit, { times: parts.hostTimes ?? {} });
  const shared = {
    store,
    gateway,
    connections,
    emit: parts.emit,
    now,
  };
  const attachments = createAttachments({ store, extractor: chatExtractor, now });
  const chat = createChat({
    ...shared,
    attachments,
    temperature: () => settings.current().temperature,
    onFailure: (error) => failures.log('A reply could not be finished.', error),
  });
  // A process of its own: whoever looks at a page does not wait behind those that are sent.
  const sentDrawer = createPageDrawer({ fork: parts.forkPages });
  const times = { ...watchTimes, ...parts.watchTimes };
  const batches = createBatches({
    ...shared,
    extractor,
    prepareText: texts.prepare,
    drawer: sentDrawer,
    temperature: RECIPE_TEMPERATURE,
    concurrency: () => settings.batchConcurrency(),
    hostWaitMs: (hasAnswered) => parts.hostWaitMs?.(hasAnswered) ?? settings.current().hostWaitMs,
    leaveOut: [parts.dataDir, ...(parts.leaveOut ?? [])],
    watcher: createFolderWatcher(parts.workers.watch, times.settleMs),
    watchTimes: times,
    networkTypes: parts.networkTypes ?? networkTypes,
    newId: randomUUID,
    onActivity: () => tellStatus(),
    onFailure: (error) => failures.log('A batch stopped.', error),
    onBug: (error) => failures.log('A file of a batch met an error in Docket.', error),
  });

  // With the chat's threads: it does not queue behind a folder.
  const drawer = createPageDrawer({ fork: parts.forkPages });
  const previews = createPreviews({
    store,
    extractor: chatExtractor,
    connections,
    prepareText: texts.prepare,
    drawer,
  });
  const files = createKeptFiles({
    items: createItemFiles(store.read),
    attachments: attachments.files,
    drawer,
    findPlacedWords: store.read.findPlacedWords,
  });
  const recipes = createRecipeBook({ store, emit: parts.emit, newId: randomUUID, now });

  const status = (): Status => ({
    provider: settings.provider(),
    callsInFlight: audit.inFlight(),
    activeBatches: batches.activeBatches(),
    leftToday: audit.departedToday(),
  });

  const close = async (saveTo?: string) => {
    if (saveTo !== undefined) store.expectSave();
    attachments.close();
    await Promise.all([chat.close(), batches.close()]);
    await gateway.idle();
    await audit.drain();
    failures.flush();
    if (saveTo !== undefined) await store.saveTo(saveTo);
    tellHistory.cancel();
    tellStatus.cancel();
    await store.close();
    await Promise.all([
      connections.close(SOCKETS_CLOSE_MS),
      extractor.close(),
      chatExtractor.close(),
      drawer.close(),
      sentDrawer.close(),
      texts.close(),
      builtin.close(),
    ]);
  };

  return {
    store,
    settings,
    connections,
    gateway,
    audit,
    chat,
    attachments,
    batches,
    recipes,
    previews,
    files,
    languages: languageChoices,
    recovery: store.recovery,
    status,
    close,
  };
}

/** Calls at once, then at most every `everyMs`, with a final call after the last request. */
function throttle(everyMs: number, call: () => void): { (): void; cancel(): void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const run = () => {
    call();
    timer = setTimeout(() => {
      timer = null;
      if (!again) return;
      again = false;
      run();
    }, everyMs);
  };
  const throttled = () => {
    if (timer === null) run();
    else again = true;
  };
  throttled.cancel = () => {
    if (timer !== null) clearTimeout(timer);
    again = false;
  };
  return throttled;
}
