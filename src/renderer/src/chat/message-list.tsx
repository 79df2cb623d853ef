import { ArrowDown } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { Button } from '../ui/button.tsx';
import { chat } from './chat-instance.ts';
import { MessageItem } from './message-item.tsx';
import styles from './message-list.module.css';
import type { PathEntry } from './message-tree.ts';
import { ReplyAnnouncer } from './reply-announcer.tsx';
import { useMountedRange } from './use-mounted-range.ts';
import { useStickToEnd } from './use-stick-to-end.ts';

interface MessageListProps {
  readonly conversationId: string;
  readonly path: readonly PathEntry[];
}

/** The branch that is shown. It follows the end of a reply only while the reader is at the end. */
export function MessageList({ conversationId, path }: MessageListProps) {
  const scrollRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const sentinelRef = useRef<HTMLDivElement>(null);
  const { atEnd, toEnd } = useStickToEnd(scrollRef, contentRef);
  const { start, trim } = useMountedRange(path.length, scrollRef, sentinelRef);
  const leafId = path.at(-1)?.id ?? null;
  const writing = useStore(
    chat,
    (state) => leafId !== null && state.threads.get(conversationId)?.messages.get(leafId)?.status === 'streaming',
  );

  // A new question or reply of one's own is always gone to.
  useEffect(() => {
    if (writing) toEnd();
  }, [writing, toEnd]);
  useEffect(() => {
    if (atEnd) trim();
  }, [atEnd, trim]);

  return (
    <div className={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, which keys must reach */}
      <section ref={scrollRef} className={styles.scroll} aria-label="Messages" tabIndex={0}>
        <div ref={contentRef} className={styles.content}>
          <div ref={sentinelRef} />
          {path.slice(start).map((entry, place) => (
            <MessageItem
              key={entry.id}
              conversationId={conversationId}
              id={entry.id}
              siblings={entry.siblings}
              last={start + place === path.length - 1}
            />
          ))}
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
