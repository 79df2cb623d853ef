import { type Problem, problem } from '../../shared/problem.ts';
import type { Received } from './call-records.ts';
import type { ModelCall } from './model-call.ts';

/** Why what came without an error is no reply to the question; null when it is one. */
export function whyIncomplete(call: ModelCall, received: Received, host: string): Problem | null {
  const { finishReason, text, refusal, unread } = received;
  if (finishReason === 'content_filter') {
    return problem('content_refused', `${host} held back the reply by its content policy.`);
  }
  if (text === '' && refusal !== '') {
    return problem('content_refused', 'The model refused to answer this.', { detail: refusal });
  }
  if (finishReason !== null) return text === '' ? whyEmpty(call, finishReason) : null;
  if (text === '') {
    return problem(
      'bad_response',
      `${host} answered without a reply in it. Check that the base URL is that of an OpenAI-compatible API.`,
      unread === null ? {} : { detail: unread },
    );
  }
  // Some local servers never tell a reason; what is whole is complete without one.
  if (received.isWhole) return null;
  // A stream that tells neither its end nor a reason for it did not finish, however politely the connection was closed.
  return problem('incomplete', `The connection to ${host} ended before the reply was complete. What arrived is kept.`);
}

/** Nothing at all can be a reply, but not when the model came to no answer. */
function whyEmpty({ task, maxTokens }: ModelCall, finishReason: string): Problem | null {
  if (finishReason === 'tool_calls') {
    return problem('bad_response', 'The model asked for a tool instead of answering, and Docket has none.');
  }
  // A test of the connection asks for a sign of life only.
  if (finishReason !== 'length' || task === 'test') return null;
  const limit = maxTokens === undefined ? 'its limit of tokens' : `the ${maxTokens} tokens that it may answer with`;
  return problem(
    'bad_response',
    `The model used up ${limit} before it wrote anything, as models do that reason first. Choose one that answers at once.`,
  );
}
