import { ArrowDown } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { createNearSight, NearSightContext } from '../ui/near-sight.ts';
import { Scrolling } from '../ui/scrolling.tsx';
import { showElement } from '../ui/show-range.ts';
import { chat, chatUi } from './chat-instance.ts';
import { elementOf, followLead } from './find-in-conversation.ts';
import { goToStart } from './go-to-start.ts';
import { SoughtWords } from './markdown/across-marks.ts';
import { MessageItem } from './message-item.tsx';
import styles from './message-list.module.css';
import type { PathEntry } from './message-tree.ts';
import { ReplyAnnouncer } from './reply-announcer.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

/** Goes to the message that was navigated to. */
function useLead(conversationId: string, letGo: () => void): void {
  const thread = useStore(chat, (state) => state.threads.get(conversationId));
  const lead = useStore(chatUi, (state) => state.lead);
  const ledTo = useStore(chatUi, (state) => state.ledTo);
  useEffect(() => {
    if (lead !== null && thread !== undefined) followLead(conversationId, thread);
  }, [conversationId, lead, thread]);
  const shown = thread?.path.some(({ id }) => id === ledTo) === true ? ledTo : null;
  useEffect(() => {
    const element = shown === null ? null : elementOf(shown);
    if (element === null) return;
    letGo();
    // If the find bar is open, it goes to the words in the message instead.
    if (chatUi.getState().find === null) showElement(element);
  }, [shown, letGo]);
}

interface MessageListProps {
  readonly conversationId: string;
  readonly path: readonly PathEntry[];
}

/** This many messages at the end are always drawn. */
const DRAWN_AT_ONCE = 4;

/**
 * All messages of the displayed branch; those far from the view are undrawn text. Follows the end of a reply only while
 * the reader is there.
 */
export function MessageList({ conversationId, path }: MessageListProps) {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd, letGo } = useStickToEnd(scrollRef, contentRef);
  useLead(conversationId, letGo);
  const [sight] = useState(createNearSight);
  // Deferred, so that drawing for it happens between frames.
  const sought = useDeferredValue(
    useStore(chatUi, ({ find }) => (find?.conversationId === conversationId ? find.query : '')),
  );
  useEffect(() => (scrollRef.current === null ? undefined : sight.attach(scrollRef.current)), [sight]);
  const leafId = path.at(-1)?.id ?? null;
  const writing = useStore(
    chat,
    (state) => leafId !== null && state.threads.get(conversationId)?.messages.get(leafId)?.status === 'streaming',
  );

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Home' || event.target !== event.currentTarget || event.shiftKey) return;
    event.preventDefault();
    letGo();
    goToStart(event.currentTarget);
  };

  // Always goes to a new question or reply of the user's.
  useEffect(() => {
    if (writing) toEnd();
  }, [writing, toEnd]);

  return (
    <div className={styles.frame}>
      <Scrolling as="section" ref={scrollRef} className={styles.scroll} aria-label="Messages" onKeyDown={onKeyDown}>
        <div ref={contentRef} className={styles.content}>
          <NearSightContext value={sight}>
            <SoughtWords value={sought}>
              {path.map(({ id, siblings }, place) => (
                <MessageItem
                  key={id}
                  conversationId={conversationId}
                  id={id}
                  siblings={siblings}
                  last={place === path.length - 1}
                  atOnce={place >= path.length - DRAWN_AT_ONCE}
                />
              ))}
            </SoughtWords>
          </NearSightContext>
        </div>
      </Scrolling>
      {!atEnd && (
        <Button className={styles.latest} size="small" icon={<ArrowDown />} onClick={toEnd}>
          Jump to latest
        </Button>
      )}
      <ReplyAnnouncer conversationId={conversationId} leafId={leafId} />
    </div>
  );
}
