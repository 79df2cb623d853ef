/** A question to a model, before it is written as a request. */
import type { CallKind, CallTask } from '../../shared/call-data.ts';

export interface ChatTurn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
  /** Sent before the content; none for a model that only reads. */
  readonly pictures?: readonly TurnPicture[] | undefined;
}

/** A picture, with the words that stand before it; or, where there is no picture, the words alone. */
export interface TurnPicture {
  readonly label: string;
  readonly image: { readonly type: string; readonly base64: string } | null;
}

/** What a call belongs to. */
export interface CallLinks {
  readonly conversationId?: string;
  readonly messageId?: string;
  readonly batchId?: string;
  readonly itemId?: number;
  readonly fileName?: string;
}

/** What a reply must look like. */
export interface ReplyFormat {
  /** Letters, digits, `_` and `-`. */
  readonly name: string;
  /** A JSON schema of the kind that OpenAI calls strict. */
  readonly schema: { readonly [key: string]: unknown };
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
  /**
   * Sent as strictly as the server takes it, so the turns must ask for it in words as well, with the word JSON in them,
   * and the reply may still be anything.
   */
  readonly format?: ReplyFormat;
  readonly links: CallLinks;
  /** Long texts inside the turns; by default, every long turn. */
  readonly sharedTexts?: readonly string[];
}
