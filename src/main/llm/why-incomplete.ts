import { type FinishKind, kindOfFinish } from '../../shared/finish-reasons.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Received } from './call-records.ts';
import type { ModelCall } from './model-call.ts';
import { whyReadInPart } from './read-in-part.ts';

/** Why what came without an error is no reply to the question; null when it is one. */
export function whyIncomplete(call: ModelCall, received: Received, host: string): Problem | null {
  const { finishReason, text, refusal, reasoning, raw } = received;
  const kind = finishReason === null ? null : kindOfFinish(finishReason);
  if (kind === 'refused') return heldBack(host, received);
  if (text === '' && refusal !== '') return problem('content_refused', { host, what: 'answer' }, { detail: refusal });
  if (received.isBroken) return incomplete(host, received);
  if (text !== '') {
    const cut = kind === null ? whyNotEnded(received, host) : whyCut(kind, received, host);
    return cut ?? whyReadInPart(call, received.usage, host);
  }
  if (kind !== null) return whyEmpty(call, kind, received, host);
  return reasoning !== '' || raw !== '' ? onlyReasoning(host) : noReply(host, received);
}

function whyNotEnded(received: Received, host: string): Problem | null {
  // Some local servers never tell a reason; what is whole is complete without one.
  if (received.isWhole) return null;
  // A stream that tells neither its end nor a reason for it did not finish, however politely the connection was closed.
  return incomplete(host, received);
}

/** With words, why they are not all. */
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

/** Nothing at all can be a reply, but not when the model came to no answer. */
function whyEmpty({ task, maxTokens }: ModelCall, kind: FinishKind, received: Received, host: string): Problem | null {
  switch (kind) {
    case 'whole':
      return received.reasoning !== '' || received.raw !== '' ? onlyReasoning(host) : null;
    case 'length':
      // A test of the connection asks for a sign of life only.
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
