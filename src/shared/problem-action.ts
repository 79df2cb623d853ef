import type { Problem, ProblemCode } from './problem.ts';

/** A field in Settings. */
export type SettingsField =
  | 'provider'
  | 'baseUrl'
  | 'key'
  | 'model'
  | 'contextTokens'
  | 'firstTokenTimeoutMs'
  | 'idleTimeoutMs'
  | 'recognition';

/** The one thing a user can do about a problem, so that a window can offer it as a button. */
export type ProblemAction =
  | { readonly kind: 'retry' }
  | { readonly kind: 'open_settings'; readonly field: SettingsField }
  | { readonly kind: 'choose_model' }
  | { readonly kind: 'show_file' };

/** `error`: needs the user. `warning`: transient, or partly done. `info`: intended. */
export type Severity = 'error' | 'warning' | 'info';

const retry: ProblemAction = { kind: 'retry' };
const chooseModel: ProblemAction = { kind: 'choose_model' };
const showFile: ProblemAction = { kind: 'show_file' };
const setting = (field: SettingsField): ProblemAction => ({ kind: 'open_settings', field });

const missingField = {
  model: chooseModel,
  address: setting('baseUrl'),
  key: setting('key'),
  provider: setting('provider'),
};

type ActionOf = { readonly [Code in ProblemCode]?: ProblemAction | ((problem: Problem<Code>) => ProblemAction | null) };

const actions: ActionOf = {
  unauthorized: setting('key'),
  forbidden: setting('key'),
  model_not_found: chooseModel,
  not_found: setting('baseUrl'),
  rate_limited: retry,
  context_too_long: ({ params }) => (params.what === 'request' ? null : setting('contextTokens')),
  pictures_not_seen: chooseModel,
  server_error: retry,
  bad_response: ({ params: { reason } }) =>
    reason === 'no_words' || reason === 'only_reasoning'
      ? chooseModel
      : reason === 'tool_call'
        ? retry
        : setting('baseUrl'),
  incomplete: retry,
  connection_failed: ({ params: { reason } }) =>
    reason === 'broken' || reason === 'slept' || reason === 'builtin_not_started' ? retry : setting('baseUrl'),
  tls_failed: setting('baseUrl'),
  timeout_first_token: setting('firstTokenTimeoutMs'),
  timeout_idle: setting('idleTimeoutMs'),
  file_vanished: ({ params: { what } }) => (what === 'file' ? retry : null),
  file_unreadable: showFile,
  file_unwritable: retry,
  file_empty: showFile,
  file_too_large: ({ params: { what } }) => (what === 'attached_text' ? null : showFile),
  file_unsupported: showFile,
  file_binary: showFile,
  file_encrypted: showFile,
  file_damaged: showFile,
  file_no_text: ({ params: { what } }) => (what === 'not_recognised' ? setting('recognition') : showFile),
  file_loop: showFile,
  page_not_drawn: showFile,
  extract_timeout: showFile,
  extract_memory: showFile,
  interrupted: ({ params: { what } }) => (what === 'reply' ? retry : null),
  in_doubt: retry,
  not_configured: ({ params: { missing } }) => missingField[missing],
  not_allowed: ({ params: { what } }) =>
    what === 'provider_changed' || what === 'provider_changes' ? setting('provider') : null,
  store_failed: retry,
  unexpected: retry,
};

export function actionOf(problem: Problem): ProblemAction | null {
  const action = actions[problem.code];
  // The entry belongs to this code, which TypeScript cannot infer from the lookup.
  return typeof action === 'function'
    ? (action as (problem: Problem) => ProblemAction | null)(problem)
    : (action ?? null);
}

const milder: Readonly<Partial<Record<ProblemCode, Severity>>> = {
  rate_limited: 'warning',
  incomplete: 'warning',
  interrupted: 'warning',
  in_doubt: 'warning',
  cancelled: 'info',
  shutting_down: 'info',
  watch_limit: 'warning',
  watch_trouble: 'warning',
};

export function severityOf({ code }: Problem): Severity {
  return milder[code] ?? 'error';
}
