import { memo, use, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { cx } from '../ui/cx.ts';
import { Failsafe } from '../ui/failsafe.tsx';
import { useNearSight } from '../ui/near-sight.ts';
import { guessHeightPx } from '../ui/text-chunks.ts';
import { directionOf } from '../ui/text-direction.ts';
import { TextShell } from '../ui/text-shell.tsx';
import { chat, chatUi } from './chat-instance.ts';
import { SoughtWords, standAcrossMarks } from './markdown/across-marks.ts';
import styles from './message-item.module.css';
import { messageLabel } from './message-label.ts';
import { Question } from './question.tsx';
import { QuestionEditor } from './question-editor.tsx';
import { Reply } from './reply.tsx';
import { NotLaidOut } from './reply-text.tsx';

interface MessageItemProps {
  readonly conversationId: string;
  readonly id: string;
  readonly siblings: readonly string[];
  /** The last message of the branch. */
  readonly last: boolean;
  /** Draw it even if it is far from the view. */
  readonly atOnce: boolean;
}

/** Reads its own message, so that a growing reply renders nothing but itself. */
export const MessageItem = memo(function MessageItem({ conversationId, id, siblings, last, atOnce }: MessageItemProps) {
  const message = useStore(chat, (state) => state.threads.get(conversationId)?.messages.get(id));
  const root = useRef<HTMLDivElement>(null);
  const sought = use(SoughtWords);
  const content = message?.content ?? '';
  const toBeFound = useMemo(() => standAcrossMarks(content, sought), [content, sought]);
  const near = useNearSight(root, atOnce || toBeFound);
  const led = useStore(chatUi, (state) => state.ledTo === id);
  if (message === undefined) return null;
  return (
    <div
      ref={root}
      className={cx(styles.item, led && styles.led)}
      aria-current={led || undefined}
      data-find-part
      data-message={id}
    >
      <Failsafe of={message} fallback={() => <Broken message={message} />}>
        {near ? <Drawn message={message} siblings={siblings} last={last} /> : <Undrawn message={message} />}
      </Failsafe>
    </div>
  );
}, isSameItem);

interface DrawnProps extends Pick<MessageItemProps, 'siblings' | 'last'> {
  readonly message: Message;
}

function Drawn({ message, siblings, last }: DrawnProps) {
  const editing = useStore(chatUi, (state) => state.editingId === message.id);
  if (message.role === 'assistant') return <Reply reply={message} siblings={siblings} last={last} />;
  return editing ? <QuestionEditor question={message} /> : <Question question={message} siblings={siblings} />;
}

/** A message far from the view: it can be found, selected and read aloud, but its controls are not drawn. */
function Undrawn({ message: { role, content, llm } }: { readonly message: Message }) {
  return (
    <article
      className={role === 'assistant' ? styles.reply : styles.question}
      aria-label={messageLabel(role, llm)}
      style={{ containIntrinsicBlockSize: `auto ${guessHeightPx(content) + AROUND_PX}px` }}
      data-selectable
    >
      <div className={styles.plain} dir={directionOf(content)}>
        <TextShell text={content} />
      </div>
    </article>
  );
}

/** A message that cannot be drawn. Its text is there to be read, and the others are as they were. */
function Broken({ message: { role, content, llm } }: { readonly message: Message }) {
  return (
    <article className={styles.reply} aria-label={messageLabel(role, llm)}>
      <NotLaidOut text={content} />
    </article>
  );
}

/** Approximate height of everything around the text. */
const AROUND_PX = 60;

/** The branch is recomputed for each message, so lists of versions are new objects with the same ids. */
function isSameItem(before: MessageItemProps, after: MessageItemProps): boolean {
  return (
    before.conversationId === after.conversationId &&
    before.id === after.id &&
    before.last === after.last &&
    before.atOnce === after.atOnce &&
    before.siblings.length === after.siblings.length &&
    before.siblings.every((id, place) => id === after.siblings[place])
  );
}
