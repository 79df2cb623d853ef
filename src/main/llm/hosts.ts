/** The gates to all hosts that are called, one for each model: a server may have lost one of its models only. */
import type { Connection } from './connection.ts';
import { createHostGate, type GateParts, type HostGate } from './host-gate.ts';
import type { Chance, HostTimes } from './host-health.ts';

export interface Hosts {
  gate(connection: Connection, model: string): HostGate;
  /** Something may have changed on the way: every host that is away is probed at once. Left out, all of them. */
  tryNow(host?: string): void;
  /** Resolves when no question of the gates' own is on its way. */
  idle(): Promise<void>;
}

export interface HostsParts extends Chance {
  readonly times: HostTimes;
  readonly askNeutral: (
    connection: Connection,
    model: string,
    signal: AbortSignal,
  ) => ReturnType<GateParts['askNeutral']>;
  /** Watches the way there while a host is away. @returns what ends it. */
  readonly watchNetwork: (onChange: () => void) => () => void;
}

export function createHosts(parts: HostsParts): Hosts {
  const gates = new Map<string, { readonly host: string; readonly gate: HostGate }>();
  let stopWatching: (() => void) | null = null;

  const tryNow = (host?: string) => {
    for (const known of gates.values()) if (host === undefined || host === known.host) known.gate.tryNow();
  };

  const watchWhileAway = () => {
    const isAway = [...gates.values()].some(({ gate }) => gate.hold() !== null);
    if (isAway) stopWatching ??= parts.watchNetwork(tryNow);
    else {
      stopWatching?.();
      stopWatching = null;
    }
  };

  const open = (host: string, model: string): HostGate => {
    const gate = createHostGate({
      ...parts,
      onReturn: () => tryNow(host),
      askNeutral: (connection, signal) => parts.askNeutral(connection, model, signal),
    });
    gate.onChange(watchWhileAway);
    return gate;
  };

  return {
    gate: ({ settings: { provider } }, model) => {
      const key = JSON.stringify([provider.host, model]);
      const known = gates.get(key) ?? { host: provider.host, gate: open(provider.host, model) };
      gates.set(key, known);
      return known.gate;
    },
    tryNow,
    idle: async () => {
      stopWatching?.();
      stopWatching = null;
      await Promise.all([...gates.values()].map(({ gate }) => gate.idle()));
    },
  };
}
