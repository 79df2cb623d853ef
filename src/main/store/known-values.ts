import type { AnswerStatus } from '../../shared/answer.ts';
import type { BatchStatus, ItemStatus } from '../../shared/batch-data.ts';
import type { CallKind, CallStatus, CallTask } from '../../shared/call-data.ts';
import type { Message, MessageStatus } from '../../shared/chat-data.ts';

type Every<Value extends string> = Readonly<Record<Value, true>>;

/** The values a column may hold. A CHECK in the schema would force a rewrite of every row to allow a new value. */
const known = {
  callKind: { chat: true, analysis: true, probe: true } satisfies Every<CallKind>,
  callStatus: { open: true, ok: true, error: true, cancelled: true, in_doubt: true } satisfies Every<CallStatus>,
  callTask: { question: true, chat: true, models: true, test: true } satisfies Every<CallTask>,
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
  itemStatus: {
    queued: true,
    running: true,
    done: true,
    failed: true,
    cancelled: true,
    removed: true,
  } satisfies Every<ItemStatus>,
  answerStatus: { done: true, failed: true } satisfies Every<AnswerStatus>,
} as const;

/**
 * Returns the value if its column may hold it.
 * @throws for any other value: no query would find it, and the fault would surface far from its cause.
 */
export function expectKnown<Value extends string>(column: keyof typeof known, value: Value): Value {
  if (Object.hasOwn(known[column], value)) return value;
  throw new Error(`"${value}" is not a valid ${column}.`);
}
