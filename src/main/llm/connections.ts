import { type Connection, type ConnectionSettings, createConnection } from './connection.ts';
import { createLearnedQuirks, type LearnedQuirks } from './learned-quirks.ts';

/** How long calls in flight may continue over a replaced connection. */
const REPLACED_CLOSE_MS = 600_000;

/** Keeps a connection open until it is released, even if the settings change in the meantime. */
export interface Lease {
  readonly connection: Connection;
  /** Another lease of the same connection, for work that continues after this one is released. */
  extend(): Lease;
  release(): void;
}

/** The connection in use, and replaced ones on which calls are still finishing. */
export interface Connections {
  lease(): Lease;
  /** New calls use the new settings; calls in flight finish on the old connection. */
  replace(settings: ConnectionSettings): void;
  /** Closes every pool. Calls still in flight at the deadline are cut off. */
  close(deadlineMs: number): Promise<void>;
}

interface Held {
  readonly connection: Connection;
  users: number;
  replaced: boolean;
}

/** @param learned stays when settings change, because that changes nothing about a server. */
export function createConnections(
  initial: ConnectionSettings,
  learned: LearnedQuirks = createLearnedQuirks(),
): Connections {
  const open = new Set<Held>();
  let current = hold(initial);

  function hold(settings: ConnectionSettings): Held {
    const held: Held = { connection: createConnection(settings, learned), users: 0, replaced: false };
    open.add(held);
    return held;
  }

  function closeWhenUnused(held: Held): void {
    if (!held.replaced || held.users > 0 || !open.delete(held)) return;
    void held.connection.close(REPLACED_CLOSE_MS);
  }

  function leaseOf(held: Held): Lease {
    held.users += 1;
    let released = false;
    return {
      connection: held.connection,
      extend: () => leaseOf(held),
      release: () => {
        if (released) return;
        released = true;
        held.users -= 1;
        closeWhenUnused(held);
      },
    };
  }

  return {
    lease: () => leaseOf(current),
    replace: (settings) => {
      const old = current;
      current = hold(settings);
      if (isLarger(settings, old.connection.settings)) tryWhole(current.connection);
      old.replaced = true;
      closeWhenUnused(old);
    },
    close: async (deadlineMs) => {
      await Promise.all([...open].map((held) => held.connection.close(deadlineMs)));
      open.clear();
    },
  };
}

/** Whether the model at the same host is said to read more than before. */
function isLarger(next: ConnectionSettings, before: ConnectionSettings): boolean {
  const { host, model } = next.provider;
  return host === before.provider.host && next.contextTokens(model) > before.contextTokens(model);
}

/** What was learned of the model's window counts no more: whoever sets a larger one may have started the server with it. */
function tryWhole({ settings, quirksOf, keepQuirks }: Connection): void {
  quirksOf(settings.provider.model).contextTokens = null;
  keepQuirks();
}
