/**
 * A thread with one connection. The writer commits in groups: whatever has arrived when a commit starts shares its
 * transaction and its fsync. A write that a caller waits for never waits for a timer.
 */
import { renameSync, rmSync } from 'node:fs';
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';
import { copyStore } from './migrations.ts';
import { type OpenedForReading, openForReading } from './open-database.ts';
import { openRecovered } from './open-recovered.ts';
import { readOperations, writeOperations } from './operations.ts';
import { type Place, rememberPlace } from './place.ts';
import type {
  SaveCommand,
  StoreCommand,
  StoreMessage,
  StoreReply,
  StoreRequest,
  StoreThreadOptions,
} from './protocol.ts';
import { GONE } from './store-error.ts';
import { createWriteQueue, FIRST } from './write-queue.ts';

/** The most requests taken in at a time, so that a group is answered in bounded time. */
const MAX_WAITING = 512;

/** Idle time after which the log is checkpointed, so that a busy moment seldom has to. */
const TIDY_AFTER_MS = 500;

/** How often an idle writer checks that its files are still at their place. */
const LOOK_EVERY_MS = 1_500;

type Operation = (db: Database, ...args: readonly unknown[]) => unknown;

function start(port: MessagePort, options: StoreThreadOptions): void {
  const post = (message: StoreMessage) => port.postMessage(message);
  try {
    if (options.mode === 'write') {
      const { db, ...opened } = openRecovered(options.file, (update) => post({ type: 'updating', update }));
      serveWrites(port, db, options, post);
      post({ type: 'ready', ...opened, isSnapshot: false });
    } else {
      const opened = openForReading(options.file);
      serveReads(port, opened, post);
      const { isSnapshot } = opened;
      post({ type: 'ready', recovery: null, salvage: null, hadUncleanEnd: false, isSnapshot });
    }
  } catch (error) {
    post({ type: 'failed', ...describe(error) });
    port.close();
  }
}

function serveReads(port: MessagePort, { db, forget }: OpenedForReading, post: (message: StoreMessage) => void): void {
  const operations: Readonly<Record<string, unknown>> = readOperations;
  port.on('message', (command: StoreCommand) => {
    if (command.type === 'close') {
      closeThread(port, db, post);
      forget();
    } else if (command.type === 'request')
      post({ type: 'replies', replies: [perform(db, operations, command.request)] });
  });
}

function serveWrites(
  port: MessagePort,
  db: Database,
  { file, flushAfterMs }: StoreThreadOptions,
  post: (message: StoreMessage) => void,
): void {
  let saving = false;
  const place = rememberPlace(file);
  const commit = whileInPlace(place, () => saving, createCommit(db, { ...readOperations, ...writeOperations }));
  const queue = createWriteQueue();
  const saves: SaveCommand[] = [];
  /** Whether a turn for deferred writes is scheduled. */
  let scheduled = false;
  let closing = false;
  const tidying = setTimeout(() => tidy(db), TIDY_AFTER_MS);
  const looking = tellWhenGone(place, () => post({ type: 'gone' }));
  const setSynchronous = createSynchronousSwitch(db);

  const take = (command: StoreCommand) => {
    if (command.type === 'request') queue.add(command.request);
    else if (command.type === 'close') closing = true;
    else if (command.type === 'saving') saving = true;
    else saves.push(command);
  };

  const takeWaiting = () => {
    while (!closing && queue.size < MAX_WAITING) {
      const next: { message: StoreCommand } | undefined = receiveMessageOnPort(port);
      if (next === undefined) return;
      take(next.message);
    }
  };

  const write = (group: readonly StoreRequest[]) => {
    if (group.length === 0) return;
    const isWaitedFor = group.some((request) => request.urgent);
    setSynchronous(isWaitedFor || queue.size === 0 ? 'FULL' : 'NORMAL');
    post({ type: 'replies', replies: commit(group) });
    tidying.refresh();
  };

  const writeUrgent = () => {
    for (;;) {
      takeWaiting();
      const group = closing ? queue.takeAll() : queue.takeUrgent();
      if (group.length === 0) return;
      write(group);
    }
  };

  /** Writes one slice per turn of the event loop, so that newer urgent writes go first. */
  const writeDeferred = () => {
    if (closing) return;
    write(queue.takeDeferred());
    scheduled = queue.size > 0;
    if (scheduled) setImmediate(writeDeferred);
  };

  port.on('message', (command: StoreCommand) => {
    take(command);
    writeUrgent();
    for (const { id, to } of saves.splice(0)) {
      write(queue.takeAll());
      post({ type: 'replies', replies: [{ id, ...attempt(() => saveCopy(db, to)) }] });
    }
    if (closing) {
      clearTimeout(tidying);
      clearInterval(looking);
      closeThread(port, db, post);
    } else if (queue.size > 0 && !scheduled) {
      scheduled = true;
      setTimeout(writeDeferred, flushAfterMs);
    }
  });
}

/**
 * Reports it once, and only if two checks in a row agree, because a slow drive may hesitate. Writes are refused at
 * once.
 */
function tellWhenGone({ isGone }: Place, tell: () => void): NodeJS.Timeout {
  let wasGone = false;
  const looking = setInterval(() => {
    const goneAgain = isGone();
    if (!goneAgain || !wasGone) {
      wasGone = goneAgain;
      return;
    }
    clearInterval(looking);
    tell();
  }, LOOK_EVERY_MS);
  return looking;
}

/**
 * A write that a caller waits for is on disk when it is answered (FULL), and so is everything written before it,
 * because the log is one file. In a run of deferred writes only the last one syncs: otherwise each would hold up the
 * intents behind it.
 */
function createSynchronousSwitch(db: Database): (mode: 'FULL' | 'NORMAL') => void {
  let current: 'FULL' | 'NORMAL' = 'FULL';
  return (mode) => {
    if (mode === current) return;
    db.pragma(`synchronous = ${mode}`);
    current = mode;
  };
}

function tidy(db: Database): void {
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } catch {
    // A full disk: everything is in the log already, and the next checkpoint tries again.
  }
}

type Commit = (group: readonly StoreRequest[]) => readonly StoreReply[];

/**
 * Checks before and after each group that the open file is still the one at its path. A write to an orphaned file is
 * not stored, so it is refused and no request leaves on the strength of it. Reads still work. Once a save elsewhere is
 * announced, the outcomes of calls that have left are accepted too.
 */
function whileInPlace({ isGone }: Place, isSaving: () => boolean, commit: Commit): Commit {
  const isRefused = ({ operation }: StoreRequest) =>
    !Object.hasOwn(readOperations, operation) && (!isSaving() || FIRST.has(operation));
  const refuse = ({ id }: StoreRequest): StoreReply => ({ id, error: gone });
  return (group) => {
    const taken = isGone() ? group.filter((request) => !isRefused(request)) : group;
    const replies = taken.length === 0 ? [] : commit(taken);
    if (!isGone()) return replies;
    const kept = new Map(replies.map((reply) => [reply.id, reply]));
    return group.map((request) => (isRefused(request) ? refuse(request) : (kept.get(request.id) ?? refuse(request))));
  };
}

const gone = { message: 'The data folder was removed or replaced while Docket was running.', code: GONE };

/** One transaction for the group, a savepoint for each member: a failed one takes no other down with it. */
function createCommit(db: Database, operations: Readonly<Record<string, unknown>>): Commit {
  const runOne = db.transaction((request: StoreRequest) => call(db, operations, request));
  const runGroup = db.transaction((group: readonly StoreRequest[]) =>
    group.map((request): StoreReply => {
      try {
        return { id: request.id, value: runOne(request) };
      } catch (error) {
        // A full disk ends the whole transaction, so every member of the group has failed.
        if (!db.inTransaction) throw error;
        return { id: request.id, error: describe(error) };
      }
    }),
  );
  return (group) => {
    try {
      return runGroup(group);
    } catch (error) {
      return group.map((request) => ({ id: request.id, error: describe(error) }));
    }
  };
}

function perform(db: Database, operations: Readonly<Record<string, unknown>>, request: StoreRequest): StoreReply {
  return { id: request.id, ...attempt(() => call(db, operations, request)) };
}

function attempt(work: () => unknown): Omit<StoreReply, 'id'> {
  try {
    return { value: work() };
  } catch (error) {
    return { error: describe(error) };
  }
}

/** The copy gets its name only once it is complete. */
function saveCopy(db: Database, to: string): void {
  const unfinished = `${to}.part`;
  rmSync(unfinished, { force: true });
  copyStore(db, unfinished);
  renameSync(unfinished, to);
}

function call(db: Database, operations: Readonly<Record<string, unknown>>, request: StoreRequest): unknown {
  const operation = operations[request.operation];
  if (typeof operation !== 'function') throw new Error(`No operation ${request.operation}`);
  return (operation as Operation)(db, ...request.args);
}

/** Closes the connection before the thread ends: a terminated thread leaves its WAL behind. */
function closeThread(port: MessagePort, db: Database, post: (message: StoreMessage) => void): void {
  db.close();
  post({ type: 'closed' });
  port.close();
}

function describe(error: unknown): { message: string; code: string | null } {
  if (!(error instanceof Error)) return { message: String(error), code: null };
  return { message: error.message, code: 'code' in error && typeof error.code === 'string' ? error.code : null };
}

if (parentPort !== null) start(parentPort, workerData as StoreThreadOptions);
