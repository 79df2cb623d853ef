import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { settingsStore } from '../app/stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { whyFilesWait } from './attachment-words.ts';
import { addPastedText, attachFiles, pickAttachments, replyLimit, sendDraft } from './chat-actions.ts';
import { chat, chatUi, draftFiles, drafts, pastedTexts } from './chat-instance.ts';
import styles from './composer.module.css';
import { ComposerFiles } from './composer-files.tsx';
import type { DraftFile } from './draft-files.ts';
import { newConversationDraft } from './drafts.ts';
import { isSendKey } from './keys.ts';
import { isLongText } from './long-field.ts';
import { ReplyOptionsButton } from './reply-options-button.tsx';
import { streamingReply } from './thread.ts';

const noFiles: readonly DraftFile[] = [];

/** Where the next message is written. What is typed stays with its conversation, over restarts too. */
export function Composer() {
  const key = useStore(chat, (state) => state.selectedId ?? newConversationDraft);
  const text = useStore(drafts, (state) => state.drafts[key] ?? '');
  const pasted = useStore(pastedTexts, (state) => state.drafts[key] ?? '');
  const files = useStore(draftFiles, (state) => state.files[key] ?? noFiles);
  const writing = useStore(chat, (state) => streamingReply(state.threads.get(state.selectedId ?? '')) !== null);
  const problem = useStore(chat, (state) => state.sendProblem);
  const nothing = pasted === '' && files.length === 0 && text.trim() === '';
  const field = useRef<HTMLTextAreaElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation is shown
  useEffect(() => {
    // Not taken from a list that is walked through by keys.
    if (document.activeElement === null || document.activeElement === document.body) field.current?.focus();
  }, [key]);

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (isSendKey(event.nativeEvent)) {
      event.preventDefault();
      if (!writing) void sendDraft();
    } else if (event.key === 'ArrowUp' && text === '' && nothing && !writing) {
      const question = lastQuestionId();
      if (question === null) return;
      event.preventDefault();
      chatUi.setState({ editingId: question });
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
      <div className={styles.box}>
        <ComposerFiles draftKey={key} files={files} pasted={pasted} />
        <textarea
          ref={field}
          data-composer
          className={cx(styles.field, isLongText(text) && styles.long)}
          aria-label="Message"
          placeholder="Write a message"
          rows={1}
          value={text}
          onChange={(event) => drafts.set(key, event.target.value)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className={styles.tools}>
          <IconButton
            label="Attach files"
            shortcut="Mod+U"
            icon={<Paperclip />}
            onClick={() => void pickAttachments()}
          />
          <ReplyOptionsButton />
          <Destination />
          {writing ? (
            <IconButton
              label="Stop"
              shortcut="Esc"
              icon={<Square className={styles.stop} />}
              variant="secondary"
              onClick={() => void chat.stop()}
            />
          ) : (
            <IconButton
              label="Send"
              shortcut="Enter"
              icon={<ArrowUp />}
              variant="primary"
              disabled={nothing || whyFilesWait(files, replyLimit()) !== null}
              onClick={() => void sendDraft()}
            />
          )}
        </div>
      </div>
    </div>
  );
}

/**
 * Pasted files are attached, and a long text stands above the field. Programs that copy text often add a picture of
 * it; there the text is meant.
 */
function onPaste(event: ClipboardEvent): void {
  const { files, types } = event.clipboardData;
  const text = event.clipboardData.getData('text/plain');
  if (files.length > 0 && !types.includes('text/html')) void attachFiles([...files]);
  else if (isLongText(text)) addPastedText(text);
  else return;
  event.preventDefault();
}

/** Where the text goes, said before it goes. */
function Destination() {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  return (
    <span className={styles.destination}>
      {provider !== undefined && (provider.local ? 'Stays on this machine' : `Goes to ${provider.host}`)}
    </span>
  );
}

function lastQuestionId(): string | null {
  const { selectedId, threads } = chat.getState();
  const thread = selectedId === null ? undefined : threads.get(selectedId);
  return thread?.path.findLast(({ id }) => thread.messages.get(id)?.role === 'user')?.id ?? null;
}
