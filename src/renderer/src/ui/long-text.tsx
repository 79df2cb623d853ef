import { createContext, use, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { formatBytes } from './format.ts';
import styles from './long-text.module.css';
import { chunkText, cutAt, guessHeightPx, SHOWN_AT_FIRST } from './text-chunks.ts';
import { directionOf } from './text-direction.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface LongTextProps {
  readonly text: string;
  /** Set in the monospaced face. */
  readonly code?: boolean;
  /** A stretch that is marked, scrolled to and given the focus. */
  readonly marked?: Span | null;
}

/** Around texts that are searched: what is not drawn would not be found. */
export const DrawWhole = createContext(false);

/**
 * A text of any length. The beginning is shown at once; the whole of it when asked for, in pieces of which the
 * browser lays out only those in sight.
 */
export function LongText({ text, code = false, marked = null }: LongTextProps) {
  const [asked, showAll] = useState(false);
  const searched = use(DrawWhole);
  const root = useShownMark(marked);
  const long = text.length > SHOWN_AT_FIRST;
  const all = !long || asked || searched || (marked !== null && marked.end > SHOWN_AT_FIRST);
  const shown = all ? text : text.slice(0, cutAt(text, SHOWN_AT_FIRST));
  const pieces = useMemo(() => chunkText(shown), [shown]);
  let start = 0;
  return (
    <>
      <div
        ref={root}
        className={cx(styles.text, code && styles.code)}
        dir={code ? undefined : directionOf(text)}
        data-selectable
      >
        {pieces.map((piece, place) => {
          const from = start;
          start += piece.length;
          return (
            <pre
              // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
              key={place}
              className={cx(styles.piece, pieces.length > 1 && styles.chunk)}
              style={pieces.length > 1 ? { containIntrinsicBlockSize: `auto ${guessHeightPx(piece)}px` } : undefined}
            >
              <Piece text={piece} from={from} marked={marked} />
            </pre>
          );
        })}
      </div>
      {!all && (
        <div className={styles.more}>
          <span>
            The first {formatBytes(SHOWN_AT_FIRST)} of {formatBytes(text.length)}.
          </span>
          <Button size="small" onClick={() => showAll(true)}>
            Show all
          </Button>
        </div>
      )}
    </>
  );
}

/** What of the mark lies in a piece that begins at `from`. */
function Piece({ text, from, marked }: { readonly text: string; readonly from: number; readonly marked: Span | null }) {
  const start = Math.max(0, (marked?.start ?? 0) - from);
  const end = Math.min(text.length, (marked?.end ?? 0) - from);
  if (start >= end) return text;
  return (
    <>
      {text.slice(0, start)}
      <mark tabIndex={-1} className={styles.marked}>
        {text.slice(start, end)}
      </mark>
      {text.slice(end)}
    </>
  );
}

/** Brings the mark into sight whenever it is another one. */
function useShownMark(marked: Span | null) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = marked === null ? null : root.current?.querySelector('mark');
    if (!mark) return undefined;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: 'center' });
    // Pieces that came into sight by it have their height only now.
    const frame = requestAnimationFrame(() => mark.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [marked]);
  return root;
}
