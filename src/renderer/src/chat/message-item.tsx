import { memo } from 'react';
import { useStore } from 'zustand';
import { chat, chatUi } from './chat-instance.ts';
import { Question } from './question.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { Reply } from './reply.tsx';

interface MessageItemProps {
  readonly conversationId: string;
  readonly id: string;
  readonly siblings: readonly string[];
  /** The end of the branch. */
  readonly last: boolean;
}

/** Reads its own message, so that a reply that grows renders nothing but itself. */
export const MessageItem = memo(function MessageItem({ conversationId, id, siblings, last }: MessageItemProps) {
  const message = useStore(chat, (state) => state.threads.get(conversationId)?.messages.get(id));
  const editing = useStore(chatUi, (state) => state.editingId === id);
  if (message === undefined) return null;
  if (message.role === 'assistant') return <Reply reply={message} siblings={siblings} last={last} />;
  return editing ? <QuestionEditor question={message} /> : <Question question={message} siblings={siblings} />;
}, isSameItem);

/** The branch is computed anew with each message; its lists of versions are new objects of the same ids. */
function isSameItem(before: MessageItemProps, after: MessageItemProps): boolean {
  return (
    before.conversationId === after.conversationId &&
    before.id === after.id &&
    before.last === after.last &&
    before.siblings.length === after.siblings.length &&
    before.siblings.every((id, place) => id === after.siblings[place])
  );
}
