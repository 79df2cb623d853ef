import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { MessageStatus } from '../../../shared/data.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { chat } from './chat-instance.ts';

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

/** Tells screen readers when a reply begins and ends, and not each word between. */
export function ReplyAnnouncer({ conversationId, leafId }: ReplyAnnouncerProps) {
  const status = useStore(chat, (state) =>
    leafId === null ? undefined : state.threads.get(conversationId)?.messages.get(leafId)?.status,
  );
  const [said, setSaid] = useState('');
  const heard = useRef(false);
  useEffect(() => {
    // A conversation that is opened at rest says nothing.
    if (status === 'streaming') heard.current = true;
    if (status !== undefined && heard.current) setSaid(words[status]);
  }, [status]);
  return <VisuallyHidden role="status">{said}</VisuallyHidden>;
}
