import { CircleAlert, ClipboardPaste, FileMinus, FileText, TriangleAlert, X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import type { Attachment } from '../../../shared/chat-data.ts';
import { missingPagesWords, withoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import { MiddleCut } from '../ui/middle-cut.tsx';
import { Spinner } from '../ui/progress.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { fileWords, lengthWords } from './attachment-words.ts';
import type { DraftFile } from './draft-files.ts';
import styles from './file-chip.module.css';
import { openFile } from './side-pane.ts';

/** A wrapping row of files. */
export function FileChips({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <ul className={styles.chips} aria-label={label}>
      {children}
    </ul>
  );
}

interface ChipProps {
  readonly onRemove?: (() => void) | undefined;
}

/** Missing pages are named: whoever reads the conversation later has to know of them. */
function noted(notes: readonly ReadingNote[]): string {
  const missing = missingPagesWords(notes);
  if (missing === null) return formatCount(notes.length, 'note');
  return notes.length === 1 ? missing : `${missing}, ${formatCount(notes.length - 1, 'more note')}`;
}

interface FileChipProps extends ChipProps {
  readonly attachment: Attachment;
  readonly sent?: boolean;
  readonly onOpen: () => void;
}

/** A file that was read. */
export function FileChip({ attachment, sent = false, onOpen, onRemove }: FileChipProps) {
  const { name, notes } = attachment;
  const facts = sent ? fileWords(attachment) : `${formatBytes(attachment.bytes)} · ${lengthWords(attachment)}`;
  return (
    <Frame name={name} onRemove={onRemove}>
      <button type="button" className={styles.open} title={[name, ...notes.map(noteWords)].join('\n')} onClick={onOpen}>
        <FileText className={styles.icon} aria-hidden />
        <span className={styles.words}>
          <MiddleCut className={styles.name} text={name} />
          <span className={styles.facts}>
            {facts}
            {notes.length > 0 && (
              <span className={styles.notes}>
                <TriangleAlert aria-hidden />
                {noted(notes)}
              </span>
            )}
          </span>
        </span>
      </button>
    </Frame>
  );
}

interface DraftFileChipProps {
  readonly file: DraftFile;
  readonly onReadWithoutPages: () => void;
  readonly onRemove: () => void;
}

/** A file in the composer, in any state. */
export function DraftFileChip({ file, onReadWithoutPages, onRemove }: DraftFileChipProps) {
  if (file.state === 'read') {
    const { attachment } = file;
    return <FileChip attachment={attachment} onOpen={() => openFile(attachment, null)} onRemove={onRemove} />;
  }
  const { name, bytes } = file;
  const withoutPages = file.state === 'failed' ? withoutPagesLabel(file.problem) : null;
  return (
    <Frame name={name} onRemove={onRemove} failed={file.state === 'failed'}>
      <div className={styles.still} title={name}>
        {file.state === 'reading' ? <Spinner /> : <CircleAlert className={styles.icon} aria-hidden />}
        <span className={styles.words}>
          <MiddleCut className={styles.name} text={name} />
          <span className={styles.facts}>
            {file.state === 'reading'
              ? `${bytes === null ? '' : `${formatBytes(bytes)} · `}Reading`
              : problemSentence(file.problem)}
          </span>
        </span>
      </div>
      {withoutPages !== null && (
        <Button size="small" icon={<FileMinus />} className={styles.choice} onClick={onReadWithoutPages}>
          {withoutPages}
        </Button>
      )}
    </Frame>
  );
}

interface PastedTextChipProps {
  readonly text: string;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
}

/** A pasted text too long for the field, shown by its beginning. */
export function PastedTextChip({ text, onOpen, onRemove }: PastedTextChipProps) {
  return (
    <Frame name="the pasted text" onRemove={onRemove}>
      <button type="button" className={styles.open} title="Read, edit or copy it" onClick={onOpen}>
        <ClipboardPaste className={styles.icon} aria-hidden />
        <span className={styles.words}>
          <span className={styles.name} dir={directionOf(text)}>
            {text.slice(0, 200).trim()}
          </span>
          <span className={styles.facts}>{`Pasted text, ${formatCount(text.length, 'character')}`}</span>
        </span>
      </button>
    </Frame>
  );
}

interface FrameProps extends ChipProps {
  readonly name: string;
  readonly failed?: boolean;
  readonly children: ReactNode;
}

function Frame({ name, failed = false, onRemove, children }: FrameProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    onRemove?.();
  };
  return (
    <li className={cx(styles.chip, failed && styles.failed)} onKeyDown={onKeyDown}>
      {children}
      {onRemove !== undefined && (
        <IconButton label={`Remove ${name}`} icon={<X />} size="small" className={styles.remove} onClick={onRemove} />
      )}
    </li>
  );
}
