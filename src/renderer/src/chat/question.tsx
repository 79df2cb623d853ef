import { Pencil } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/data.ts';
import { settingsStore } from '../app/stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { cx } from '../ui/cx.ts';
import { formatCount } from '../ui/format.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { leavingWords } from './attachment-words.ts';
import { currentOptions, focusComposer } from './chat-actions.ts';
import { chat, chatUi } from './chat-instance.ts';
import { FileChip, FileChips } from './file-chip.tsx';
import { isSendKey } from './keys.ts';
import { isLongText } from './long-field.ts';
import styles from './message-item.module.css';
import { streamingReply } from './thread.ts';
import { VersionSwitch } from './version-switch.tsx';

interface QuestionProps {
  readonly question: Message;
  readonly siblings: readonly string[];
}

/** What the user wrote, as it was written. */
export function Question({ question, siblings }: QuestionProps) {
  const writing = useStore(chat, (state) => streamingReply(state.threads.get(question.conversationId)) !== null);
  return (
    <article className={styles.question} aria-label="Your message">
      <div className={styles.said}>
        <span className={styles.actions}>
          <CopyButton text={() => question.content} label="Copy message" />
          <IconButton
            label="Edit and ask again"
            icon={<Pencil />}
            size="small"
            disabled={writing}
            onClick={() => chatUi.setState({ editingId: question.id })}
          />
        </span>
        <div className={styles.asked}>
          {question.attachments.length > 0 && (
            <FileChips label="Attached files">
              {question.attachments.map((attachment) => (
                <FileChip key={attachment.id} attachment={attachment} sent />
              ))}
            </FileChips>
          )}
          {question.content !== '' && <Words text={question.content} />}
        </div>
      </div>
      <VersionSwitch message={question} siblings={siblings} />
    </article>
  );
}

/** More than this is a pasted document: its beginning tells which. */
const longText = 6_000;
const shownOfLong = 700;

function Words({ text }: { readonly text: string }) {
  const [whole, setWhole] = useState(false);
  const cut = text.length > longText && !whole;
  return (
    <div className={styles.bubble} data-selectable>
      {cut ? `${text.slice(0, shownOfLong).trimEnd()}…` : text}
      {text.length > longText && (
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

export function QuestionEditor({ question }: { readonly question: Message }) {
  const [text, setText] = useState(question.content);
  const [files, setFiles] = useState(question.attachments);
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  const leaving = provider === undefined ? null : leavingWords(files, [], provider);
  const empty = text.trim() === '' && files.length === 0;
  const close = () => {
    chatUi.setState({ editingId: null });
    focusComposer();
  };
  const send = () => {
    if (empty) return;
    close();
    void chat.edit(question, { content: text, attachments: files }, currentOptions());
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      send();
    } else if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // Not for the window, which would stop a reply by it.
      event.preventDefault();
      close();
    }
  };
  return (
    <article className={styles.editor} aria-label="Edit your message">
      <textarea
        className={cx(styles.edited, isLongText(text) && styles.long)}
        aria-label="Your message"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: it takes the place of the message that was acted on
        autoFocus
        onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {files.length > 0 && (
        <FileChips label="Files of your message">
          {files.map((attachment) => (
            <FileChip
              key={attachment.id}
              attachment={attachment}
              onRemove={() => setFiles(files.filter(({ id }) => id !== attachment.id))}
            />
          ))}
        </FileChips>
      )}
      <div className={styles.editorFoot}>
        <span className={styles.hint}>{leaving ?? 'The old version and its replies are kept.'}</span>
        <Button size="small" variant="ghost" onClick={close}>
          Cancel
        </Button>
        <Button size="small" variant="primary" disabled={empty} onClick={send}>
          Ask again
        </Button>
      </div>
      <VisuallyHidden>Enter asks again, Escape cancels.</VisuallyHidden>
    </article>
  );
}
