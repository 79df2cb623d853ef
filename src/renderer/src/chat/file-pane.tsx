import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Attachment } from '../../../shared/chat-data.ts';
import type { RouteResult } from '../../../shared/contract.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { request } from '../platform/bridge.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Findable } from '../ui/findable.tsx';
import { formatBytes, formatNumber } from '../ui/format.ts';
import { isMonospaced, LongText } from '../ui/long-text.tsx';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { lengthWords } from './attachment-words.ts';
import styles from './file-pane.module.css';
import { findQuotation, type Quotation } from './quotation.ts';

/** Formats that people know by their letters. */
const named: ReadonlySet<string | null> = new Set(['pdf', 'docx', 'xlsx', 'ods', 'pptx', 'odp', 'odt']);

interface FilePaneProps {
  readonly attachment: Attachment;
  /** The quotation to show. */
  readonly quotation: Quotation | null;
  readonly onClose: () => void;
}

/**
 * Shows what was read of a file, which is all that a model receives. The text is untrusted and is displayed as plain
 * text only.
 */
export function FilePane({ attachment, quotation, onClose }: FilePaneProps) {
  const { name, format, bytes, tokens, notes } = attachment;
  const answer = useText(attachment.id);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.focus(), []);
  const text = answer?.ok === true ? answer.value : null;
  const marked = useMemo(
    () => (text === null || quotation === null ? null : findQuotation(text, quotation)),
    [text, quotation],
  );
  const facts = [
    named.has(format) ? format.toUpperCase() : format,
    formatBytes(bytes),
    lengthWords(attachment),
    `about ${formatNumber(tokens)} tokens`,
  ];
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.name} title={name}>
          {name}
        </h2>
        {text !== null && <CopyButton label="Copy the text" text={() => text} />}
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <Findable label="Find in this file">
        <Scrolling ref={body} className={styles.body}>
          <p className={styles.facts}>{facts.join(' · ')}</p>
          {notes.map(noteWords).map((words) => (
            <Note key={words} tone="amber">
              {words}
            </Note>
          ))}
          <h3 className={styles.title}>Text sent to the model</h3>
          {answer === null && <Skeleton lines={8} />}
          {answer?.ok === false && <ErrorNote problem={answer.error} />}
          {text !== null && (
            <PaneFailsafe of={text}>
              <LongText text={text} code={isMonospaced(format)} marked={marked} />
            </PaneFailsafe>
          )}
        </Scrolling>
      </Findable>
    </>
  );
}

/** Null until main has answered. */
function useText(attachmentId: string): RouteResult<'chat.attachmentText'> | null {
  const [answer, setAnswer] = useState<RouteResult<'chat.attachmentText'> | null>(null);
  useEffect(() => {
    let gone = false;
    void request('chat.attachmentText', { attachmentId }).then((given) => {
      if (!gone) setAnswer(given);
    });
    return () => {
      gone = true;
    };
  }, [attachmentId]);
  return answer;
}
