/** What can be done about a question that is too long for the model, with what came before it. */
import type { Attachment, Message } from '../../../shared/chat-data.ts';
import type { Problem } from '../../../shared/problem.ts';
import { earlierFiles } from './attachment-words.ts';
import type { Thread } from './thread.ts';

export type WayOut =
  /** A batch reads the files of the conversation in parts. */
  | { readonly kind: 'batch'; readonly question: string; readonly files: readonly Attachment[] }
  /** Without what came before, the question may fit. */
  | { readonly kind: 'new_chat'; readonly question: string };

/** Null if the reply failed otherwise, or if only a shorter question or another model helps. */
export function wayOutOfTooLong(thread: Thread, reply: Message, { code, params }: Problem): WayOut | null {
  const asked = thread.messages.get(reply.parentId ?? '');
  if (code !== 'context_too_long' || asked === undefined || asked.content.trim() === '') return null;
  const all = [...earlierFiles(thread, asked.id), ...asked.attachments];
  const files = [...new Map(all.map((file) => [file.id, file])).values()];
  if (files.length > 0) return { kind: 'batch', question: asked.content, files };
  // A server does not say how much of it came before.
  const isFirst = asked.parentId === null || params.what === 'message';
  return isFirst ? null : { kind: 'new_chat', question: asked.content };
}
