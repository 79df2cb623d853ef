import { ArrowDown } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { createNearSight, NearSightContext } from '../ui/near-sight.ts';
import { chat } from './chat-instance.ts';
import { MessageItem } from './message-item.tsx';
import styles from './message-list.module.css';
import type { PathEntry } from './message-tree.ts';
import { ReplyAnnouncer } from './reply-announcer.tsx';
import { useStickToEnd } from './use-stick-to-end.ts';

interface MessageListProps {
  readonly conversationId: string;
  readonly path: readonly PathEntry[];
}

/** Messages at the end that are drawn wherever the reader is. */
const DRAWN_AT_ONCE = 8;

/** The branch that is shown, all of it: what is not near is there as it was written. It follows the end of a reply only while the reader is at the end. */
export function MessageList({ conversationId, path }: MessageListProps) {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(scrollRef, contentRef);
  const [sight] = useState(createNearSight);
  useEffect(() => (scrollRef.current === null ? undefined : sight.attach(scrollRef.current)), [sight]);
  const leafId = path.at(-1)?.id ?? null;
  const writing = useStore(
    chat,
    (state) => leafId !== null && state.threads.get(conversationId)?.messages.get(leafId)?.status === 'streaming',
  );

  // A new question or reply of one's own is always gone to.
  useEffect(() => {
    if (writing) toEnd();
  }, [writing, toEnd]);

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which keys must reach */}
      <section ref={scrollRef} className={styles.scroll} aria-label="Messages" tabIndex={0}>
        <div ref={contentRef} className={styles.content}>
          <NearSightContext value={sight}>
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
          </NearSightContext>
        </div>
      </section>
      {!atEnd && (
        <Button className={styles.latest} size="small" icon={<ArrowDown />} onClick={toEnd}>
          Jump to latest
        </Button>
      )}
      <ReplyAnnouncer conversationId={conversationId} leafId={leafId} />
    </div>
  );
}
