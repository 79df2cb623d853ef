import { type FinishKind, kindOfFinish } from '../../shared/finish-reasons.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Received } from './call-records.ts';
import type { ModelCall } from './model-call.ts';
import { whyReadInPart } from './read-in-part.ts';
import { readUsage } from './token-usage.ts';

/** Why a response without an error is not a complete reply; null if it is one. */
export function whyIncomplete(call: ModelCall, received: Received, host: string): Problem | null {
  const { finishReason, text, refusal, reasoning, raw } = received;
  const kind = finishReason === null ? null : kindOfFinish(finishReason);
  if (kind === 'refused') return heldBack(host, received);
  if (text === '' && refusal !== '') return problem('content_refused', { host, what: 'answer' }, { detail: refusal });
  if (received.isBroken) return incomplete(host, received);
  if (text !== '') {
    const cut = kind === null ? whyNotEnded(received, host) : whyCut(kind, received, host);
    return cut ?? whyReadInPart(call, received.usage === null ? null : readUsage(received.usage), host);
  }
  if (kind !== null) return whyEmpty(call, kind, received, host);
  return reasoning !== '' || raw !== '' ? onlyReasoning(host) : noReply(host, received);
}

function whyNotEnded(received: Received, host: string): Problem | null {
  // Some local servers never send a finish reason. A reply known to be whole needs none.
  if (received.isWhole) return null;
  // A stream with neither an end marker nor a finish reason is incomplete, even if the connection closed cleanly.
  return incomplete(host, received);
}

/** Why a reply with text is cut off. */
function whyCut(kind: FinishKind, received: Received, host: string): Problem | null {
  switch (kind) {
    case 'whole':
    case 'length':
      return null;
    case 'refused':
      return heldBack(host, received);
    case 'tool':
    case 'retry':
    case 'incomplete':
      return incomplete(host, received);
  }
}

/** An empty reply is valid, unless the model did not get to an answer. */
function whyEmpty({ task, maxTokens }: ModelCall, kind: FinishKind, received: Received, host: string): Problem | null {
  switch (kind) {
    case 'whole':
      return received.reasoning !== '' || received.raw !== '' ? onlyReasoning(host) : null;
    case 'length':
      // A connection test only needs a sign of life.
      return task === 'test'
        ? null
        : problem('bad_response', { host, reason: 'no_words', limitTokens: maxTokens ?? null });
    case 'tool':
      return problem('bad_response', { host, reason: 'tool_call' });
    case 'refused':
      return heldBack(host, received);
    case 'retry':
      return problem('server_error', { host, during: 'reply' }, reasonGiven(received));
    case 'incomplete':
      return incomplete(host, received);
  }
}

function heldBack(host: string, received: Received): Problem {
  return problem('content_refused', { host, what: 'reply' }, reasonGiven(received));
}

function incomplete(host: string, received: Received): Problem {
  const partialKept = received.text !== '';
  if (received.isBroken) {
    return problem('incomplete', { host, reason: 'unreadable' }, { partialKept, ...whatCame(received) });
  }
  return received.finishReason === null
    ? problem('incomplete', { host, reason: 'closed' }, { partialKept, ...whatCame(received) })
    : problem('incomplete', { host, reason: 'stopped' }, { partialKept, ...reasonGiven(received) });
}

function noReply(host: string, received: Received): Problem {
  const reason = /^\s*</.test(received.unread ?? '') ? 'web_page' : 'no_reply';
  return problem('bad_response', { host, reason }, whatCame(received));
}

function onlyReasoning(host: string): Problem {
  return problem('bad_response', { host, reason: 'only_reasoning' });
}

function whatCame({ unread }: Received): { readonly detail?: string } {
  return unread === null ? {} : { detail: unread };
}

function reasonGiven({ finishReason }: Received): { readonly detail?: string } {
  return finishReason === null ? {} : { detail: `finish_reason: ${finishReason}` };
}
