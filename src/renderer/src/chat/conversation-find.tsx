import type { RefObject } from 'react';
import { useStore } from 'zustand';
import { FindBar } from '../ui/find-bar.tsx';
import { chat, chatUi } from './chat-instance.ts';
import { closeFind, elementOf } from './find-in-conversation.ts';

/** The find bar of the displayed conversation, while it is open. */
export function ConversationFind({ within }: { readonly within: RefObject<HTMLElement | null> }) {
  const find = useStore(chatUi, (state) => state.find);
  const selectedId = useStore(chat, (state) => state.selectedId);
  if (find === null || find.conversationId !== selectedId) return null;
  const { from } = find;
  return (
    <FindBar
      key={`${find.conversationId}${from ?? ''}`}
      within={within}
      label="Find in this conversation"
      query={find.query}
      onQuery={(query) => chatUi.setState({ find: { ...find, query } })}
      onClose={closeFind}
      from={from === null ? undefined : () => elementOf(from)}
    />
  );
}
