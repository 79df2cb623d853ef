import type OpenAI from 'openai';
import type { EffortChoice } from '../../shared/efforts.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ProviderInfo } from '../../shared/provider-data.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Quirks } from './chat-body.ts';
import type { ClientPool, Endpoint, PoolSettings } from './client-pool.ts';
import { createLearnedQuirks, type LearnedQuirks } from './learned-quirks.ts';
import type { ModelCall } from './model-call.ts';

/** Everything a connection is made from. Any change needs a new connection. */
export interface ConnectionSettings extends PoolSettings {
  readonly provider: ProviderInfo;
  /** Where requests go. Called before each call, because the first call starts the built-in engine. */
  readonly endpoint: () => Promise<Result<Endpoint, Problem>>;
  readonly firstTokenTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** What a model reads in one request, as far as is known. */
  readonly contextTokens: (model: string) => number;
  /** Takes the windows that a model list gives. */
  readonly learnWindows?: (windows: ReadonlyMap<string, number>) => void;
  readonly effort: { readonly chat: EffortChoice; readonly batch: EffortChoice };
}

export interface Connection {
  readonly settings: ConnectionSettings;
  /** The one client over the one pool. */
  client(): Promise<Result<OpenAI, Problem>>;
  /** What a model's server is known to refuse. */
  quirksOf(model: string): Quirks;
  /** To be called when something was learned, so that it is kept. */
  keepQuirks(): void;
  /** To be called with what the server's model list says. */
  listed(list: unknown): void;
  /** Lets calls in flight finish, then closes the sockets; at `deadlineMs` they are cut. */
  close(deadlineMs: number): Promise<void>;
}

/** How much the model may reason for a call. The built-in engine does not reason. */
export function effortOf({ kind }: Pick<ModelCall, 'kind'>, { settings }: Connection): EffortChoice {
  if (!settings.provider.llm) return 'model';
  return kind === 'chat' ? settings.effort.chat : settings.effort.batch;
}

/** How much the model reads at once, in tokens: what is set or known, unless its server said less. */
export function contextTokensOf(model: string, { settings, quirksOf }: Connection): number {
  return Math.min(settings.contextTokens(model), quirksOf(model).contextTokens ?? Number.POSITIVE_INFINITY);
}

/** Loads the client and opens its pool on the first call, because starting the app needs neither. */
export function createConnection(
  settings: ConnectionSettings,
  learned: LearnedQuirks = createLearnedQuirks(),
): Connection {
  const { host, llm } = settings.provider;
  let opening: Promise<ClientPool> | null = null;

  const open = async (): Promise<ClientPool> => {
    const { createClientPool } = await import('./client-pool.ts');
    return createClientPool(settings);
  };

  return {
    settings,
    client: async () => {
      opening ??= open();
      const endpoint = await settings.endpoint();
      if (!endpoint.ok) return endpoint;
      return ok((await opening).clientFor(endpoint.value));
    },
    quirksOf: (model) => learned.of({ host, model, llm }),
    keepQuirks: learned.changed,
    listed: (list) => learned.listed(host, list),
    close: async (deadlineMs) => {
      await (await opening)?.close(deadlineMs);
    },
  };
}
