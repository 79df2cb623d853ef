import { Copy, Ellipsis, MessagesSquare, PanelLeft, Pencil, Search, Trash2 } from 'lucide-react';
import { lazy, Suspense, useRef } from 'react';
import { useStore } from 'zustand';
import { hasPagePictures } from '../../../shared/page-picture.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DetailSplit } from '../ui/detail-split.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Menu } from '../ui/menu.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { copyConversation, removeConversation } from './chat-actions.ts';
import { chat, chatUi, toggleList } from './chat-instance.ts';
import { ChatWelcome } from './chat-welcome.tsx';
import { Composer } from './composer.tsx';
import { ConversationFind } from './conversation-find.tsx';
import styles from './conversation-pane.module.css';
import { newConversationDraft } from './drafts.ts';
import { openFind } from './find-in-conversation.ts';
import { MessageList } from './message-list.tsx';
import { closeSidePane } from './side-pane.ts';

/** With the widgets that only it has, it would be a sixteenth of the first frame's script. */
const SidePaneView = lazy(async () => ({ default: (await import('./side-pane-view.tsx')).SidePaneView }));

/** The selected conversation: title, messages and composer, with an open text beside them. */
export function ConversationPane() {
  const key = useStore(chat, (state) => state.selectedId ?? newConversationDraft);
  const open = useStore(chatUi, (state) => state.sidePane);
  const shown = open?.beside === key ? open : null;
  const body = useRef<HTMLDivElement>(null);
  return (
    <DetailSplit
      id="file"
      label={shown?.kind === 'pasted' ? 'Pasted text' : 'File text'}
      pane={
        shown && (
          <Suspense>
            <SidePaneView pane={shown} />
          </Suspense>
        )
      }
      wide={shown?.kind === 'file' && hasPagePictures(shown.attachment.format) && 'two'}
      onClose={closeSidePane}
    >
      <Header />
      <ConversationFind within={body} />
      <div ref={body} style={{ display: 'contents' }}>
        <Body />
      </div>
      <Composer />
    </DetailSplit>
  );
}

function Header() {
  const listHidden = useStore(chatUi, (state) => state.listHidden);
  const conversation = useStore(chat, (state) => state.conversations?.find(({ id }) => id === state.selectedId));
  const rename = () => {
    if (chatUi.getState().listHidden) toggleList();
    chatUi.setState({ renamingId: conversation?.id ?? null });
  };
  return (
    <header className={styles.header}>
      <IconButton
        label={listHidden ? 'Show conversations' : 'Hide conversations'}
        shortcut="Mod+B"
        icon={<PanelLeft />}
        aria-expanded={!listHidden}
        side="bottom"
        onClick={toggleList}
      />
      <h1 className={styles.title} title={conversation?.title} dir={directionOf(conversation?.title ?? null)}>
        {conversation?.title ?? 'New chat'}
      </h1>
      {conversation !== undefined && (
        <Menu
          trigger={<IconButton label="Actions for this conversation" icon={<Ellipsis />} side="bottom" />}
          entries={[
            { label: 'Find…', icon: <Search />, shortcut: 'Mod+F', onSelect: () => requestAnimationFrame(openFind) },
            { label: 'Copy as Markdown', icon: <Copy />, onSelect: copyConversation },
            { label: 'Rename', icon: <Pencil />, onSelect: rename },
            null,
            { label: 'Delete', icon: <Trash2 />, danger: true, onSelect: () => void removeConversation(conversation) },
          ]}
        />
      )}
    </header>
  );
}

function Body() {
  const selectedId = useStore(chat, (state) => state.selectedId);
  const thread = useStore(chat, (state) =>
    state.selectedId === null ? undefined : state.threads.get(state.selectedId),
  );
  const problem = useStore(chat, (state) => state.openProblem);
  if (selectedId === null) return <ChatWelcome />;
  if (problem !== null) {
    return (
      <div className={styles.note}>
        <ErrorNote
          problem={problem}
          actions={
            <Button size="small" onClick={() => chat.reload()}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  if (thread === undefined) {
    return (
      <div className={styles.note}>
        <Skeleton lines={6} />
      </div>
    );
  }
  if (thread.path.length === 0) {
    return (
      <div className={styles.empty}>
        <EmptyState icon={<MessagesSquare />} title="No messages in this conversation" />
      </div>
    );
  }
  return <MessageList key={selectedId} conversationId={selectedId} path={thread.path} />;
}
