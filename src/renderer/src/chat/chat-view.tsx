import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useTarget } from '../app/navigation-store.ts';
import { SplitPane } from '../ui/split-pane.tsx';
import { chat, chatUi } from './chat-instance.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationPane } from './conversation-pane.tsx';

export function ChatView() {
  const listHidden = useStore(chatUi, (state) => state.listHidden);
  useTarget('chat', ({ conversationId }) => {
    if (conversationId !== undefined) chat.select(conversationId);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // What is open above the chat (a menu, a dialog, an edited question) takes Escape for itself.
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      void chat.stop();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  return (
    <SplitPane
      id="chat"
      label="Conversations"
      pane={listHidden ? null : <ConversationList />}
      initial={240}
      min={176}
      max={420}
    >
      <ConversationPane />
    </SplitPane>
  );
}
