import { Hourglass } from 'lucide-react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { Spinner } from '../ui/progress.tsx';
import { useSecondsLeft } from '../ui/seconds-left.ts';
import { chat } from './chat-instance.ts';
import styles from './message-item.module.css';
import { waitWords } from './reply-facts.ts';
import type { ReplyWait } from './reply-waits.ts';

/** Shown under a reply being written: what it is waiting for. */
export function ReplyProgress({ reply }: { readonly reply: Message }) {
  const wait = useStore(chat, (state) => state.waits.get(reply.id));
  if (reply.content !== '') return <Doing words="Writing" />;
  if (reply.reasoning !== '') return <Doing words="Thinking" />;
  return wait === undefined ? <Doing words="Waiting for the first words" /> : <Countdown wait={wait} />;
}

function Doing({ words }: { readonly words: string }) {
  return (
    <span className={styles.facts}>
      <Spinner />
      {words}
    </span>
  );
}

/** A component of its own, so that each second renders only this line. */
function Countdown({ wait }: { readonly wait: ReplyWait }) {
  const seconds = useSecondsLeft(wait.until);
  return (
    <span className={styles.wait} data-selectable>
      <Hourglass aria-hidden />
      <span>{waitWords(wait, seconds)}</span>
    </span>
  );
}
