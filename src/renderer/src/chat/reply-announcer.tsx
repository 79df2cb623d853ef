import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { MessageStatus } from '../../../shared/chat-data.ts';
import { secondsLeft } from '../ui/seconds-left.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { chat } from './chat-instance.ts';
import { waitWords } from './reply-facts.ts';

const words: Readonly<Record<MessageStatus, string>> = {
  streaming: 'The reply is being written.',
  done: 'The reply is complete.',
  stopped: 'The reply was stopped.',
  failed: 'The reply failed.',
  interrupted: 'The reply was interrupted.',
};

interface ReplyAnnouncerProps {
  readonly conversationId: string;
  readonly leafId: string | null;
}

/** Announces to screen readers when a reply starts, waits and ends, but not every word or second in between. */
export function ReplyAnnouncer({ conversationId, leafId }: ReplyAnnouncerProps) {
  const status = useStore(chat, (state) =>
    leafId === null ? undefined : state.threads.get(conversationId)?.messages.get(leafId)?.status,
  );
  const wait = useStore(chat, (state) => (leafId === null ? undefined : state.waits.get(leafId)));
  const [said, setSaid] = useState('');
  const heard = useRef(false);
  useEffect(() => {
    // Opening a conversation without a reply in progress announces nothing.
    if (status === 'streaming') heard.current = true;
    if (status === undefined || !heard.current) return;
    const waits = status === 'streaming' && wait !== undefined;
    setSaid(waits ? `${waitWords(wait, secondsLeft(wait.until))}.` : words[status]);
  }, [status, wait]);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
