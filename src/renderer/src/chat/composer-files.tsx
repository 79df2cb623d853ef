import { CloudUpload, Files } from 'lucide-react';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Attachment } from '../../../shared/chat-data.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { announcement, copiesWords, filesTooLong, leavingWords, whyFilesWait } from './attachment-words.ts';
import { askOfBatch, focusDraft, replyLimit } from './chat-actions.ts';
import { replyOptions } from './chat-instance.ts';
import styles from './composer.module.css';
import { attachmentsOf, type DraftFile } from './draft-files.ts';
import { DraftFileChip, FileChips, PastedTextChip } from './file-chip.tsx';
import { isWordless, type MessageDraft, wordsOf } from './message-draft.ts';
import { openPastedText } from './side-pane.ts';
import { useDraft } from './use-draft.ts';

interface ComposerFilesProps {
  readonly draft: MessageDraft;
  /** The accessible name of the list. */
  readonly label: string;
  readonly files: readonly DraftFile[];
  readonly pasted: string;
  /** Files of earlier questions, which are sent again. */
  readonly earlier: readonly Attachment[];
}

/** Puts failed files first, where they are seen; the others keep the order in which they are sent. */
function failedFirst(files: readonly DraftFile[]): readonly DraftFile[] {
  return files.toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
}

/** The files and long pasted texts of a message, what they wait for, and which of them leave this machine. */
export function ComposerFiles({ draft, label, files, pasted, earlier }: ComposerFilesProps) {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  // Renders again when another model is chosen, whose limit may differ.
  useStore(replyOptions, (state) => state.chosen);
  const waits = whyFilesWait(files, replyLimit());
  const tooLong = filesTooLong(files, replyLimit());
  const words = useDraft(draft);
  const leaving = provider === undefined ? null : leavingWords(attachmentsOf(files), earlier, provider);
  const list = useNewestInSight(draft.key, files, pasted !== '');
  const remove = (id: string) => {
    draft.drafts.files.remove(draft.key, id);
    focusDraft(draft);
  };
  const readWithoutPages = (id: string) => {
    void draft.drafts.files.readWithoutPages(id);
    focusDraft(draft);
  };
  const removeFailed = () => {
    draft.drafts.files.removeFailed(draft.key);
    focusDraft(draft);
  };
  const copies = copiesWords(files);
  const removeCopies = () => {
    draft.drafts.files.removeCopies(draft.key);
    focusDraft(draft);
  };
  const failed = files.filter(({ state }) => state === 'failed').length;
  const removePasted = () => {
    draft.drafts.pasted.set(draft.key, '');
    focusDraft(draft);
  };
  return (
    <>
      <VisuallyHidden role="status">{`${announcement(files)} ${copies ?? ''} ${waits ?? leaving ?? ''}`}</VisuallyHidden>
      {(files.length > 0 || pasted !== '') && (
        <div ref={list} className={styles.files}>
          <FileChips label={label}>
            {failedFirst(files).map((file) => (
              <DraftFileChip
                key={file.id}
                file={file}
                onReadWithoutPages={() => readWithoutPages(file.id)}
                onRemove={() => remove(file.id)}
              />
            ))}
            {pasted !== '' && (
              <PastedTextChip text={pasted} onOpen={() => openPastedText(draft)} onRemove={removePasted} />
            )}
          </FileChips>
        </div>
      )}
      {copies !== null && (
        <p className={styles.fileNote}>
          <Files aria-hidden />
          <span>{copies}</span>
          <Button size="small" onClick={removeCopies}>
            Keep one
          </Button>
        </p>
      )}
      {(waits !== null || leaving !== null) && (
        <p className={styles.fileNote}>
          {waits === null && <CloudUpload aria-hidden />}
          <span>{waits ?? leaving}</span>
          {tooLong.length > 0 && (
            <Button
              size="small"
              icon={<Files />}
              disabled={isWordless(words)}
              title={isWordless(words) ? 'Write your question first' : 'A batch reads a long file in parts, to its end'}
              onClick={() => void askOfBatch(wordsOf(words).content, tooLong)}
            >
              Ask it of a batch
            </Button>
          )}
          {failed > 0 && (
            <Button size="small" onClick={removeFailed}>
              {failed === 1 ? 'Remove it' : `Remove all ${formatNumber(failed)}`}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

/**
 * Keeps the file that was added or failed last in sight, if a small window cannot show all: what the other files say of
 * themselves changes their height. A list that was scrolled by hand stays where it is.
 */
function useNewestInSight(
  key: string,
  files: readonly DraftFile[],
  hasPasted: boolean,
): RefObject<HTMLDivElement | null> {
  const list = useRef<HTMLDivElement>(null);
  const now = {
    key,
    count: files.length + Number(hasPasted),
    failed: files.filter(({ state }) => state === 'failed').length,
  };
  const isShown = now.count > 0;
  const before = useRef(now);
  const shown = useRef<{ readonly edge: 'start' | 'end'; readonly top: number } | null>(null);
  useLayoutEffect(() => {
    const { key: keyBefore, count, failed } = before.current;
    before.current = now;
    if (keyBefore !== now.key) shown.current = null;
    else if (now.failed > failed) shown.current = scrollTo(list.current, 'start');
    else if (now.count > count) shown.current = scrollTo(list.current, 'end');
    else if (shown.current?.top === list.current?.scrollTop)
      shown.current = scrollTo(list.current, shown.current?.edge);
  });
  useLayoutEffect(() => {
    const { current } = list;
    if (!isShown || current === null) return undefined;
    const resized = new ResizeObserver(() => {
      if (shown.current?.top === current.scrollTop) shown.current = scrollTo(current, shown.current.edge);
    });
    resized.observe(current);
    for (const chips of current.children) resized.observe(chips);
    return () => resized.disconnect();
  }, [isShown]);
  return list;
}

/** @returns where that is; null if there is nothing to scroll. */
function scrollTo(list: HTMLElement | null, edge: 'start' | 'end' | undefined) {
  if (list === null || edge === undefined) return null;
  list.scrollTop = edge === 'start' ? 0 : list.scrollHeight;
  return { edge, top: list.scrollTop };
}
