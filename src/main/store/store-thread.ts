import { Worker } from 'node:worker_threads';
import type { StoreUpdate } from '../../shared/app-data.ts';
import type { StoreCommand, StoreMessage, StoreState, StoreThreadOptions } from './protocol.ts';
import { StoreError } from './store-error.ts';

/** A thread with one connection to the store. */
export interface StoreThread extends StoreState {
  /** Rejects with StoreError. An urgent write resolves once it is durable. */
  call(operation: string, args: readonly unknown[], urgent: boolean): Promise<unknown>;
  /** Announces a `save`, so that outcomes are accepted even if the file is gone from its place. */
  expectSave(): void;
  /** Writes everything the connection holds to a new file, whole or not at all. Rejects with StoreError. */
  save(to: string): Promise<void>;
  /** Commits buffered writes, closes the connection and ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: StoreError) => void;
}

/** Events that a thread reports. */
interface StoreThreadEvents {
  readonly onUpdate?: ((update: StoreUpdate) => void) | undefined;
  /** The writer's files are gone from their place. */
  readonly onGone?: () => void;
}

/** Starts a thread and resolves once its connection is open. Rejects with StoreError when it cannot be opened. */
export function startStoreThread(
  workerUrl: URL,
  options: StoreThreadOptions,
  { onUpdate, onGone }: StoreThreadEvents = {},
): Promise<StoreThread> {
  const worker = new Worker(workerUrl, { workerData: options, execArgv: [] });
  const waiting = new Map<number, Waiting>();
  let nextId = 1;
  let closing: Promise<void> | null = null;
  let closed = () => {};
  let ended: StoreError | null = null;

  const end = (error: StoreError) => {
    ended = error;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
    closed();
  };

  const ask = (toCommand: (id: number) => StoreCommand) =>
    new Promise<unknown>((resolve, reject) => {
      if (ended !== null) return reject(ended);
      const id = nextId;
      nextId += 1;
      waiting.set(id, { resolve, reject });
      worker.postMessage(toCommand(id));
    });

  const thread = {
    call: (operation: string, args: readonly unknown[], urgent: boolean) =>
      ask((id) => ({ type: 'request', request: { id, operation, args, urgent } })),
    expectSave: () => worker.postMessage({ type: 'saving' } satisfies StoreCommand),
    save: async (to: string) => void (await ask((id) => ({ type: 'save', id, to }))),
    close: () => {
      closing ??= new Promise<void>((resolve) => {
        if (ended !== null) return resolve();
        closed = resolve;
        worker.postMessage({ type: 'close' } satisfies StoreCommand);
      });
      return closing;
    },
  };

  return new Promise((resolve, reject) => {
    worker.on('message', (message: StoreMessage) => {
      switch (message.type) {
        case 'updating':
          return onUpdate?.(message.update);
        case 'gone':
          return onGone?.();
        case 'ready':
          return resolve({ ...message, ...thread });
        case 'failed':
          return reject(new StoreError(message.message, message.code));
        case 'closed':
          return end(new StoreError('The store is closed.', 'CLOSED'));
        case 'replies':
          for (const reply of message.replies) {
            const call = waiting.get(reply.id);
            waiting.delete(reply.id);
            if (reply.error === undefined) call?.resolve(reply.value);
            else call?.reject(new StoreError(reply.error.message, reply.error.code));
          }
      }
    });
    worker.on('error', (error) => {
      const failure = new StoreError(error.message, null);
      reject(failure);
      end(failure);
    });
    worker.on('exit', () => {
      const failure = ended ?? new StoreError('The store stopped unexpectedly.', null);
      reject(failure);
      end(failure);
    });
  });
}
