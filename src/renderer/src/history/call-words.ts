import type { CallDetail, CallRow, CallStatus } from '../../../shared/call-data.ts';
import { formatCount, formatNumber, formatTokens } from '../ui/format.ts';
import { isFiltered } from './history-query.ts';
import { type HistoryState, matchCount } from './history-store.ts';
import { type BodyInWords, placeOf, type RequestPicture } from './request-pictures.ts';

export function inDoubtWords(host: string): string {
  return `Docket stopped before the outcome was known. The request may have reached ${host}.`;
}

/** Why there is no reply to show. */
export function noReplyWords(status: CallStatus): string {
  switch (status) {
    case 'ok':
      return 'The reply was empty.';
    case 'open':
      return 'The reply is recorded once it is complete.';
    case 'in_doubt':
      return 'No reply is on record. One may have been on its way.';
    case 'error':
    case 'cancelled':
      return 'No reply arrived.';
  }
}

/** Replaces the reply in a list: the kind of error, and the number of the attempt if it is a retry. */
export function whyNoReply({ status, errorCode, attempt, sent }: CallRow): string {
  if (status === 'ok') return '–';
  const why = status === 'error' && errorCode !== null ? [errorCode.replaceAll('_', ' ')] : [];
  const unsent = status === 'cancelled' && !sent ? ['not sent'] : [];
  return [...why, ...unsent, ...(attempt > 1 ? [`attempt ${attempt}`] : [])].join(' · ');
}

/** Tokens of a call in a list: none for a list of models, and unknown until the call has ended. */
export function listedTokens({ task, status, totalTokens, llm }: CallRow): string {
  if (status === 'open') return '';
  return task === 'models' ? 'n/a' : formatTokens(totalTokens, llm);
}

/** A part of a message: a text, or a picture that was sent with it. */
export type MessagePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'picture'; readonly picture: RequestPicture };

export interface RequestMessage {
  readonly role: string;
  /** All of it, with a few words in place of each picture. */
  readonly text: string;
  readonly parts: readonly MessagePart[];
}

/** A larger body is shown as it was sent, because parsing it would block the window. */
const MAX_PARSED = 2_000_000;

/** The messages in the body of a request without its pictures; null if it has none or is too large. */
export function readMessages({ text, pictures }: BodyInWords): readonly RequestMessage[] | null {
  if (text.length > MAX_PARSED) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    const messages = isRecord(parsed) ? parsed.messages : null;
    if (!Array.isArray(messages) || messages.length === 0) return null;
    return messages.map((message: unknown) => {
      const parts = isRecord(message) ? partsOf(message.content, pictures) : [textPart(JSON.stringify(message))];
      return {
        role: isRecord(message) && typeof message.role === 'string' ? message.role : 'unknown',
        text: parts.map((part) => (part.kind === 'text' ? part.text : `[${placeOf(part.picture)}]`)).join('\n'),
        parts: joined(parts),
      };
    });
  } catch {
    return null;
  }
}

/** Content is a text or a list of parts. Parts that are neither texts nor pictures stay as JSON. */
function partsOf(content: unknown, pictures: readonly RequestPicture[]): readonly MessagePart[] {
  if (typeof content === 'string') return [textPart(content)];
  if (!Array.isArray(content)) return [textPart(content === undefined ? '' : JSON.stringify(content))];
  return content.map((part: unknown): MessagePart => {
    if (isRecord(part) && typeof part.text === 'string') return textPart(part.text);
    const url = isRecord(part) && isRecord(part.image_url) ? part.image_url.url : null;
    const picture = pictures.find((one) => placeOf(one) === url);
    return picture === undefined ? textPart(JSON.stringify(part)) : { kind: 'picture', picture };
  });
}

function textPart(text: string): MessagePart {
  return { kind: 'text', text };
}

/** Texts that follow each other are one. */
function joined(parts: readonly MessagePart[]): readonly MessagePart[] {
  const whole: MessagePart[] = [];
  for (const part of parts) {
    const last = whole.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') whole[whole.length - 1] = textPart(`${last.text}\n${part.text}`);
    else whole.push(part);
  }
  return whole;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Parameters such as "temperature 0" and "max_tokens 5", without the model, which is shown separately. Falls back to
 * the raw text.
 */
export function readParameters(call: Pick<CallDetail, 'parameters'>): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(call.parameters);
    if (!isRecord(parsed)) return [call.parameters];
    const own = Object.entries(parsed).filter(([name]) => name !== 'model');
    return own.map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  } catch {
    return call.parameters === '' ? [] : [call.parameters];
  }
}

/** "3,031 calls on record", or "12 of 3,031 calls" if a filter is set. */
export function totalWords(state: HistoryState): string | null {
  const { facets, query } = state;
  if (facets === null) return null;
  const found = isFiltered(query) ? matchCount(state) : null;
  if (found === null) return `${formatCount(facets.total, 'call')} on record`;
  const { count, orMore } = found;
  // The total is read less often than the list.
  const total = formatCount(Math.max(count, facets.total), 'call');
  return orMore ? `more than ${formatNumber(count)} of ${total}` : `${formatNumber(count)} of ${total}`;
}
