import { useMemo } from 'react';
import styles from './long-text.module.css';
import { chunkText, guessHeightPx } from './text-chunks.ts';

/** A text that is not drawn yet, as it was written: it can be found, selected and read out all the same. */
export function TextShell({ text }: { readonly text: string }) {
  const pieces = useMemo(() => chunkText(text), [text]);
  return pieces.map((piece, place) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
      key={place}
      className={`${styles.piece} ${styles.chunk}`}
      style={{ containIntrinsicBlockSize: `auto ${guessHeightPx(piece)}px` }}
    >
      {piece}
    </div>
  ));
}
