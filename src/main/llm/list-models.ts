import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Audit } from '../audit/audit.ts';
import { askWindow } from './ask-window.ts';
import type { Connection } from './connection.ts';
import { windowsIn } from './context-windows.ts';
import { inquire } from './inquiry.ts';
import { parseJson } from './json-value.ts';
import { modelEntries, readModelNames } from './model-list.ts';
import { throwIfError, throwIfOnlyError } from './server-error.ts';
import { UNREAD_CHARACTERS } from './whole-reply.ts';

interface ModelList {
  readonly names: readonly string[];
  readonly entries: readonly unknown[];
  /** The program that serves it, if it says so. */
  readonly server: string;
}

/** Asks the server for its models, and for the window of the one in use if only another request tells it. */
export async function listModels(
  audit: Audit,
  connection: Connection,
  signal?: AbortSignal,
): Promise<Result<readonly string[], Problem>> {
  const { host, model } = connection.settings.provider;
  const listed = await inquire(
    audit,
    connection,
    {
      title: null,
      method: 'GET',
      url: '/models',
      read: (text, headers) => readList(text, headers, host),
      inWords: ({ names }) => names.join('\n'),
    },
    signal,
  );
  if (!listed.ok) return listed;
  const windows = new Map(windowsIn(listed.value.entries));
  connection.listed([listed.value.names, [...windows]]);
  if (model !== '' && !windows.has(model)) {
    const window = await askWindow(audit, connection, listed.value, signal);
    if (window !== null) {
      windows.set(model, window);
      forgetLess(connection, model, window);
    }
  }
  connection.settings.learnWindows?.(windows);
  return ok(listed.value.names);
}

/** What is known of the window as it runs now counts more than what was learned before. */
function forgetLess({ quirksOf, keepQuirks }: Connection, model: string, window: number): void {
  const quirks = quirksOf(model);
  if (quirks.contextTokens === null || quirks.contextTokens >= window) return;
  quirks.contextTokens = null;
  keepQuirks();
}

/** @throws the server's own error, which some servers send with a 2xx status. */
function readList(text: string, headers: Headers, host: string): Result<ModelList, Problem> {
  const value = parseJson(text);
  throwIfError(value, headers);
  const names = readModelNames(value);
  if (names !== null) return ok({ names, entries: modelEntries(value), server: headers.get('server') ?? '' });
  throwIfOnlyError(value, headers);
  const reason = /^\s*</.test(text) ? 'web_page' : 'no_model_list';
  return err(problem('bad_response', { host, reason }, { detail: text.slice(0, UNREAD_CHARACTERS) }));
}
