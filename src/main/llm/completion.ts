/**
 * Reads replies of OpenAI-compatible servers leniently: local servers omit and add a lot, and one malformed field must
 * not cost the text beside it.
 */
import { readFinishReason } from '../../shared/finish-reasons.ts';
import { at, isObject, type JsonObject, listOf } from './json-value.ts';
import { usageIn } from './token-usage.ts';

/** One piece of a reply; a reply that does not stream is a single piece. */
export interface ReplyPiece {
  readonly text: string;
  /** The reasoning, where the server separates it from the answer. */
  readonly reasoning: string;
  /** What a model says instead of a reply when it refuses. */
  readonly refusal: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  /** The usage object as received. */
  readonly usage: JsonObject | null;
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
    usage: usageIn(value, choice),
    // The built-in engine's reason for having no result.
    note: stringOr(at(value, 'docket', 'reason') ?? at(value, 'docket', 'note'), null),
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

/** A string, or a list of parts, of which the text parts are the reply; or JSON that the server has parsed. */
function readContent(content: unknown): Content {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  if (typeof content === 'number' || typeof content === 'boolean') return { text: String(content), reasoning: '' };
  if (isObject(content) && !PART_FIELDS.some((field) => field in content) && Object.keys(content).length > 0)
    return { text: JSON.stringify(content), reasoning: '' };
  const parts = isObject(content) ? [content] : listOf(content);
  const of = (wanted: boolean) => parts.map((part) => (isReasoning(part) === wanted ? partText(part) : '')).join('');
  return { text: of(false), reasoning: of(true) };
}

/** Of a part. */
const PART_FIELDS = ['type', 'text', 'thinking', 'value', 'summary'] as const;

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

function stringOr<T>(value: unknown, otherwise: T): string | T {
  return typeof value === 'string' ? value : otherwise;
}
