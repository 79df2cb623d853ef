/** The token counts of a reply, in every known format. Each format is a row of a table. */
import { at, isObject, type JsonObject, parseJson } from './json-value.ts';

/** Tokens as counted by the server; null for counts it did not report. */
export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  /** Prompt tokens read from a cache. Some servers include them in `promptTokens`, others do not. */
  readonly cachedTokens: number | null;
  /** Prompt tokens written to a cache, which some servers do not include in `promptTokens` either. */
  readonly cacheWrittenTokens: number | null;
  /** Tokens of the reasoning. Most servers include them in `completionTokens`. */
  readonly reasoningTokens: number | null;
}

type Path = readonly string[];

/** OpenAI and most; the Responses API and Anthropic; Google; llama.cpp. */
const PROMPT: readonly Path[] = [['prompt_tokens'], ['input_tokens'], ['promptTokenCount'], ['prompt_eval_count']];
const COMPLETION: readonly Path[] = [
  ['completion_tokens'],
  ['output_tokens'],
  ['candidatesTokenCount'],
  ['eval_count'],
];
const TOTAL: readonly Path[] = [['total_tokens'], ['totalTokenCount']];
/**
 * OpenAI, vLLM, OpenRouter and most; the Responses API and Groq; DeepSeek; Moonshot, GLM and MiniMax; Anthropic; an older
 * OpenRouter; Google; llama.cpp.
 */
const CACHED: readonly Path[] = [
  ['prompt_tokens_details', 'cached_tokens'],
  ['input_tokens_details', 'cached_tokens'],
  ['prompt_cache_hit_tokens'],
  ['cached_tokens'],
  ['cache_read_input_tokens'],
  ['prompt_token_details', 'cached_tokens'],
  ['cachedContentTokenCount'],
  ['timings', 'cache_n'],
];
/** Anthropic; OpenAI and OpenRouter; the Responses API. */
const CACHE_WRITTEN: readonly Path[] = [
  ['cache_creation_input_tokens'],
  ['prompt_tokens_details', 'cache_write_tokens'],
  ['input_tokens_details', 'cache_write_tokens'],
];
/** OpenAI, DeepSeek, xAI, vLLM and most; the Responses API; SGLang and Perplexity; an older OpenRouter; Google. */
const REASONING: readonly Path[] = [
  ['completion_tokens_details', 'reasoning_tokens'],
  ['output_tokens_details', 'reasoning_tokens'],
  ['reasoning_tokens'],
  ['completion_token_details', 'reasoning_tokens'],
  ['thoughtsTokenCount'],
];

export function readUsage(usage: JsonObject): Usage {
  const ofTimings = readTimings(usage.timings);
  const promptTokens = first(usage, PROMPT) ?? ofTimings.promptTokens;
  const completionTokens = first(usage, COMPLETION) ?? ofTimings.completionTokens;
  const sum = promptTokens !== null && completionTokens !== null ? promptTokens + completionTokens : null;
  return {
    promptTokens,
    completionTokens,
    totalTokens: first(usage, TOTAL) ?? sum,
    cachedTokens: most(usage, CACHED),
    cacheWrittenTokens: most(usage, CACHE_WRITTEN),
    reasoningTokens: most(usage, REASONING),
  };
}

/** llama.cpp counts cached and newly read tokens separately. */
function readTimings(timings: unknown): Pick<Usage, 'promptTokens' | 'completionTokens'> {
  const [cached, read] = [count(at(timings, 'cache_n')), count(at(timings, 'prompt_n'))];
  return {
    promptTokens: read === null ? null : read + (cached ?? 0),
    completionTokens: count(at(timings, 'predicted_n')),
  };
}

/** Anything longer is not a usage object. */
const MOST_CHARACTERS = 20_000;

/**
 * The usage object of a reply or chunk as received, or null. OpenAI and most; some proxies in the choice; Groq while
 * streaming. llama.cpp reports `timings` beside it, which are added under that name.
 */
export function usageIn(value: unknown, choice: JsonObject): JsonObject | null {
  const usage = at(value, 'usage') ?? choice.usage ?? at(value, 'x_groq', 'usage');
  const timings = at(value, 'timings');
  if (!isObject(usage)) return isObject(timings) ? { timings } : null;
  return isObject(timings) ? { ...usage, timings } : usage;
}

/** A usage object as it is stored; null if there is none or it is far too long. */
export function storedUsage(usage: JsonObject | null): string | null {
  const json = usage === null ? null : JSON.stringify(usage);
  return json === null || json.length > MOST_CHARACTERS ? null : json;
}

/** The counts of a stored usage object. */
export function readStoredUsage(json: string | null): Usage | null {
  const usage = json === null ? null : parseJson(json);
  return isObject(usage) ? readUsage(usage) : null;
}

function first(usage: JsonObject, paths: readonly Path[]): number | null {
  return countsAt(usage, paths)[0] ?? null;
}

/** If a server reports a count under two names, one of them may be a placeholder of 0. */
function most(usage: JsonObject, paths: readonly Path[]): number | null {
  const counts = countsAt(usage, paths);
  return counts.length === 0 ? null : Math.max(...counts);
}

function countsAt(usage: JsonObject, paths: readonly Path[]): readonly number[] {
  return paths.flatMap((path) => count(at(usage, ...path)) ?? []);
}

/** Anything that is not a count is unknown. */
function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
