import type { RetryWait } from '../../../shared/call-data.ts';
import type { Message } from '../../../shared/chat-data.ts';
import { kindOfFinish } from '../../../shared/finish-reasons.ts';
import { whatHappened } from '../../../shared/problem-words.ts';
import { formatCount, formatDuration, formatNumber } from '../ui/format.ts';
import { tryingAgainWords } from '../ui/seconds-left.ts';

function tokens({ llm, promptTokens, completionTokens, cachedTokens, reasoningTokens }: Message): string {
  if (llm === false) return 'tokens n/a';
  if (promptTokens === null && completionTokens === null) return 'tokens unknown';
  const count = (value: number | null) => (value === null ? 'unknown' : formatNumber(value));
  return `${count(promptTokens)} in${partOf(cachedTokens, 'cached')}, ${count(completionTokens)} out${partOf(reasoningTokens, 'reasoning')}`;
}

/** Parts that are zero or unknown are left out. */
function partOf(tokens: number | null, what: string): string {
  return tokens === null || tokens === 0 ? '' : ` (${formatNumber(tokens)} ${what})`;
}

/** The facts about a finished reply, in the order they are shown. */
export function replyFacts(reply: Message): readonly string[] {
  const { llm, model, latencyMs, timeToFirstTokenMs, attempts } = reply;
  return [
    // The badge above the reply already names the built-in engine.
    ...(llm === false || model === null ? [] : [model]),
    tokens(reply),
    ...(latencyMs === null ? [] : [formatDuration(latencyMs)]),
    ...(attempts === null || attempts < 2 ? [] : [formatCount(attempts, 'attempt')]),
    ...(timeToFirstTokenMs === null ? [] : [`first token ${formatDuration(timeToFirstTokenMs)}`]),
  ];
}

/** The heading of the folded reasoning. */
export function reasoningWords({ status, content, reasoningMs }: Message): string {
  if (status === 'streaming' && content === '') return 'Thinking';
  return reasoningMs === null ? 'Thought before answering' : `Thought for ${formatDuration(reasoningMs)}`;
}

/** Whether the reply has reasoning but no answer. */
export function isReasoningOnly({ content, reasoning }: Message): boolean {
  return content === '' && reasoning !== '';
}

/** What was kept of a reply that was cut off. */
export function keptWords(reply: Message): string {
  if (isReasoningOnly(reply)) return 'The model had not begun its answer; its reasoning is kept.';
  return reply.content === '' ? '' : 'The part that arrived is kept.';
}

/** Why a reply marked as done may still be incomplete. */
export function finishNote(reply: Message): string | null {
  switch (reply.finishReason === null ? null : kindOfFinish(reply.finishReason)) {
    case 'length':
      return 'The reply ends here because it reached its token limit.';
    case 'refused':
      return "The provider's content filter ended the reply.";
    default:
      return null;
  }
}

/** Why a reply has no text yet, and when it will be requested again. */
export function waitWords({ problem, attempt, attempts }: RetryWait, secondsLeft: number): string {
  return `${whatHappened(problem)} ${tryingAgainWords(secondsLeft)} (${attempt} of ${attempts})`;
}
