import { useMemo } from 'react';
import styles from './long-text.module.css';
import { chunkText, guessHeightPx } from './text-chunks.ts';

/** The source of a text that is not drawn yet, so that it can already be found, selected and read aloud. */
export function TextShell({ text }: { readonly text: string }) {
  const pieces = useMemo(() => chunkText(text), [text]);
  return pieces.map((piece, place) => (
    <div
      // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text never move
      key={place}
      className={`${styles.piece} ${styles.chunk}`}
      style={{ containIntrinsicBlockSize: `auto ${guessHeightPx(piece)}px` }}
    >
      {piece}
    </div>
  ));
}
