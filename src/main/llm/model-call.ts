/** A question to a model, before it is written as a request. */
import type { CallKind, CallTask } from '../../shared/call-data.ts';

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

/** What a call belongs to. */
export interface CallLinks {
  readonly conversationId?: string;
  readonly messageId?: string;
  readonly batchId?: string;
  readonly itemId?: number;
  readonly fileName?: string;
}

export interface ModelCall {
  readonly kind: CallKind;
  readonly task: Exclude<CallTask, 'models'>;
  /** What the history calls it; left out, by its task. */
  readonly title?: string;
  /** What the built-in engine does; left out, it chats. */
  readonly builtinTask?: string | undefined;
  readonly model: string;
  readonly turns: readonly ChatTurn[];
  /** The text shown in lists; by default, the last turn. */
  readonly asked?: string;
  readonly temperature: number;
  readonly maxTokens?: number;
  readonly stream: boolean;
  readonly links: CallLinks;
  /** Long texts inside the turns; by default, every long turn. */
  readonly sharedTexts?: readonly string[];
}
