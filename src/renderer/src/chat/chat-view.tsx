import { useEffect } from 'react';
import { useStore } from 'zustand';
import { useTarget } from '../platform/navigation-store.ts';
import { matchesShortcut } from '../ui/shortcut.ts';
import { SplitPane } from '../ui/split-pane.tsx';
import { askAbout } from './chat-actions.ts';
import { chat, chatUi } from './chat-instance.ts';
import { ConversationList } from './conversation-list.tsx';
import { ConversationPane } from './conversation-pane.tsx';
import { leadTo, openFind } from './find-in-conversation.ts';

export function ChatView() {
  const listHidden = useStore(chatUi, (state) => state.listHidden);
  useTarget('chat', ({ conversationId, lead, attach }) => {
    if (attach !== undefined) void askAbout(attach);
    if (conversationId === undefined) return;
    if (lead !== undefined) leadTo(conversationId, lead);
    chat.select(conversationId);
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      // A menu, a dialog or an editor that is open handles its own keys.
      if (event.defaultPrevented || event.isComposing) return;
      if (event.key === 'Escape') void chat.stop();
      else if (matchesShortcut(event, 'Mod+F')) {
        event.preventDefault();
        openFind();
      }
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
