import { CloudUpload } from 'lucide-react';
import { useMemo } from 'react';
import { useStore } from 'zustand';
import { settingsStore } from '../app/stores.ts';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { announcement, earlierFiles, leavingWords, whyFilesWait } from './attachment-words.ts';
import { focusComposer, replyLimit } from './chat-actions.ts';
import { chat, draftFiles, pastedTexts, replyOptions } from './chat-instance.ts';
import styles from './composer.module.css';
import { attachmentsOf, type DraftFile } from './draft-files.ts';
import { DraftFileChip, FileChips, PastedTextChip } from './file-chip.tsx';

interface ComposerFilesProps {
  readonly draftKey: string;
  readonly files: readonly DraftFile[];
  readonly pasted: string;
}

/** What must be dealt with stands where it is seen; the others keep the order in which they are sent. */
function failedFirst(files: readonly DraftFile[]): readonly DraftFile[] {
  return files.toSorted((a, b) => Number(b.state === 'failed') - Number(a.state === 'failed'));
}

/** The files and long pasted texts of the next message, what they wait for, and what of them leaves this machine. */
export function ComposerFiles({ draftKey, files, pasted }: ComposerFilesProps) {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  const thread = useStore(chat, (state) => state.threads.get(state.selectedId ?? ''));
  const earlier = useMemo(() => earlierFiles(thread), [thread]);
  // Another model may read more.
  useStore(replyOptions, (state) => state.chosen);
  const waits = whyFilesWait(files, replyLimit());
  const leaving = provider === undefined ? null : leavingWords(attachmentsOf(files), earlier, provider);
  const remove = (id: string) => {
    draftFiles.remove(draftKey, id);
    focusComposer();
  };
  const removePasted = () => {
    pastedTexts.set(draftKey, '');
    focusComposer();
  };
  return (
    <>
      <VisuallyHidden role="status">{`${announcement(files)} ${waits ?? leaving ?? ''}`}</VisuallyHidden>
      {(files.length > 0 || pasted !== '') && (
        <div className={styles.files}>
          <FileChips label="Files of your message">
            {failedFirst(files).map((file) => (
              <DraftFileChip key={file.id} file={file} onRemove={() => remove(file.id)} />
            ))}
            {pasted !== '' && <PastedTextChip text={pasted} onRemove={removePasted} />}
          </FileChips>
        </div>
      )}
      {(waits !== null || leaving !== null) && (
        <p className={styles.fileNote}>
          {waits === null && <CloudUpload aria-hidden />}
          {waits ?? leaving}
        </p>
      )}
    </>
  );
}
