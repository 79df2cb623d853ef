/** Sends one request, receives the reply, and says what went wrong. */
import type OpenAI from 'openai';
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import type { Problem } from '../../shared/problem.ts';
import type { CallIntent } from '../audit/call-record.ts';
import type { CallOptions } from './call-options.ts';
import type { Ending, Received } from './call-records.ts';
import { cancelled } from './call-result.ts';
import type { ChatBody } from './chat-body.ts';
import { neverLeft, toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import { isObject, type JsonObject, parseJson } from './json-value.ts';
import type { ModelCall } from './model-call.ts';
import { tidyReasoning } from './reasoning-marks.ts';
import { receive, takeTold } from './receive.ts';
import { watch } from './watchdog.ts';
import { whyIncomplete } from './why-incomplete.ts';

/** One request as it will be sent, and the client that sends it. */
export interface Attempt {
  readonly number: number;
  readonly body: ChatBody;
  readonly client: OpenAI;
  /** Removed from everything that is stored. */
  readonly key: string;
}

/** Fills `received`. Returns the failure, if any, and whether any of the request had left. */
export async function receiveAll(
  call: ModelCall,
  options: CallOptions,
  attempt: Attempt,
  { body, host }: CallIntent,
  received: Received,
): Promise<Pick<Ending, 'failure' | 'sent'>> {
  const watchdog = watch(options.connection.settings, host, options.signal);
  const { client, body: asked } = attempt;
  const exchange = {
    client,
    body: body.bytes,
    stream: asked.stream === true,
    headers: headersOf(call, options),
    watchdog,
  };
  const thrown = await receive({ ...exchange, listener: options }, received).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  watchdog.stop();
  settle(received, options);
  hideKeyIn(received, attempt.key);
  const sent = thrown === null || !neverLeft(thrown.error);
  if (options.signal.aborted) return { failure: watchdog.problem() ?? cancelled(), sent };
  // An aborted stream ends without an error; and an error after a reply has ended costs nothing of it.
  if (watchdog.problem() === null && thrown === null) return { failure: whyIncomplete(call, received, host), sent };
  if (isAllThere(received)) return { failure: whyIncomplete(call, received, host), sent };
  return { failure: watchdog.problem() ?? whyFailed(toProblem(thrown?.error, host, attempt.key), received), sent };
}

/** Only the built-in engine receives the task, so that it need not guess it from the prompt. */
function headersOf(call: ModelCall, { connection }: CallOptions): Readonly<Record<string, string>> {
  return connection.settings.provider.kind === 'builtin' ? { 'x-docket-task': call.builtinTask ?? 'chat' } : {};
}

function isAllThere({ text, finishReason, endedAlone }: Received): boolean {
  return text !== '' && endedAlone && finishReason !== null && kindOfFinish(finishReason) === 'whole';
}

/** Releases what was held back as a possible reasoning mark. */
function settle(received: Received, options: CallOptions): void {
  takeTold(options, received, received.splitter.end());
  received.reasoning = tidyReasoning(received.reasoning);
}

/** In a stream the key may be split between pieces; here they are joined. */
function hideKeyIn(received: Received, key: string): void {
  const hide = (text: string | null) => (text === null ? null : hideKey(text, key));
  received.text = hideKey(received.text, key);
  received.raw = hideKey(received.raw, key);
  received.reasoning = hideKey(received.reasoning, key);
  received.apart = hideKey(received.apart, key);
  received.refusal = hideKey(received.refusal, key);
  received.usage = withoutKey(received.usage, key);
  received.model = hide(received.model);
  received.finishReason = hide(received.finishReason);
  received.note = hide(received.note);
  received.unread = hide(received.unread);
}

function withoutKey(usage: JsonObject | null, key: string): JsonObject | null {
  const safe = usage === null ? null : parseJson(hideKey(JSON.stringify(usage), key));
  return isObject(safe) ? safe : null;
}

function whyFailed(failure: Problem, received: Received): Problem {
  received.httpStatus = failure.httpStatus ?? received.httpStatus;
  received.requestId = failure.requestId ?? received.requestId;
  return received.text === '' ? failure : { ...failure, partialKept: true };
}
