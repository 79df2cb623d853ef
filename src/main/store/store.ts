import { accessSync, constants } from 'node:fs';
import { join } from 'node:path';
import type { StoreUpdate } from '../../shared/app-data.ts';
import type { StoreFailureCause } from '../../shared/problem.ts';
import { makeFolder } from '../common/make-folder.ts';
import { checkInBackground } from './background-check.ts';
import { lockFolder } from './open-database.ts';
import { markDamaged, type Salvage } from './open-recovered.ts';
import { type Reads, type Recovery, readOperations, type Writes, writeOperations } from './operations.ts';
import { DAMAGED_TEXT, StoreError } from './store-error.ts';
import { type StoreThread, startStoreThread } from './store-thread.ts';

/** Bounded wait of a write that nobody waits for: long enough for a group, short enough to lose nothing on quit. */
const FLUSH_AFTER_MS = 20;

/** Writes that nobody waits for before going on; they still reject when they fail. */
const DEFERRED: ReadonlySet<string> = new Set<keyof Writes>(['endCall', 'checkpointReply']);

/**
 * Small reads that every start makes. The writer answers them until something larger has started the reader's
 * thread, which costs a start time and memory.
 */
const AT_START: ReadonlySet<string> = new Set<keyof Reads>(['readSetting', 'departuresSince', 'listConversations']);

/** What a store tells by itself. */
export interface StoreEvents {
  /** How far the update of an older store has come, before it is open. */
  readonly onUpdate?: (update: StoreUpdate) => void;
  /** Something was not written or read, for a reason that does not pass by itself; once for each reason. */
  readonly onFailure?: (reason: LastingFailure) => void;
}

export type LastingFailure = Extract<StoreFailureCause, 'gone' | 'damaged'>;

/** The store of one data folder, which is this process's alone until it is closed. */
export interface Store {
  readonly read: Reads;
  readonly write: Writes;
  readonly recovery: Recovery;
  /** The store was damaged: what this start took over of it. */
  readonly salvage: Salvage | null;
  /** Nothing can be written where it lies: each write is refused. */
  readonly isReadOnly: boolean;
  /** From now on outcomes are taken although the data folder has gone: `saveTo` follows, and then the end. */
  expectSave(): void;
  /** Writes all that is in the store, or was before its folder had gone, to a file. Rejects with StoreError. */
  saveTo(file: string): Promise<void>;
  /** Commits what is buffered, then closes both connections and gives the folder free. */
  close(): Promise<void>;
}

/** Another process works with the same data folder. */
export class FolderInUseError extends Error {
  constructor(folder: string) {
    super(
      `Docket is already running with the data folder ${folder}. Close it, or choose another folder with --data-dir.`,
    );
    this.name = 'FolderInUseError';
  }
}

/** Who may only read a folder can see its history, and make no calls: they could not be recorded. */
export class ReadOnlyFolderError extends Error {
  constructor(folder: string) {
    super(
      `The data folder ${folder} may only be read, so no call could be recorded, and none is made: ` +
        'get write permission, or copy the folder and choose the copy with --data-dir. The window and "history" show what is in it.',
    );
    this.name = 'ReadOnlyFolderError';
  }
}

/** What SQLite says of it, as a person understands it. */
function explained(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const isReadOnly = code.startsWith('SQLITE_READONLY') || (code.startsWith('SQLITE_CANTOPEN') && !isWritable(folder));
  if (isReadOnly) return new ReadOnlyFolderError(folder);
  // The lock is taken in this thread, where no other has made an error of the store of it.
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
 * Opens the store of a data folder, making both when they do not exist.
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
    const writer = await startStoreThread(workerUrl, options, onUpdate);
    return storeOver(writer, { file, workerUrl, failures: createFailures(file, onFailure), release: lock.release });
  } catch (error) {
    lock.release();
    throw explained(error, dataDir);
  }
}

interface StoreParts {
  readonly file: string;
  readonly workerUrl: URL;
  readonly failures: Failures;
  /** Gives the folder free. */
  readonly release: () => void;
}

function storeOver(writer: StoreThread, { file, workerUrl, failures, release }: StoreParts): Store {
  const reader = lazily(async () => {
    // A write of nothing: where the file has gone from its place the writer refuses it, and another's may lie there now.
    await writer.call('releaseCalls', [[]], true);
    return startStoreThread(workerUrl, { mode: 'read', file, flushAfterMs: 0 });
  });
  const check = writer.hadUncleanEnd ? checkInBackground(workerUrl, file, () => failures.tell('damaged')) : null;
  // No reader finds a file that has gone; the writer has it open.
  const isWritersRead = (name: string) => reader.started() === null && (AT_START.has(name) || failures.has('gone'));
  const writerWhenGone = (error: unknown) => {
    if (!(error instanceof StoreError && error.reason === 'gone')) throw error;
    failures.tell('gone');
    return writer;
  };
  const threadOfRead = (name: string) =>
    isWritersRead(name) ? Promise.resolve(writer) : reader.get().catch(writerWhenGone);
  return {
    read: client<Reads>(Object.keys(readOperations), threadOfRead, failures.hear),
    write: client<Writes>(Object.keys(writeOperations), async () => writer, failures.hear),
    expectSave: writer.expectSave,
    saveTo: writer.save,
    recovery: writer.recovery ?? NOTHING_RECOVERED,
    salvage: writer.salvage,
    isReadOnly: false,
    close: async () => {
      await check?.stop();
      await reader.started()?.then(
        (thread) => thread.close(),
        () => {}, // One that could not be opened has nothing to close.
      );
      await writer.close();
      release();
    },
  };
}

/** What a start has to say that found nothing to recover. */
export const NOTHING_RECOVERED: Recovery = {
  callsInDoubt: 0,
  callsNotSent: 0,
  repliesInterrupted: 0,
  batchesInterrupted: 0,
};

/** The failures of a store that do not pass by themselves. */
interface Failures {
  has(reason: LastingFailure): boolean;
  /** Once for each reason. */
  tell(reason: LastingFailure): void;
  /** Of whatever failed. */
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
      // A single text that is damaged is told where it is asked for.
      else if (reason === 'damaged' && code !== DAMAGED_TEXT) tell('damaged');
    },
  };
}

/** Null when another process works with the folder. */
function takeLock(dataDir: string): ReturnType<typeof lockFolder> {
  try {
    return lockFolder(join(dataDir, 'docket.lock'));
  } catch (error) {
    throw explained(error, dataDir);
  }
}

/** A store that is only read. */
export interface ReadStore {
  readonly read: Reads;
  /** Nothing can be written where it lies: it is shown as it is there. */
  readonly isSnapshot: boolean;
  close(): Promise<void>;
}

/**
 * Reads a store that another process may be writing to, or that lies where nothing can be written.
 * @throws StoreError
 */
export async function openStoreForReading(dataDir: string, workerUrl: URL): Promise<ReadStore> {
  const options = { mode: 'read', file: storeFile(dataDir), flushAfterMs: 0 } as const;
  const thread = await startStoreThread(workerUrl, options);
  return {
    isSnapshot: thread.isSnapshot,
    read: client<Reads>(Object.keys(readOperations), async () => thread),
    close: () => thread.close(),
  };
}

/** The operations of a table, asked of the thread that is to do each. @param hear is told of what fails. */
export function client<Table>(
  names: readonly string[],
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
  return Object.fromEntries(names.map((name) => [name, (...args: readonly unknown[]) => ask(name, args)])) as Table;
}

/** The reader's thread is started by the first question that needs it, not at the start of the app. */
function lazily<T>(start: () => Promise<T>): { get(): Promise<T>; started(): Promise<T> | null } {
  let started: Promise<T> | null = null;
  return {
    get: () => {
      started ??= start().catch((error: unknown) => {
        started = null; // The next question tries again.
        throw error;
      });
      return started;
    },
    started: () => started,
  };
}
