/**
 * Conversations and their messages.
 * Times are milliseconds since the Unix epoch, durations are milliseconds, sizes are bytes. `null` means
 * "unknown" or "does not apply", never zero.
 */
import type { Problem } from './problem.ts';
import type { ReadingNote } from './reading-note.ts';

export interface Conversation {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** The last message of the branch shown; null in an empty conversation. */
  readonly leafId: string | null;
  readonly messageCount: number;
}

/**
 * `streaming` is the only state that is not final. `stopped`: the user stopped it. `interrupted`: Docket
 * ended while it streamed, and the part that arrived is kept.
 */
export type MessageStatus = 'streaming' | 'done' | 'stopped' | 'failed' | 'interrupted';

/** A file whose text goes with a question. The text is stored separately and requested by `id`. */
export interface Attachment {
  readonly id: string;
  /** Without the folder. */
  readonly name: string;
  readonly format: string;
  /** Size of the file. */
  readonly bytes: number;
  /** Hash of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  readonly pages: number | null;
  readonly characters: number;
  /** Size of the text, which is what is sent. */
  readonly textBytes: number;
  /** Estimated tokens in the text. */
  readonly tokens: number;
  readonly notes: readonly ReadingNote[];
}

/** A file chosen in the system's file picker and not read yet. */
export interface PickedFile {
  /** Stands for the file, as it does for a dropped one. */
  readonly grant: string;
  readonly name: string;
  readonly bytes: number | null;
}

/**
 * A message of a conversation. Messages form a tree by `parentId`: an edited question or a regenerated reply
 * is a sibling of the old one, so nothing is lost.
 */
export interface Message {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** Files of a question, in the order they were attached; a reply has none. */
  readonly attachments: readonly Attachment[];
  readonly status: MessageStatus;
  readonly createdAt: number;
  readonly problem: Problem | null;
  /** The reasoning before the reply, which is not part of it; empty if there is none. */
  readonly reasoning: string;
  /** The following are set on replies only. */
  readonly model: string | null;
  readonly providerName: string | null;
  readonly llm: boolean | null;
  readonly temperature: number | null;
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  /** Prompt tokens read from the server's cache. */
  readonly cachedTokens: number | null;
  readonly reasoningTokens: number | null;
  /** From the request on, including pauses before further attempts. */
  readonly latencyMs: number | null;
  readonly timeToFirstTokenMs: number | null;
  /** From the start of the reasoning to the start of the answer. */
  readonly reasoningMs: number | null;
  readonly finishReason: string | null;
  /** History row of the call; of its last attempt if there were several. */
  readonly callId: number | null;
  readonly attempts: number | null;
}

/** A piece of a streaming reply: more reasoning, more of the answer, or both. */
export interface ReplyDelta {
  readonly conversationId: string;
  readonly messageId: string;
  /** Earlier pieces no longer count: the call was sent again, or the answer turned out to be reasoning. */
  readonly anew: boolean;
  /** Length of the reasoning before this piece. */
  readonly reasoningAt: number;
  readonly reasoning: string;
  /** How long the model reasoned; null until the answer begins. */
  readonly reasoningMs: number | null;
  /** Length of the answer before this piece. */
  readonly at: number;
  readonly text: string;
}

/** A message found by the words in it. */
export interface FoundMessage {
  readonly conversationId: string;
  /** Title of the conversation. */
  readonly title: string;
  readonly messageId: string;
  /** The text around the first of the words. */
  readonly excerpt: string;
}

export interface ConversationWithMessages {
  readonly conversation: Conversation;
  /** All branches, oldest first. */
  readonly messages: readonly Message[];
}
