import type { BatchStatus, ItemStatus } from '../../shared/batch-data.ts';
import type { CallKind, CallStatus } from '../../shared/call-data.ts';
import type { Message, MessageStatus } from '../../shared/chat-data.ts';

type Every<Value extends string> = Readonly<Record<Value, true>>;

/** What a column may hold. The schema does not say it: with a CHECK a new value would need every row to be written anew. */
const known = {
  callKind: { chat: true, analysis: true, probe: true } satisfies Every<CallKind>,
  callStatus: { open: true, ok: true, error: true, cancelled: true, in_doubt: true } satisfies Every<CallStatus>,
  role: { user: true, assistant: true } satisfies Every<Message['role']>,
  messageStatus: {
    streaming: true,
    done: true,
    stopped: true,
    failed: true,
    interrupted: true,
  } satisfies Every<MessageStatus>,
  batchStatus: {
    collecting: true,
    ready: true,
    running: true,
    cancelled: true,
    interrupted: true,
    finished: true,
  } satisfies Every<BatchStatus>,
  itemStatus: { queued: true, running: true, done: true, failed: true, cancelled: true } satisfies Every<ItemStatus>,
} as const;

/**
 * Lets a value through that its column may hold.
 * @throws for any other: it would be found by no query, and come to light far from who wrote it.
 */
export function expectKnown<Value extends string>(column: keyof typeof known, value: Value): Value {
  if (Object.hasOwn(known[column], value)) return value;
  throw new Error(`The store takes no ${column} "${value}".`);
}
