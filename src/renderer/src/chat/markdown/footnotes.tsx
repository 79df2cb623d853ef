import { type KeyboardEvent, memo, type ReactNode, useMemo, useRef } from 'react';
import type { Blocks } from './blocks.ts';
import styles from './markdown.module.css';
import { NotesContext } from './notes-context.ts';
import { Piece } from './piece.tsx';
import type { Surroundings } from './surroundings.ts';

interface FootnotesProps {
  readonly footnotes: Blocks['footnotes'];
  readonly surroundings: Surroundings;
  readonly finished: boolean;
  readonly children: ReactNode;
}

/** A text with its notes below it. */
export function WithFootnotes({ footnotes, surroundings, finished, children }: FootnotesProps) {
  const list = useRef<HTMLOListElement>(null);
  const askedFrom = useRef<HTMLElement>(null);
  const notes = useMemo(
    () => ({
      show(label: string, from: HTMLElement) {
        askedFrom.current = from;
        const note = [...(list.current?.children ?? [])].find((item) => item.getAttribute('data-label') === label);
        if (!(note instanceof HTMLElement)) return;
        note.focus({ preventScroll: true });
        note.scrollIntoView({ block: 'center' });
      },
    }),
    [],
  );
  const goBack = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || askedFrom.current?.isConnected !== true) return;
    event.preventDefault();
    askedFrom.current.focus();
    askedFrom.current = null;
  };
  return (
    <NotesContext value={notes}>
      {children}
      {footnotes.length > 0 && (
        <ol ref={list} className={styles.notes} aria-label="Notes" onKeyDown={goBack}>
          {footnotes.map(({ label, text }, place) => (
            <Note
              // biome-ignore lint/suspicious/noArrayIndexKey: notes are only appended, and a label may be there twice
              key={`${place}${label}`}
              label={label}
              text={text}
              surroundings={surroundings}
              finished={finished || place < footnotes.length - 1}
            />
          ))}
        </ol>
      )}
    </NotesContext>
  );
}

interface NoteProps {
  readonly label: string;
  readonly text: string;
  readonly surroundings: Surroundings;
  readonly finished: boolean;
}

const Note = memo(function Note({ label, text, surroundings, finished }: NoteProps) {
  return (
    <li data-label={label} tabIndex={-1} data-focus="inside">
      <Piece text={text} item={false} surroundings={surroundings} finished={finished} />
    </li>
  );
});
