import { type Problem, problem } from '../../shared/problem.ts';
import type { Received } from './call-records.ts';
import type { ModelCall } from './model-call.ts';

/** Why what came without an error is no reply to the question; null when it is one. */
export function whyIncomplete(call: ModelCall, received: Received, host: string): Problem | null {
  const { finishReason, text, refusal, unread } = received;
  if (finishReason === 'content_filter') {
    return problem('content_refused', { host, what: 'reply' });
  }
  if (text === '' && refusal !== '') {
    return problem('content_refused', { host, what: 'answer' }, { detail: refusal });
  }
  if (finishReason !== null) return text === '' ? whyEmpty(call, finishReason, host) : null;
  if (text === '') {
    return problem('bad_response', { host, reason: 'no_reply' }, unread === null ? {} : { detail: unread });
  }
  // Some local servers never tell a reason; what is whole is complete without one.
  if (received.isWhole) return null;
  // A stream that tells neither its end nor a reason for it did not finish, however politely the connection was closed.
  return problem('incomplete', { host }, { partialKept: true });
}

/** Nothing at all can be a reply, but not when the model came to no answer. */
function whyEmpty({ task, maxTokens }: ModelCall, finishReason: string, host: string): Problem | null {
  if (finishReason === 'tool_calls') {
    return problem('bad_response', { host, reason: 'tool_call' });
  }
  // A test of the connection asks for a sign of life only.
  if (finishReason !== 'length' || task === 'test') return null;
  return problem('bad_response', { host, reason: 'no_words', limitTokens: maxTokens ?? null });
}
