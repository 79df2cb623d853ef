/** What the model server keeps of each request it received. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { type PromptTask, readPrompt } from './model-server-prompts.ts';

/** The part of a chat request that replies depend on; everything else is there too, untyped. */
interface ChatRequestBody {
  readonly model?: string;
  readonly messages?: readonly { readonly role?: string; readonly content?: unknown }[];
  readonly stream?: boolean | null;
  readonly stream_options?: { readonly include_usage?: boolean } | null;
  readonly max_tokens?: number | null;
  readonly max_completion_tokens?: number | null;
  readonly temperature?: number | null;
  readonly [key: string]: unknown;
}

/**
 * How it went: still being answered, answered to the end, given up by the client, or broken off by the
 * server as the reply demanded.
 */
type RequestOutcome = 'open' | 'answered' | 'clientLeft' | 'cutByServer';

export interface RecordedRequest {
  /** Also the `x-request-id` of the response. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: string;
  readonly bodySha256: string;
  /** The parsed body; `{}` when there is none or it is not a JSON object. */
  readonly body: ChatRequestBody;
  /** The text of the last user message. */
  readonly prompt: string;
  /** The task that the prompt's first words name; `chat` for any others. */
  readonly task: PromptTask;
  /** Milliseconds since 1970, with a fraction. */
  readonly receivedAt: number;
  readonly outcome: RequestOutcome;
  /** When the response was closed, in the same clock. */
  readonly closedAt: number | undefined;
  /** Bytes of reply that the operating system took, headers included. */
  readonly bytesSent: number;
}

/**
 * Whether this is the short question by which Docket finds out whether a model answers. Where calls fail, such questions
 * may come between any others, so a test that counts what was asked about files leaves them out.
 */
export function isShortQuestion({ prompt }: Pick<RecordedRequest, 'prompt'>): boolean {
  return prompt === 'Reply with the word OK.';
}

/** The server's own, writable view of a request. */
export type OpenRequest = { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] };

/** Reads the whole request. Rejects when the client leaves before it is complete. */
export async function recordRequest(message: IncomingMessage, id: string, receivedAt: number): Promise<OpenRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece);
  const raw = Buffer.concat(pieces);
  const rawBody = raw.toString('utf8');
  const body = parseBody(rawBody);
  const prompt = findPrompt(body);
  return {
    id,
    method: message.method ?? '',
    path: message.url ?? '',
    headers: message.headers,
    rawBody,
    bodySha256: createHash('sha256').update(raw).digest('hex'),
    body,
    prompt,
    task: readPrompt(prompt).task,
    receivedAt,
    outcome: 'open',
    closedAt: undefined,
    bytesSent: 0,
  };
}

/** The clock of `receivedAt` and `closedAt`. */
export function clockMs(): number {
  return performance.timeOrigin + performance.now();
}

function parseBody(rawBody: string): ChatRequestBody {
  try {
    const parsed: unknown = JSON.parse(rawBody);
    return isRecord(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

function findPrompt(body: ChatRequestBody): string {
  const messages: readonly unknown[] = Array.isArray(body.messages) ? body.messages : [];
  const last = messages.filter(isRecord).findLast((message) => message.role === 'user');
  const content = last?.content;
  if (typeof content === 'string') return content;
  const parts: readonly unknown[] = Array.isArray(content) ? content : [];
  return parts.map((part) => (isRecord(part) && typeof part.text === 'string' ? part.text : '')).join('');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
