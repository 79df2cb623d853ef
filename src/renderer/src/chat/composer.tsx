import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Message } from '../../../shared/chat-data.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { earlierFiles, whyFilesWait } from './attachment-words.ts';
import { beginEdit, focusComposer, pickAttachments, replyLimit, sendDraft } from './chat-actions.ts';
import { chat, composed } from './chat-instance.ts';
import styles from './composer.module.css';
import { ComposerFiles } from './composer-files.tsx';
import { newConversationDraft } from './drafts.ts';
import { isSendKey } from './keys.ts';
import { isLongText } from './long-field.ts';
import { isEmptyDraft } from './message-draft.ts';
import { ReplyOptionsButton } from './reply-options-button.tsx';
import { streamingReply } from './thread.ts';
import { useDraft, usePaste } from './use-draft.ts';

/** The field for the next message. A draft stays with its conversation, even after a restart. */
export function Composer() {
  const key = useStore(chat, (state) => state.selectedId ?? newConversationDraft);
  const draft = useMemo(() => ({ drafts: composed, key }), [key]);
  const contents = useDraft(draft);
  const { text, pasted, files } = contents;
  const onPaste = usePaste(draft);
  const thread = useStore(chat, (state) => state.threads.get(state.selectedId ?? ''));
  const earlier = useMemo(() => earlierFiles(thread), [thread]);
  const writing = useStore(chat, (state) => streamingReply(state.threads.get(state.selectedId ?? '')) !== null);
  const problem = useStore(chat, (state) => state.sendProblem);
  const nothing = isEmptyDraft(contents);
  const field = useRef<HTMLTextAreaElement>(null);
  // The text of a message sent while a reply was still being written.
  const [tooEarly, setTooEarly] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: must run when another conversation is shown
  useEffect(() => {
    // Leaves the focus in a list that is used with the keyboard.
    if (document.activeElement === null || document.activeElement === document.body) field.current?.focus();
  }, [key]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      if (!writing) void sendDraft();
      else if (!nothing) setTooEarly(text);
    } else if (event.key === 'ArrowUp' && text === '' && nothing && !writing) {
      const question = lastQuestion();
      if (question === undefined) return;
      event.preventDefault();
      beginEdit(question);
    }
  };
  return (
    <div className={styles.area}>
      {problem !== null && (
        <div className={styles.problem}>
          <ErrorNote
            problem={problem}
            actions={
              <Button size="small" variant="ghost" onClick={() => chat.dismissSendProblem()}>
                Dismiss
              </Button>
            }
          />
        </div>
      )}
      <p className={styles.early} role="status">
        {writing &&
          tooEarly === text &&
          'Not sent yet: the reply is still being written. Press Enter when it is done, or Esc to stop it.'}
      </p>
      <div className={styles.box}>
        <ComposerFiles draft={draft} label="Files in your message" files={files} pasted={pasted} earlier={earlier} />
        <textarea
          dir={directionOf(text)}
          ref={field}
          data-composer
          className={cx(styles.field, isLongText(text) && styles.long)}
          aria-label="Message"
          placeholder="Write a message"
          rows={1}
          value={text}
          onChange={(event) => composed.texts.set(key, event.target.value)}
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
          <ReplyOptionsButton />
          <Destination />
          {writing ? (
            <IconButton
              label="Stop"
              shortcut="Esc"
              icon={<Square className={styles.stop} />}
              variant="secondary"
              onClick={() => {
                void chat.stop();
                focusComposer();
              }}
            />
          ) : (
            <IconButton
              label="Send"
              shortcut="Enter"
              icon={<ArrowUp />}
              variant="primary"
              disabled={nothing || whyFilesWait(files, replyLimit()) !== null}
              onClick={() => {
                void sendDraft();
                focusComposer();
              }}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/** Says where messages go, before any is sent. */
function Destination() {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  return (
    <span className={styles.destination}>
      {provider !== undefined && (provider.local ? 'Stays on this machine' : `Goes to ${provider.host}`)}
    </span>
  );
}

function lastQuestion(): Message | undefined {
  const { selectedId, threads } = chat.getState();
  const thread = threads.get(selectedId ?? '');
  return thread?.path.flatMap(({ id }) => thread.messages.get(id) ?? []).findLast(({ role }) => role === 'user');
}
