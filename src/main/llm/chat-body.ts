/** The body of a request, and what a server turned out not to want in it. */
import type OpenAI from 'openai';
import type { Problem } from '../../shared/problem.ts';
import type { Quirks } from './connection.ts';
import type { ModelCall } from './model-call.ts';

export type ChatBody = OpenAI.Chat.Completions.ChatCompletionCreateParams;

export function toChatBody(call: ModelCall, quirks: Quirks): ChatBody {
  const limit = quirks.maxTokens ? 'max_tokens' : 'max_completion_tokens';
  return {
    model: call.model,
    messages: call.turns.map((turn) => ({ role: turn.role, content: turn.content })),
    ...(quirks.temperature ? { temperature: call.temperature } : {}),
    ...(call.maxTokens === undefined ? {} : { [limit]: call.maxTokens }),
    stream: call.stream,
    ...(call.stream && quirks.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

/**
 * Servers and newer models refuse parameters that others need; what was refused is left out from then on.
 * @returns whether something was learned, so that the call is worth repeating.
 */
export function learnQuirk(failure: Problem, quirks: Quirks, body: ChatBody): boolean {
  if (failure.code !== 'bad_request' || failure.detail === undefined) return false;
  const refuses = (name: string) => failure.detail?.includes(name) === true;
  if (body.stream_options && refuses('stream_options')) {
    quirks.streamOptions = false;
    return true;
  }
  if (typeof body.max_tokens === 'number' && refuses('max_tokens')) {
    quirks.maxTokens = false;
    return true;
  }
  if (typeof body.temperature === 'number' && refuses('temperature')) {
    quirks.temperature = false;
    return true;
  }
  return false;
}
