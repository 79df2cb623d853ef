import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { StoreUpdate } from '../../shared/app-data.ts';
import type { StoreFailureCause } from '../../shared/problem.ts';
import { makeFolder } from '../common/make-folder.ts';
import { checkInBackground } from './background-check.ts';
import { markDamaged, UNTOLD_SALVAGE } from './for-next-start.ts';
import { lockFolder } from './lock-folder.ts';
import type { Reads, Recovery, Writes } from './operations.ts';
import type { Salvage } from './salvage-or-backup.ts';
import { DAMAGED_TEXT, StoreError } from './store-error.ts';
import { type StoreThread, startStoreThread } from './store-thread.ts';

/** How long a deferred write may wait: long enough to form a group, short enough to lose nothing on quit. */
const FLUSH_AFTER_MS = 20;

/** Writes whose callers do not wait for them; they still reject when they fail. */
const DEFERRED: ReadonlySet<string> = new Set<keyof Writes>(['endCall', 'checkpointReply']);

/**
 * Small reads that every start makes. The writer answers them until a larger one has started the reader's thread, which
 * costs start-up time and memory.
 */
const AT_START: ReadonlySet<string> = new Set<keyof Reads>([
  'readSetting',
  'departuresSince',
  'listConversations',
  'watchedBatches',
]);

/** Events that a store reports. */
export interface StoreEvents {
  /** Progress of the migration of an older store, before it is open. */
  readonly onUpdate?: (update: StoreUpdate) => void;
  /** A write or read failed for a lasting reason. Reported once per reason. */
  readonly onFailure?: (reason: LastingFailure) => void;
}

export type LastingFailure = Extract<StoreFailureCause, 'gone' | 'damaged'>;

/** The store of one data folder. This process holds the folder until the store is closed. */
export interface Store {
  readonly read: Reads;
  readonly write: Writes;
  readonly recovery: Recovery;
  /** What was salvaged from a damaged store; returned at every start until `salvageTold`. */
  readonly salvage: Salvage | null;
  /** The user has been told of `salvage`, so the next start need not. */
  salvageTold(): Promise<void>;
  /** The data folder cannot be written, so every write is refused. */
  readonly isReadOnly: boolean;
  /** Announces `saveTo`: from now on, outcomes are accepted even if the data folder is gone. */
  expectSave(): void;
  /** Writes everything the store holds, even if its folder is gone, to a file. Rejects with StoreError. */
  saveTo(file: string): Promise<void>;
  /** Commits buffered writes, closes both connections and releases the folder. */
  close(): Promise<void>;
}

/** Another process is using the same data folder. */
export class FolderInUseError extends Error {
  constructor(folder: string) {
    super(
      `Docket is already running with the data folder ${folder}. Close it, or choose another folder with --data-dir.`,
    );
    this.name = 'FolderInUseError';
  }
}

/** A user who can only read a folder can see its history but cannot make calls, which could not be recorded. */
export class ReadOnlyFolderError extends Error {
  constructor(folder: string) {
    super(
      `The data folder ${folder} is read-only. No call can be recorded in it, so none is made: ` +
        'get write permission, or copy the folder and choose the copy with --data-dir. The window and "history" show what is in it.',
    );
    this.name = 'ReadOnlyFolderError';
  }
}

/** Turns what SQLite reports into an error with a clear message. */
function explained(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isReadOnly = code.startsWith('SQLITE_READONLY') || (code.startsWith('SQLITE_CANTOPEN') && !isWritable(folder));
  if (isReadOnly) return new ReadOnlyFolderError(folder);
  // The lock is taken in this thread, so its errors are not StoreErrors yet.
  return code.startsWith('SQLITE_') && error instanceof Error ? new StoreError(error.message, code) : error;
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

export function storeFile(dataDir: string): string {
  return join(dataDir, 'docket.db');
}

/**
 * Opens the store of a data folder, creating both if they do not exist.
 * @throws FolderInUseError, ReadOnlyFolderError, StoreError
 */
export async function openStore(
  dataDir: string,
  workerUrl: URL,
  { onUpdate, onFailure = () => {} }: StoreEvents = {},
): Promise<Store> {
  makeFolder(dataDir);
  const lock = takeLock(dataDir);
  if (lock === null) throw new FolderInUseError(dataDir);
  const file = storeFile(dataDir);
  try {
    const options = { mode: 'write', file, flushAfterMs: FLUSH_AFTER_MS } as const;
    const failures = createFailures(file, onFailure);
    const writer = await startStoreThread(workerUrl, options, { onUpdate, onGone: () => failures.tell('gone') });
    return storeOver(writer, { file, workerUrl, failures, release: lock.release });
  } catch (error) {
    lock.release();
    throw explained(error, dataDir);
  }
}

interface StoreParts {
  readonly file: string;
  readonly workerUrl: URL;
  readonly failures: Failures;
  readonly release: () => void;
}

function storeOver(writer: StoreThread, { file, workerUrl, failures, release }: StoreParts): Store {
  const reader = lazily(async () => {
    // An empty write fails if the file is gone from its path; a reader might open another file there.
    await writer.call('releaseCalls', [[]], true);
    return startStoreThread(workerUrl, { mode: 'read', file, flushAfterMs: 0 });
  });
  const check = writer.hadUncleanEnd ? checkInBackground(workerUrl, file, () => failures.tell('damaged')) : null;
  // A reader cannot open a file that is gone, but the writer still has it open.
  const isWritersRead = (name: string) => !reader.isOpen() && (AT_START.has(name) || failures.has('gone'));
  const writerWhenGone = (error: unknown) => {
    if (!(error instanceof StoreError && error.reason === 'gone')) throw error;
    failures.tell('gone');
    return writer;
  };
  const threadOfRead = (name: string) =>
    isWritersRead(name) ? Promise.resolve(writer) : reader.get().catch(writerWhenGone);
  const write = client<Writes>(async () => writer, failures.hear);
  return {
    read: client<Reads>(threadOfRead, failures.hear),
    write,
    salvageTold: () => write.writeSetting(UNTOLD_SALVAGE, null),
    expectSave: writer.expectSave,
    saveTo: writer.save,
    recovery: writer.recovery ?? NOTHING_RECOVERED,
    salvage: writer.salvage,
    isReadOnly: false,
    close: async () => {
      await check?.stop();
      await reader.started()?.then(
        (thread) => thread.close(),
        () => {}, // A reader that failed to open has nothing to close.
      );
      await writer.close();
      release();
    },
  };
}

/** The recovery of a start that found nothing to recover. */
export const NOTHING_RECOVERED: Recovery = {
  callsInDoubt: 0,
  callsNotSent: 0,
  repliesInterrupted: 0,
  batchesInterrupted: 0,
};

/** Reports the store's lasting failures. */
interface Failures {
  has(reason: LastingFailure): boolean;
  tell(reason: LastingFailure): void;
  /** Takes in any failure; only lasting ones are reported. */
  hear(error: StoreError): void;
}

function createFailures(file: string, onFailure: (reason: LastingFailure) => void): Failures {
  const told = new Set<LastingFailure>();
  const tell = (reason: LastingFailure) => {
    if (told.has(reason)) return;
    told.add(reason);
    if (reason === 'damaged') markDamaged(file);
    onFailure(reason);
  };
  return {
    has: (reason) => told.has(reason),
    tell,
    hear: ({ reason, code }) => {
      if (reason === 'gone') tell('gone');
      // A single damaged text is reported where it is read.
      else if (reason === 'damaged' && code !== DAMAGED_TEXT) tell('damaged');
    },
  };
}

/** Null when another process holds the folder. */
function takeLock(dataDir: string): ReturnType<typeof lockFolder> {
  try {
    return lockFolder(join(dataDir, 'docket.lock'));
  } catch (error) {
    throw explained(error, dataDir);
  }
}

/** A store opened for reading only. */
export interface ReadStore {
  readonly read: Reads;
  /** The store is in a read-only place and shown as it is there. */
  readonly isSnapshot: boolean;
  close(): Promise<void>;
}

/**
 * Reads a store that another process may be writing to, or that is in a read-only place.
 * @throws StoreError
 */
export async function openStoreForReading(dataDir: string, workerUrl: URL): Promise<ReadStore> {
  const options = { mode: 'read', file: storeFile(dataDir), flushAfterMs: 0 } as const;
  const thread = await startStoreThread(workerUrl, options);
  return {
    isSnapshot: thread.isSnapshot,
    read: client<Reads>(async () => thread),
    close: () => thread.close(),
  };
}

/**
 * An asynchronous client of a table of operations. It takes whatever names the table's type has, so that the operations
 * themselves, which are most of the store's code, are loaded on its threads only.
 * @param threadFor returns the thread that runs an operation
 * @param hear is called with every failure
 */
export function client<Table extends Reads | Writes>(
  threadFor: (name: string) => Promise<StoreThread>,
  hear: (error: StoreError) => void = () => {},
): Table {
  const ask = async (name: string, args: readonly unknown[]) => {
    try {
      return await (await threadFor(name)).call(name, args, !DEFERRED.has(name));
    } catch (error) {
      if (error instanceof StoreError) hear(error);
      throw error;
    }
  };
  return new Proxy({} as Table, {
    // Of a client that is waited for, JavaScript asks whether it is a promise.
    get: (_table, name) => (name === 'then' ? undefined : (...args: readonly unknown[]) => ask(String(name), args)),
  });
}

/** Starts the reader's thread with the first read that needs it, not with the app. */
function lazily<T>(start: () => Promise<T>): Lazily<T> {
  let started: Promise<T> | null = null;
  let isOpen = false;
  const open = async () => {
    try {
      const value = await start();
      isOpen = true;
      return value;
    } catch (error) {
      started = null; // The next read tries again.
      throw error;
    }
  };
  return {
    get: () => {
      started ??= open();
      return started;
    },
    started: () => started,
    isOpen: () => isOpen,
  };
}

interface Lazily<T> {
  get(): Promise<T>;
  started(): Promise<T> | null;
  isOpen(): boolean;
}
