import { parseArgs } from 'node:util';
import { type CallKind, type CallStatus, callKinds, callStatuses } from '../../shared/call-data.ts';
import { type ExportFormat, exportFormats } from '../../shared/export-format.ts';
import { type Sending, sendings } from '../../shared/recipe.ts';
import { MAX_CONCURRENCY, MIN_CONCURRENCY } from '../../shared/settings-schema.ts';
import type { WatchLimits } from '../../shared/watch-data.ts';

export interface BatchCommand {
  readonly name: 'batch';
  readonly paths: readonly string[];
  readonly out: { readonly file: string; readonly format: ExportFormat } | null;
  readonly concurrency: number | null;
  readonly model: string | null;
  /** Name or file of a recipe; null for the standard one, or what is asked with `ask`. */
  readonly recipe: string | null;
  /** Questions, each a column. */
  readonly ask: readonly string[];
  /** What of each file is sent; null for what the recipe says. */
  readonly send: Sending | null;
  readonly retryFailed: boolean;
  /** True to read PDFs with damaged pages without these. */
  readonly withoutDamagedPages: boolean;
  /** What is to be changed of the usual limits of a day while the folder is watched; null if it is not watched. */
  readonly watch: Partial<WatchLimits> | null;
  /** How long it waits for a server that is away; null for the usual. */
  readonly waitMs: number | null;
  /** False to leave scans and photographs unread. */
  readonly recognition: boolean;
  readonly dataDir: string | null;
}

export interface RecipesCommand {
  readonly name: 'recipes';
  readonly does: RecipesAction;
  readonly dataDir: string | null;
}

type RecipesAction =
  | { readonly action: 'list' }
  | { readonly action: 'show'; readonly recipe: string }
  /** Without a file, to stdout. */
  | { readonly action: 'export'; readonly recipe: string; readonly file: string | null }
  | { readonly action: 'import'; readonly file: string };

export interface HistoryCommand {
  readonly name: 'history';
  readonly search: string | null;
  readonly kind: CallKind | null;
  readonly status: CallStatus | null;
  readonly json: boolean;
  readonly limit: number;
  readonly dataDir: string | null;
}

export type CliCommand =
  | BatchCommand
  | HistoryCommand
  | RecipesCommand
  | { readonly name: 'help'; readonly about: 'docket' | 'batch' | 'history' | 'recipes' }
  | { readonly name: 'wrong'; readonly message: string };

export const DEFAULT_HISTORY_LIMIT = 50;
/**
 * For a server that has not answered once, unless told otherwise: long enough for one that is just starting, and short
 * enough for whoever mistyped its address.
 */
export const NEVER_ANSWERED_WAIT_MS = 120_000;

/** Parses a command line; an error in it becomes a sentence. */
export function parseCommand(argv: readonly string[]): CliCommand {
  const [name, ...rest] = commandFirst(argv);
  try {
    const command =
      name !== undefined && Object.hasOwn(parsers, name) ? parsers[name as keyof typeof parsers](rest) : null;
    if (command !== null)
      return 'dataDir' in command && command.dataDir === '' ? wrong('--data-dir needs a folder.') : command;
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error));
  }
  if (name === undefined || name === 'help' || argv.includes('--help') || argv.includes('-h'))
    return { name: 'help', about: 'docket' };
  return wrong(`Unknown command "${name}".`);
}

/** `--data-dir` may come before the command, as it does when the window is opened. */
function commandFirst(argv: readonly string[]): readonly string[] {
  const [option = ''] = argv;
  const taken = option === '--data-dir' ? 2 : option.startsWith('--data-dir=') ? 1 : 0;
  const [name, ...rest] = argv.slice(taken);
  return name === undefined ? argv : [name, ...argv.slice(0, taken), ...rest];
}

function parseBatch(argv: readonly string[]): CliCommand {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    tokens: true,
    allowPositionals: true,
    options: {
      out: { type: 'string', short: 'o' },
      concurrency: { type: 'string' },
      model: { type: 'string' },
      recipe: { type: 'string' },
      ask: { type: 'string', multiple: true },
      send: { type: 'string' },
      'retry-failed': { type: 'boolean' },
      wait: { type: 'string' },
      'no-recognition': { type: 'boolean' },
      'without-damaged-pages': { type: 'boolean' },
      watch: { type: 'boolean' },
      'files-per-day': { type: 'string' },
      'tokens-per-day': { type: 'string' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return { name: 'help', about: 'batch' };
  expectOnce(tokens, ['ask']);
  if (positionals.length === 0 || positionals.includes('')) return wrong('Name at least one file or folder.');
  if (values.model?.trim() === '') return wrong('--model needs the name of a model.');
  if (values.recipe?.trim() === '') return wrong('--recipe needs the name or the file of a recipe.');
  const { ask = [] } = values;
  const send = oneOf(values.send, sendings);
  if (send === undefined) return wrong(`--send must be one of ${sendings.join(', ')}.`);
  if (ask.some((question) => question.trim() === '')) return wrong('--ask needs a question.');
  if (values.recipe !== undefined && ask.length > 0) return wrong('Use either --recipe or --ask.');
  const format = values.out === undefined ? null : formatOf(values.out);
  if (values.out !== undefined && format === null)
    return wrong(`--out must end in ${inWords(exportFormats.map((one) => `.${one}`))}.`);
  const concurrency =
    values.concurrency === undefined ? null : wholeNumber(values.concurrency, MIN_CONCURRENCY, MAX_CONCURRENCY);
  if (values.concurrency !== undefined && concurrency === null) {
    return wrong(`--concurrency must be a whole number from ${MIN_CONCURRENCY} to ${MAX_CONCURRENCY}.`);
  }
  const watch = watchOf(values);
  if (typeof watch === 'string') return wrong(watch);
  const waitMs = values.wait === undefined ? null : durationMs(values.wait);
  if (values.wait !== undefined && waitMs === null) {
    return wrong('--wait must be a duration such as 30s, 10m, 2h, 1h30m or 0.');
  }
  return {
    name: 'batch',
    paths: positionals,
    out: values.out === undefined || format === null ? null : { file: values.out, format },
    concurrency,
    model: values.model?.trim() ?? null,
    recipe: values.recipe ?? null,
    ask,
    send,
    retryFailed: values['retry-failed'] === true,
    withoutDamagedPages: values['without-damaged-pages'] === true,
    watch,
    waitMs,
    recognition: values['no-recognition'] !== true,
    dataDir: values['data-dir'] ?? null,
  };
}

interface WatchValues {
  readonly watch?: boolean | undefined;
  readonly 'files-per-day'?: string | undefined;
  readonly 'tokens-per-day'?: string | undefined;
}

/** Returns a sentence if the limits are none. */
function watchOf(values: WatchValues): Partial<WatchLimits> | null | string {
  const { 'files-per-day': files, 'tokens-per-day': tokens } = values;
  if (values.watch !== true) {
    return files === undefined && tokens === undefined ? null : '--files-per-day and --tokens-per-day need --watch.';
  }
  const filesPerDay = perDay(files, 1, 1_000_000);
  const tokensPerDay = perDay(tokens, 1_000, 1_000_000_000);
  if (filesPerDay === 'wrong') return '--files-per-day must be a whole number from 1 to 1000000, or none.';
  if (tokensPerDay === 'wrong') return '--tokens-per-day must be a whole number from 1000 to 1000000000, or none.';
  return {
    ...(filesPerDay === undefined ? {} : { filesPerDay }),
    ...(tokensPerDay === undefined ? {} : { tokensPerDay }),
  };
}

/** Undefined when not given, null for no limit. */
function perDay(text: string | undefined, min: number, max: number): number | null | undefined | 'wrong' {
  if (text === undefined) return undefined;
  return text === 'none' ? null : (wholeNumber(text, min, max) ?? 'wrong');
}

function parseHistory(argv: readonly string[]): CliCommand {
  const { values, tokens } = parseArgs({
    args: [...argv],
    tokens: true,
    options: {
      search: { type: 'string' },
      kind: { type: 'string' },
      status: { type: 'string' },
      json: { type: 'boolean' },
      limit: { type: 'string' },
      'data-dir': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return { name: 'help', about: 'history' };
  expectOnce(tokens);
  const kind = oneOf(values.kind, callKinds);
  const status = oneOf(values.status, callStatuses);
  const limit =
    values.limit === undefined ? DEFAULT_HISTORY_LIMIT : wholeNumber(values.limit, 1, Number.MAX_SAFE_INTEGER);
  if (kind === undefined) return wrong(`--kind must be one of ${callKinds.join(', ')}.`);
  if (status === undefined) return wrong(`--status must be one of ${callStatuses.join(', ')}.`);
  if (limit === null) return wrong('--limit must be a whole number of at least 1.');
  return {
    name: 'history',
    search: values.search ?? null,
    kind,
    status,
    json: values.json === true,
    limit,
    dataDir: values['data-dir'] ?? null,
  };
}

/** The last one would win, and the others would be lost without a word. @throws an error whose message says so. */
function expectOnce(
  tokens: readonly ({ readonly kind: string } & { readonly name?: string })[],
  repeatable: readonly string[] = [],
): void {
  const given = tokens.flatMap(({ kind, name }) => (kind === 'option' && name !== undefined ? [name] : []));
  const twice = given.find((name, place) => given.indexOf(name) !== place && !repeatable.includes(name));
  if (twice !== undefined) throw new Error(`--${twice} is given more than once.`);
}

function parseRecipes(argv: readonly string[]): CliCommand {
  const { values, positionals, tokens } = parseArgs({
    args: [...argv],
    tokens: true,
    allowPositionals: true,
    options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) return { name: 'help', about: 'recipes' };
  expectOnce(tokens);
  const does = recipesAction(positionals);
  return typeof does === 'string' ? wrong(does) : { name: 'recipes', does, dataDir: values['data-dir'] ?? null };
}

/** Returns a sentence if it is none. */
function recipesAction([action, first, second, ...more]: readonly string[]): RecipesAction | string {
  const tooMany = more.length > 0 || (second !== undefined && action !== 'export');
  if (tooMany) return `"recipes ${action}" was given too much. Put a name of several words in quotes.`;
  switch (action) {
    case 'list':
      return first === undefined ? { action } : '"recipes list" takes no name.';
    case 'show':
      return first ? { action, recipe: first } : 'Name a recipe, as in "recipes show NAME".';
    case 'export':
      return first ? { action, recipe: first, file: second ?? null } : 'Name a recipe, as in "recipes export NAME".';
    case 'import':
      return first ? { action, file: first } : 'Name a file, as in "recipes import FILE".';
    default:
      return 'Say what to do with recipes: list, show, export or import.';
  }
}

const parsers = { batch: parseBatch, history: parseHistory, recipes: parseRecipes };

/** Null when not given, undefined when not allowed. */
function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | null | undefined {
  return value === undefined ? null : allowed.find((one) => one === value);
}

function formatOf(file: string): ExportFormat | null {
  return exportFormats.find((format) => file.toLowerCase().endsWith(`.${format}`)) ?? null;
}

/** ".csv, .json or .md". */
function inWords(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

function wholeNumber(text: string, min: number, max: number): number | null {
  const number = Number(text);
  return Number.isInteger(number) && number >= min && number <= max ? number : null;
}

/** `30s`, `1h30m`, `0`; null if it is no duration. */
function durationMs(text: string): number | null {
  if (text === '0') return 0;
  const parts = /^(?=\d)(?:(\d{1,3})d)?(?:(\d{1,5})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?$/.exec(text);
  if (parts === null) return null;
  const [days, hours, minutes, seconds] = [1, 2, 3, 4].map((place) => Number(parts[place] ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 + (seconds ?? 0) * 1_000;
}

function wrong(message: string): CliCommand {
  return { name: 'wrong', message };
}
