/** The gates of all hosts in use, one per model: a server may have lost only one of its models. */
import type { Connection } from './connection.ts';
import { createHostGate, type GateParts, type HostGate } from './host-gate.ts';
import type { Chance, HostTimes } from './host-health.ts';

export interface Hosts {
  gate(connection: Connection, model: string): HostGate;
  /** The network may have changed: probes every host that is away, or just the given one. */
  tryNow(host?: string): void;
  /** Resolves once no neutral question is in flight. */
  idle(): Promise<void>;
}

export interface HostsParts extends Chance {
  readonly times: HostTimes;
  readonly askNeutral: (
    connection: Connection,
    model: string,
    signal: AbortSignal,
  ) => ReturnType<GateParts['askNeutral']>;
  /** Watches the network of this machine as long as `isAsked` returns true. */
  readonly watchNetwork: (onChange: () => void, isAsked: () => boolean) => void;
}

export function createHosts(parts: HostsParts): Hosts {
  const gates = new Map<string, { readonly host: string; readonly gate: HostGate }>();
  let watched = false;

  const tryNow = (host?: string) => {
    for (const known of gates.values()) if (host === undefined || host === known.host) known.gate.tryNow();
  };

  const isBusy = () => {
    watched = [...gates.values()].some(({ gate }) => gate.isBusy());
    return watched;
  };

  const wayChanged = () => {
    for (const { gate } of gates.values()) gate.wayChanged();
  };

  const watchWhileBusy = () => {
    if (!watched) parts.watchNetwork(wayChanged, isBusy);
    watched = true;
  };

  const open = (host: string, model: string): HostGate =>
    createHostGate({
      ...parts,
      onReturn: () => tryNow(host),
      askNeutral: (connection, signal) => parts.askNeutral(connection, model, signal),
    });

  return {
    gate: ({ settings: { provider } }, model) => {
      const key = JSON.stringify([provider.host, model]);
      const known = gates.get(key) ?? { host: provider.host, gate: open(provider.host, model) };
      gates.set(key, known);
      watchWhileBusy();
      return known.gate;
    },
    tryNow,
    idle: async () => {
      await Promise.all([...gates.values()].map(({ gate }) => gate.idle()));
    },
  };
}
