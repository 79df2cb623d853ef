/** Asks servers that say how much a model reads elsewhere than in their model list. */
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import type { Connection } from './connection.ts';
import { asWindow } from './context-windows.ts';
import { type Inquiry, inquire } from './inquiry.ts';
import { at, isObject, parseJson } from './json-value.ts';

/** What a model list shows of the program that serves it. */
interface Served {
  readonly entries: readonly unknown[];
  /** Its name, if the reply has it. */
  readonly server: string;
}

/** A request that may tell the window of a model; null if its reply does not. */
type Ask = (model: string) => Pick<Inquiry<unknown>, 'method' | 'body'> & {
  readonly path: string;
  readonly windowIn: (reply: unknown) => unknown;
};

interface Program {
  /** Whether it is the one that answered. */
  readonly isIt: (served: Served, connection: Connection) => boolean;
  /** In the order in which they are asked, until one tells. */
  readonly asks: readonly Ask[];
}

const PROGRAMS: readonly Program[] = [
  {
    isIt: ({ entries, server }) => /llama\.cpp/i.test(server) || isOwnedBy(entries, 'llamacpp'),
    // Of one slot: what a single request may take.
    asks: [
      () => ({
        method: 'GET',
        path: '/props',
        windowIn: (reply) => at(reply, 'default_generation_settings', 'n_ctx'),
      }),
    ],
  },
  {
    isIt: ({ entries }, { settings }) => settings.provider.kind === 'ollama' || isOwnedBy(entries, 'library'),
    asks: [
      // As it is loaded now.
      (model) => ({ method: 'GET', path: '/api/ps', windowIn: (reply) => loadedWindow(reply, model) }),
      // As it will be loaded, if its file says so. What it was trained for is no more than its server may load.
      (model) => ({ method: 'POST', path: '/api/show', body: { model }, windowIn: (reply) => parameterWindow(reply) }),
    ],
  },
];

/** Null if the server is none of those, or is not on this machine, or does not tell. */
export async function askWindow(
  audit: Audit,
  connection: Connection,
  served: Served,
  signal?: AbortSignal,
): Promise<number | null> {
  const { provider } = connection.settings;
  const program = provider.local ? PROGRAMS.find(({ isIt }) => isIt(served, connection)) : undefined;
  const endpoint = await connection.settings.endpoint();
  if (program === undefined || !endpoint.ok) return null;
  // Beside the API that is like OpenAI's.
  const root = endpoint.value.baseUrl.replace(/\/+$/, '').replace(/\/v1$/, '');
  for (const ask of program.asks) {
    const { path, windowIn, ...request } = ask(provider.model);
    const read = (text: string): Result<number | null, Problem> => {
      const reply = parseJson(text);
      return isObject(reply)
        ? ok(asWindow(windowIn(reply)))
        : err(problem('bad_response', { host: provider.host, reason: 'no_model_list' }));
    };
    const inWords = (window: number | null) => (window === null ? '' : `${window} tokens`);
    const inquiry = { ...request, title: 'Context window', url: `${root}${path}`, read, inWords };
    const window = await inquire(audit, connection, inquiry, signal);
    if (window.ok && window.value !== null) return window.value;
  }
  return null;
}

function isOwnedBy(entries: readonly unknown[], owner: string): boolean {
  return entries.some((entry) => at(entry, 'owned_by') === owner);
}

/** Ollama adds the tag "latest" to a name without one. */
function loadedWindow(reply: unknown, model: string): unknown {
  const models = at(reply, 'models');
  const names = [model, `${model}:latest`];
  const loaded = Array.isArray(models) ? models.find((one) => names.some((name) => at(one, 'name') === name)) : null;
  return at(loaded, 'context_length');
}

function parameterWindow(reply: unknown): unknown {
  const parameters = at(reply, 'parameters');
  const found = typeof parameters === 'string' ? /^num_ctx\s+(\d+)\s*$/m.exec(parameters) : null;
  return found === null ? null : Number(found[1]);
}
