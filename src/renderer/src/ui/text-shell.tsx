import { useMemo } from 'react';
import styles from './long-text.module.css';
import { chunkText, guessHeightPx } from './text-chunks.ts';

interface TextShellProps {
  readonly text: string;
  /** What stands before this place is left out. */
  readonly from?: number;
}

/** The source of a text that is not drawn yet, so that it can already be found, selected and read aloud. */
export function TextShell({ text, from = 0 }: TextShellProps) {
  const pieces = useMemo(() => chunkText(text), [text]);
  let end = 0;
  return pieces.map((piece, place) => {
    end += piece.length;
    if (end <= from) return null;
    const shown = piece.slice(Math.max(0, piece.length - (end - from)));
    return (
      <div
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        key={place}
        className={`${styles.piece} ${styles.chunk}`}
        style={{ containIntrinsicBlockSize: `auto ${guessHeightPx(shown)}px` }}
      >
        {shown}
      </div>
    );
  });
}
