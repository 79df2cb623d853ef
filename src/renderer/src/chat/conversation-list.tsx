import { Pencil, SquarePen, Trash2, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Conversation } from '../../../shared/chat-data.ts';
import { hasEveryWord } from '../../../shared/fold-text.ts';
import { useTarget } from '../platform/navigation-store.ts';
import { useFoundMessages } from '../platform/use-found-messages.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { isEscape } from '../ui/input-method.ts';
import { Skeleton, Spinner } from '../ui/progress.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import type { RowMenu } from '../ui/row-menu.tsx';
import { matchesShortcut } from '../ui/shortcut.ts';
import { directionOf } from '../ui/text-direction.ts';
import { VirtualList } from '../ui/virtual-list.tsx';
import { focusComposer, newChat, removeConversation, renameConversation } from './chat-actions.ts';
import { chat, chatUi } from './chat-instance.ts';
import styles from './conversation-list.module.css';
import { leadTo } from './find-in-conversation.ts';
import { streamingReply } from './thread.ts';

/** How many conversations a search of messages finds, newest first. */
const MOST_FOUND = 200;

/** All conversations, newest first, filtered by words in their titles and messages. */
export function ConversationList() {
  const [query, setQuery] = useState('');
  const conversations = useStore(chat, (state) => state.conversations);
  const problem = useStore(chat, (state) => state.listProblem);
  // A conversation that was navigated to must be visible in the list.
  useTarget('chat', ({ conversationId }) => {
    const target = conversations?.find(({ id }) => id === conversationId);
    if (target !== undefined && !hasEveryWord(target.title, query)) setQuery('');
  });
  return (
    <>
      <header className={styles.header}>
        <div className={styles.search}>
          <input
            type="search"
            className={styles.filter}
            aria-label="Filter conversations by words in their titles and messages"
            placeholder="Search conversations"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (!isEscape(event.nativeEvent) || query === '') return;
              event.preventDefault();
              setQuery('');
            }}
          />
          {query !== '' && (
            <IconButton
              label="Clear the filter"
              icon={<X />}
              size="small"
              className={styles.clear}
              onClick={() => setQuery('')}
            />
          )}
        </div>
        <IconButton label="New chat" shortcut="Mod+N" icon={<SquarePen />} onClick={newChat} />
      </header>
      {problem !== null && (
        <div className={styles.padded}>
          <ErrorNote
            problem={problem}
            actions={
              <Button size="small" onClick={() => void chat.loadList()}>
                Try again
              </Button>
            }
          />
        </div>
      )}
      {conversations === null && problem === null && (
        <div className={styles.padded}>
          <Skeleton lines={5} />
        </div>
      )}
      {conversations !== null && (
        <Conversations conversations={conversations} query={query} onHidden={() => setQuery('')} />
      )}
    </>
  );
}

interface ConversationsProps {
  readonly conversations: readonly Conversation[];
  readonly query: string;
  /** The filter hides the conversation whose title is to be edited. */
  readonly onHidden: () => void;
}

function Conversations({ conversations, query, onHidden }: ConversationsProps) {
  const selectedId = useStore(chat, (state) => state.selectedId);
  const renamingId = useStore(chatUi, (state) => state.renamingId);
  const listRef = useRef<HTMLDivElement>(null);
  const found = useFoundMessages(query, MOST_FOUND);
  const inMessages = useMemo(() => new Map(found?.map((hit) => [hit.conversationId, hit.messageId])), [found]);
  const shown =
    query.trim() === ''
      ? conversations
      : conversations.filter(({ id, title }) => hasEveryWord(title, query) || inMessages.has(id));
  const renamed = shown.findIndex(({ id }) => id === renamingId);
  const isRenamedHidden = renamed === -1 && conversations.some(({ id }) => id === renamingId);
  const showAll = useEffectEvent(onHidden);
  useEffect(() => {
    if (isRenamedHidden) showAll();
  }, [isRenamedHidden]);
  if (conversations.length === 0) {
    return <p className={styles.nothing}>No conversations yet. They are kept here, on this machine.</p>;
  }
  if (shown.length === 0)
    return <p className={styles.nothing}>{found === null ? 'Searching the messages…' : 'Nothing matches.'}</p>;

  const onKey = (event: KeyboardEvent, index: number) => {
    const conversation = shown[index];
    if (conversation === undefined) return;
    if (event.key === 'F2') chatUi.setState({ renamingId: conversation.id });
    else if (matchesShortcut(event, 'Delete')) void removeConversation(conversation);
  };
  /** Shows the message that was found and marks its words with the find bar, which takes the focus. */
  const show = (index: number, words: string) => {
    const id = shown[index]?.id ?? null;
    const messageId = id === null ? undefined : inMessages.get(id);
    if (id !== null && messageId !== undefined) leadTo(id, { messageId, words });
    chat.select(id);
    return messageId !== undefined;
  };
  const renamedConversation = shown[renamed];
  const list = (
    <VirtualList
      label="Conversations"
      listRef={listRef}
      className={styles.list}
      count={shown.length}
      rowHeight={32}
      active={shown.findIndex(({ id }) => id === selectedId)}
      onActive={(index) => show(index, '')}
      onOpen={(index) => {
        const isMarked = show(index, query.trim());
        if (!isMarked) focusComposer();
      }}
      onKey={onKey}
      rowKey={(index) => shown[index]?.id ?? index}
      renderRow={(index) => <Row conversation={shown[index]} />}
      menu={(index) => rowMenu(shown[index])}
      over={
        renamedConversation === undefined
          ? null
          : {
              index: renamed,
              control: (
                <TitleInput
                  key={renamedConversation.id}
                  conversation={renamedConversation}
                  onDone={() => listRef.current?.focus({ preventScroll: true })}
                />
              ),
            }
      }
    />
  );
  if (query.trim() === '') return list;
  return (
    <>
      <p className={styles.shown} role="status">
        {formatNumber(shown.length)} of {formatCount(conversations.length, 'conversation')}
      </p>
      {list}
    </>
  );
}

function Row({ conversation }: { readonly conversation: Conversation | undefined }) {
  const writing = useStore(
    chat,
    (state) => conversation !== undefined && streamingReply(state.threads.get(conversation.id)) !== null,
  );
  if (conversation === undefined) return null;
  return (
    <div className={styles.row}>
      <span className={styles.title} title={conversation.title} dir={directionOf(conversation.title)}>
        {conversation.title}
      </span>
      <span className={styles.time}>
        {writing ? <Spinner label="A reply is being written" /> : <RelativeTime time={conversation.updatedAt} />}
      </span>
    </div>
  );
}

function rowMenu(conversation: Conversation | undefined): RowMenu | null {
  if (conversation === undefined) return null;
  return {
    label: `Actions for ${conversation.title}`,
    entries: [
      {
        label: 'Rename',
        icon: <Pencil />,
        shortcut: 'F2',
        focusAfter: () => document.querySelector('[data-title-input]'),
        onSelect: () => chatUi.setState({ renamingId: conversation.id }),
      },
      {
        label: 'Delete',
        icon: <Trash2 />,
        danger: true,
        shortcut: 'Delete',
        onSelect: () => void removeConversation(conversation),
      },
    ],
  };
}

interface TitleInputProps {
  readonly conversation: Conversation;
  /** Takes the focus back when the title was edited. */
  readonly onDone: () => void;
}

function TitleInput({ conversation, onDone }: TitleInputProps) {
  const [title, setTitle] = useState(conversation.title);
  const cancelled = useRef(false);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    // Keeps these keys from what is around it.
    event.stopPropagation();
    if (event.nativeEvent.isComposing || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    cancelled.current = event.key === 'Escape';
    // Leaving the field ends the renaming.
    onDone();
  };
  return (
    <input
      className={styles.rename}
      data-title-input
      aria-label="Title"
      value={title}
      maxLength={200}
      // biome-ignore lint/a11y/noAutofocus: the field replaces the row the user acted on
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTitle(event.target.value)}
      onKeyDown={onKeyDown}
      onBlur={() => void renameConversation(conversation, cancelled.current ? conversation.title : title)}
    />
  );
}
