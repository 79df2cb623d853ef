import { Pencil } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { cx } from '../ui/cx.ts';
import { formatCount } from '../ui/format.ts';
import { directionOf } from '../ui/text-direction.ts';
import { TextShell } from '../ui/text-shell.tsx';
import { beginEdit } from './chat-actions.ts';
import { chat } from './chat-instance.ts';
import { FileChip, FileChips } from './file-chip.tsx';
import styles from './message-item.module.css';
import { messageLabel } from './message-label.ts';
import { openFile } from './side-pane.ts';
import { streamingReply } from './thread.ts';
import { VersionSwitch } from './version-switch.tsx';

interface QuestionProps {
  readonly question: Message;
  readonly siblings: readonly string[];
}

/** The user's message, as plain text. */
export function Question({ question, siblings }: QuestionProps) {
  const writing = useStore(chat, (state) => streamingReply(state.threads.get(question.conversationId)) !== null);
  return (
    <article className={styles.question} aria-label={messageLabel(question.role, question.llm)}>
      {question.attachments.length > 0 && (
        <FileChips label="Attached files">
          {question.attachments.map((attachment) => (
            <FileChip
              key={attachment.id}
              attachment={attachment}
              sent
              onOpen={() => openFile(attachment, shownReplyTo(question))}
            />
          ))}
        </FileChips>
      )}
      <div className={styles.said}>
        <span className={styles.actions}>
          <CopyButton text={() => question.content} label="Copy message" />
          <IconButton
            label="Edit and ask again"
            icon={<Pencil />}
            size="small"
            disabled={writing}
            onClick={() => beginEdit(question)}
          />
        </span>
        {question.content !== '' && <Words text={question.content} />}
      </div>
      <VersionSwitch message={question} siblings={siblings} />
    </article>
  );
}

function shownReplyTo({ id, conversationId }: Message): string | null {
  const path = chat.getState().threads.get(conversationId)?.path ?? [];
  return path[path.findIndex((entry) => entry.id === id) + 1]?.id ?? null;
}

/** A longer text is probably a pasted document, so only its beginning is shown. */
const longText = 6_000;

function Words({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  // A match inside the collapsed part expands it.
  useEffect(() => {
    const unfold = () => setWhole(true);
    const element = root.current;
    element?.addEventListener('beforematch', unfold);
    return () => element?.removeEventListener('beforematch', unfold);
  }, []);
  const long = text.length > longText;
  return (
    <div ref={root} className={styles.bubble} dir={directionOf(text)} data-selectable>
      {long ? (
        <div className={cx(!whole && styles.folded)}>
          <TextShell text={text} />
        </div>
      ) : (
        text
      )}
      {long && (
        <Button
          size="small"
          variant="ghost"
          className={styles.unfold}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? 'Show less' : `Show all ${formatCount(text.length, 'character')}`}
        </Button>
      )}
    </div>
  );
}
