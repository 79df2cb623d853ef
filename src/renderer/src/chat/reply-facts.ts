import type { RetryWait } from '../../../shared/call-data.ts';
import type { Message } from '../../../shared/chat-data.ts';
import { kindOfFinish } from '../../../shared/finish-reasons.ts';
import { whatHappened } from '../../../shared/problem-words.ts';
import { formatCount, formatDuration, formatNumber } from '../ui/format.ts';
import { tryingAgainWords } from '../ui/seconds-left.ts';

function tokens({ llm, promptTokens, completionTokens }: Message): string {
  if (llm === false) return 'tokens n/a';
  if (promptTokens === null && completionTokens === null) return 'tokens unknown';
  const count = (value: number | null) => (value === null ? 'unknown' : formatNumber(value));
  return `${count(promptTokens)} in, ${count(completionTokens)} out`;
}

/** What is known of a finished reply, in the order of the line under it. */
export function replyFacts(reply: Message): readonly string[] {
  const { llm, model, latencyMs, timeToFirstTokenMs, attempts } = reply;
  return [
    // The badge over the reply has named the built-in engine already.
    ...(llm === false || model === null ? [] : [model]),
    tokens(reply),
    ...(latencyMs === null ? [] : [formatDuration(latencyMs)]),
    ...(attempts === null || attempts < 2 ? [] : [formatCount(attempts, 'attempt')]),
    ...(timeToFirstTokenMs === null ? [] : [`first token ${formatDuration(timeToFirstTokenMs)}`]),
  ];
}

/** Why a reply that was called done may still be less than all. */
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

/** Why nothing of a reply has come yet, and when it is asked for again. */
export function waitWords({ problem, attempt, attempts }: RetryWait, secondsLeft: number): string {
  return `${whatHappened(problem)} ${tryingAgainWords(secondsLeft)} (${attempt} of ${attempts})`;
}
