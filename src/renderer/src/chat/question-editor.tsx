import { Paperclip } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { isEscape } from '../ui/input-method.ts';
import { directionOf } from '../ui/text-direction.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { earlierFiles, whyFilesWait } from './attachment-words.ts';
import { focusComposer, giveUpEdit, pickAttachments, replyLimit, sendEdit } from './chat-actions.ts';
import { chat, edited } from './chat-instance.ts';
import styles from './composer.module.css';
import { ComposerFiles } from './composer-files.tsx';
import { isSendKey } from './keys.ts';
import { isLongText } from './long-field.ts';
import { isEmptyDraft } from './message-draft.ts';
import { useDraft, usePaste } from './use-draft.ts';

/** An editor in place of a question, to ask it with other words or other files. */
export function QuestionEditor({ question }: { readonly question: Message }) {
  const draft = useMemo(() => ({ drafts: edited, key: question.id }), [question.id]);
  const contents = useDraft(draft);
  const { text, pasted, files } = contents;
  const onPaste = usePaste(draft);
  const thread = useStore(chat, (state) => state.threads.get(question.conversationId));
  const earlier = useMemo(() => earlierFiles(thread, question.id), [thread, question.id]);
  const field = useRef<HTMLTextAreaElement>(null);
  // Only once, so that returning from the files leaves the caret where it was.
  useEffect(() => field.current?.setSelectionRange(field.current.value.length, field.current.value.length), []);
  const close = () => {
    giveUpEdit();
    focusComposer();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      void sendEdit(question);
    } else if (isEscape(event.nativeEvent)) {
      // Otherwise the window would stop the current reply.
      event.preventDefault();
      close();
    }
  };
  return (
    <article className={cx(styles.box, styles.editor)} aria-label="Edit your message">
      <ComposerFiles
        draft={draft}
        label="Files in the edited message"
        files={files}
        pasted={pasted}
        earlier={earlier}
      />
      <textarea
        dir={directionOf(text)}
        ref={field}
        data-editor
        className={cx(styles.field, isLongText(text) && styles.long)}
        aria-label="Your message"
        value={text}
        // biome-ignore lint/a11y/noAutofocus: the field replaces the message the user acted on
        autoFocus
        onChange={(event) => edited.texts.set(question.id, event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div className={styles.tools}>
        <IconButton
          label="Attach files"
          shortcut="Mod+U"
          icon={<Paperclip />}
          onClick={() => void pickAttachments(draft)}
        />
        <span className={styles.hint}>The old version is kept.</span>
        <Button size="small" variant="ghost" onClick={close}>
          Cancel
        </Button>
        <Button
          size="small"
          variant="primary"
          disabled={isEmptyDraft(contents) || whyFilesWait(files, replyLimit()) !== null}
          onClick={() => void sendEdit(question)}
        >
          Ask again
        </Button>
      </div>
      <VisuallyHidden>Enter asks again, Escape cancels.</VisuallyHidden>
    </article>
  );
}
