/**
 * Reads replies of OpenAI-compatible servers leniently: local servers omit and add a lot, and one malformed field must
 * not cost the text beside it.
 */
import { readFinishReason } from '../../shared/finish-reasons.ts';
import { at, isObject, type JsonObject, listOf } from './json-value.ts';

/** Token counts from the server; null where it gave none. */
export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
  /** Tokens of the prompt taken from a cache. Some servers include them in `promptTokens`, some do not. */
  readonly cachedTokens: number | null;
}

/** One piece of a reply; a reply that does not stream is a single piece. */
export interface ReplyPiece {
  readonly text: string;
  /** The reasoning, where the server separates it from the answer. */
  readonly reasoning: string;
  /** What a model says instead of a reply when it refuses. */
  readonly refusal: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  readonly note: string | null;
  /** An error of the server inside the choice; undefined if there is none. */
  readonly error: unknown;
}

/** Null if it does not have the shape of a completion. */
export function readCompletion(value: unknown): ReplyPiece | null {
  const choice = firstChoice(value);
  if (choice === null) return null;
  const message = choice.message ?? choice.delta;
  if (!isObject(message) && typeof choice.text !== 'string' && !choice.error) return null;
  return toPiece(value, choice, message);
}

/** Null if it is not an object. A chunk without a choice carries the usage, or nothing of the reply. */
export function readChunk(value: unknown): ReplyPiece | null {
  if (!isObject(value)) return null;
  const choice = firstChoice(value) ?? {};
  return toPiece(value, choice, choice.delta ?? choice.message);
}

function toPiece(value: unknown, choice: JsonObject, message: unknown): ReplyPiece {
  const content = readContent(at(message, 'content') ?? choice.text);
  return {
    text: content.text,
    reasoning: readReasoning(message) || content.reasoning,
    refusal: stringOr(at(message, 'refusal'), ''),
    model: stringOr(at(value, 'model'), null),
    finishReason: readFinishReason(choice.finish_reason),
    usage: readUsage(at(value, 'usage') ?? choice.usage ?? at(value, 'x_groq', 'usage')),
    // The built-in engine's reason for having no result.
    note: stringOr(at(value, 'docket', 'reason'), null),
    error: choice.error || undefined,
  };
}

/** Only one reply is requested; pieces of a second one would be mixed into it. */
function firstChoice(value: unknown): JsonObject | null {
  const choices = listOf(at(value, 'choices')).filter(isObject);
  return choices.find(({ index }) => isFirst(index)) ?? null;
}

function isFirst(index: unknown): boolean {
  return typeof index !== 'number' || index === 0;
}

interface Content {
  readonly text: string;
  readonly reasoning: string;
}

/** A string, or a list of parts, of which the text parts are the reply. */
function readContent(content: unknown): Content {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  if (typeof content === 'number' || typeof content === 'boolean') return { text: String(content), reasoning: '' };
  const parts = isObject(content) ? [content] : listOf(content);
  const of = (wanted: boolean) => parts.map((part) => (isReasoning(part) === wanted ? partText(part) : '')).join('');
  return { text: of(false), reasoning: of(true) };
}

function isReasoning(part: unknown): boolean {
  const type = at(part, 'type');
  return type === 'thinking' || type === 'reasoning';
}

function partText(part: unknown): string {
  if (typeof part === 'string') return part;
  const text = at(part, 'text') ?? at(part, 'thinking') ?? at(part, 'value') ?? at(part, 'summary');
  return typeof text === 'string' ? text : listOf(text).map(partText).join('');
}

/**
 * DeepSeek, vLLM, SGLang; OpenRouter, newer vLLM, Ollama; proxies; OpenRouter in parts. A server may send several of
 * them.
 */
const REASONING_FIELDS = [
  'reasoning_content',
  'reasoning',
  'thinking',
  'thinking_content',
  'reasoning_details',
] as const;

function readReasoning(message: unknown): string {
  for (const field of REASONING_FIELDS) {
    const value = at(message, field);
    const text = typeof value === 'string' ? value : listOf(value).map(partText).join('');
    if (text !== '') return text;
  }
  return '';
}

/** OpenAI; Anthropic, twice; DeepSeek. */
const CACHED_TOKENS: readonly (readonly string[])[] = [
  ['prompt_tokens_details', 'cached_tokens'],
  ['cache_read_input_tokens'],
  ['cache_creation_input_tokens'],
  ['prompt_cache_hit_tokens'],
];

function readUsage(value: unknown): Usage | null {
  if (!isObject(value)) return null;
  const promptTokens = count(value.prompt_tokens) ?? count(value.input_tokens);
  const completionTokens = count(value.completion_tokens) ?? count(value.output_tokens);
  const sum = promptTokens !== null && completionTokens !== null ? promptTokens + completionTokens : null;
  const cached = CACHED_TOKENS.flatMap((path) => count(at(value, ...path)) ?? []);
  return {
    promptTokens,
    completionTokens,
    totalTokens: count(value.total_tokens) ?? sum,
    cachedTokens: cached.length === 0 ? null : cached.reduce((total, tokens) => total + tokens, 0),
  };
}

/** Null if it is not a valid count. */
function count(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function stringOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}
