import { createContext, Fragment, use, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { formatBytes } from './format.ts';
import styles from './long-text.module.css';
import { markedRuns } from './marked-runs.ts';
import { chunkText, cutAt, guessHeightPx, SHOWN_AT_FIRST } from './text-chunks.ts';
import { directionOf } from './text-direction.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface LongTextProps {
  readonly text: string;
  /** Uses the monospaced font. */
  readonly code?: boolean;
  /** A span to mark, scroll to and focus. */
  readonly marked?: Span | null;
  /** Further spans to mark, less strongly. */
  readonly others?: readonly Span[];
  /** Stand above parts of the text, in the order of their offsets. They are no part of it: neither found nor copied. */
  readonly headings?: readonly Heading[];
  /** Draws a long text at least as far as this offset. */
  readonly reach?: number;
}

/** Words above what begins at an offset of a text. */
export interface Heading {
  readonly start: number;
  readonly words: string;
}

const NO_HEADINGS: readonly Heading[] = [];
const NO_SPANS: readonly Span[] = [];

/** Formats in which columns and indentation matter. */
const monospaced: ReadonlySet<string> = new Set(['csv', 'json', 'xml', 'yaml', 'config', 'log', 'code']);

/** Whether the text of a file of this format is read in the monospaced font. */
export function isMonospaced(format: string | null): boolean {
  return format !== null && monospaced.has(format);
}

/** Set around texts that are searched, because text that is not drawn cannot be found. */
export const DrawWhole = createContext(false);

/**
 * A text of any length. Shows the beginning at once, and the rest on request, in chunks of which the browser lays out
 * only those in view.
 */
export function LongText({
  text,
  code = false,
  marked = null,
  others = NO_SPANS,
  headings = NO_HEADINGS,
  reach = 0,
}: LongTextProps) {
  const [asked, showAll] = useState(false);
  const searched = use(DrawWhole);
  const root = useShownMark(marked);
  const long = text.length > SHOWN_AT_FIRST;
  const all = !long || asked || searched || Math.max(marked?.end ?? 0, reach) > SHOWN_AT_FIRST;
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
              // biome-ignore lint/suspicious/noArrayIndexKey: the chunks of a text never move
              key={place}
              className={cx(styles.piece, pieces.length > 1 && styles.chunk)}
              style={pieces.length > 1 ? { containIntrinsicBlockSize: `auto ${guessHeightPx(piece)}px` } : undefined}
            >
              <Headed
                text={piece}
                from={from}
                marked={marked}
                others={others.filter((span) => span.end > from && span.start < start)}
                headings={headings.filter((heading) => heading.start >= from && heading.start < start)}
              />
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

interface PieceProps {
  readonly text: string;
  /** Where it begins in the whole text. */
  readonly from: number;
  readonly marked: Span | null;
  readonly others: readonly Span[];
}

/** A chunk with the headings that belong into it. */
function Headed({ text, from, headings, ...marks }: PieceProps & { readonly headings: readonly Heading[] }) {
  if (headings.length === 0) return <Piece text={text} from={from} {...marks} />;
  const first = headings[0]?.start ?? from;
  return (
    <>
      <Piece text={text.slice(0, first - from)} from={from} {...marks} />
      {headings.map(({ start, words }, at) => {
        const end = headings[at + 1]?.start ?? from + text.length;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the headings of a text never move
          <Fragment key={at}>
            <span className={cx(styles.heading, start === 0 && styles.first)} data-words={words} data-heading />
            <Piece text={text.slice(start - from, end - from)} from={start} {...marks} />
          </Fragment>
        );
      })}
    </>
  );
}

function Piece({ text, from, marked, others }: PieceProps) {
  const runs = markedRuns(from, from + text.length, marked, others);
  if (runs.length === 1 && runs[0]?.mark === null) return text;
  return runs.map(({ start, end, mark }) => {
    const words = text.slice(start - from, end - from);
    if (mark === null) return words;
    const isShown = mark === 'shown';
    return (
      <mark
        key={start}
        tabIndex={isShown ? -1 : undefined}
        className={isShown ? styles.marked : styles.other}
        data-marked={mark}
      >
        {words}
      </mark>
    );
  });
}

/** Scrolls to the mark whenever it changes. */
function useShownMark(marked: Span | null) {
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const mark = marked === null ? null : root.current?.querySelector<HTMLElement>('mark[data-marked=shown]');
    if (!mark) return undefined;
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: 'center' });
    // Chunks that this scroll brought into view get their real height only now.
    const frame = requestAnimationFrame(() => mark.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, [marked]);
  return root;
}
