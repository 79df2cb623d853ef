/** Sends one request and takes in what comes back. */
import type OpenAI from 'openai';
import { kindOfFinish } from '../../shared/finish-reasons.ts';
import type { Problem } from '../../shared/problem.ts';
import type { CallIntent } from '../store/tables/calls.ts';
import type { CallOptions } from './call-options.ts';
import type { Ending, Received } from './call-records.ts';
import { cancelled } from './call-result.ts';
import type { ChatBody } from './chat-body.ts';
import { neverLeft, toProblem } from './errors.ts';
import { hideKey } from './hide-key.ts';
import type { ModelCall } from './model-call.ts';
import { answerIn } from './reasoning.ts';
import { receive } from './receive.ts';
import { watch } from './watchdog.ts';
import { whyIncomplete } from './why-incomplete.ts';

/** One request as it will be sent, and who is asked. */
export interface Attempt {
  readonly number: number;
  readonly body: ChatBody;
  readonly client: OpenAI;
  /** Nothing that is kept may contain it. */
  readonly key: string;
}

/** Fills `received` and returns what went wrong, if anything, and whether the request had left by then. */
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
  const thrown = await receive({ ...exchange, onText: options.onText }, received).then(
    () => null,
    (error: unknown) => ({ error }),
  );
  watchdog.stop();
  settle(received, options.onText);
  hideKeyIn(received, attempt.key);
  const sent = thrown === null || !neverLeft(thrown.error);
  if (options.signal.aborted) return { failure: watchdog.problem() ?? cancelled(), sent };
  // An aborted stream ends without an error; and what broke after the reply had ended took nothing of it.
  if (watchdog.problem() === null && thrown === null) return { failure: whyIncomplete(call, received, host), sent };
  if (isAllThere(received)) return { failure: whyIncomplete(call, received, host), sent };
  return { failure: watchdog.problem() ?? whyFailed(toProblem(thrown?.error, host, attempt.key), received), sent };
}

/** Only the built-in engine is told the task: it guesses nothing from prose. */
function headersOf(call: ModelCall, { connection }: CallOptions): Readonly<Record<string, string>> {
  return connection.settings.provider.kind === 'builtin' ? { 'x-docket-task': taskHeader(call) } : {};
}

function isAllThere({ text, finishReason, endedAlone }: Received): boolean {
  return text !== '' && endedAlone && finishReason !== null && kindOfFinish(finishReason) === 'whole';
}

function taskHeader(call: ModelCall): string {
  return call.task === 'test' ? 'chat' : call.task;
}

/** What was held back in case a mark of reasoning would come; the whole text shows where the answer begins. */
function settle(received: Received, onText: CallOptions['onText']): void {
  const rest = received.splitter.end();
  received.text = answerIn(received.raw);
  if (rest !== '') onText?.(rest);
}

/** In a stream the key may come in pieces; here they are together. */
function hideKeyIn(received: Received, key: string): void {
  const hide = (text: string | null) => (text === null ? null : hideKey(text, key));
  received.text = hideKey(received.text, key);
  received.raw = hideKey(received.raw, key);
  received.reasoning = hideKey(received.reasoning, key);
  received.refusal = hideKey(received.refusal, key);
  received.model = hide(received.model);
  received.finishReason = hide(received.finishReason);
  received.note = hide(received.note);
  received.unread = hide(received.unread);
}

function whyFailed(failure: Problem, received: Received): Problem {
  received.httpStatus = failure.httpStatus ?? received.httpStatus;
  received.requestId = failure.requestId ?? received.requestId;
  return received.text === '' ? failure : { ...failure, partialKept: true };
}
