import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { EvidencePlace } from '../../../shared/answer.ts';
import { placeWords } from '../../../shared/answer-words.ts';
import type { RouteResult } from '../../../shared/contract.ts';
import type { KeptFile, KeptText } from '../../../shared/kept-file.ts';
import { hasPagePictures } from '../../../shared/page-picture.ts';
import { capitalised, placeName } from '../../../shared/places.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { request } from '../platform/bridge.ts';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Findable } from '../ui/findable.tsx';
import { formatNumber } from '../ui/format.ts';
import { type Heading, isMonospaced, LongText } from '../ui/long-text.tsx';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useWidth } from '../ui/width.ts';
import { useFollowedPage } from './page-follow.ts';
import type { Span } from './page-marks.ts';
import { PageView } from './page-view.tsx';
import { isSamePlace, type ShownPlace } from './shown-place.ts';
import styles from './text-and-pages.module.css';

interface TextAndPagesProps {
  /** The same object as long as it is the same file. */
  readonly file: KeptFile;
  /** What the header says beside the buttons. @param quotation which one is shown; null if none is. */
  readonly title: (quotation: string | null) => ReactNode;
  /** Stands above the text, and is no part of it. */
  readonly above?: ReactNode;
  /** All quotations of the file that are in its text. */
  readonly places: readonly EvidencePlace[];
  readonly shown: ShownPlace | null;
  /** Shows the next quotation (1) or the one before (-1). */
  readonly onStep: (by: 1 | -1) => void;
  readonly closeLabel: string;
  readonly onClose: () => void;
}

type Side = 'text' | 'page';

const sides = [
  { value: 'text', label: 'Text' },
  { value: 'page', label: 'Page' },
] as const;

/**
 * What was read of a file, with a quotation from it marked, and beside it how the page looks, if it has pages. The text is
 * untrusted and is displayed as plain text only.
 */
export function TextAndPages({ file, title, above, places, shown, onStep, closeLabel, onClose }: TextAndPagesProps) {
  const answer = useText(file);
  const pane = useRef<HTMLElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const isWide = useWidth(pane, hasRoomForBoth);
  const [side, setSide] = useState<Side>('text');
  useEffect(() => body.current?.focus(), []);
  const content = answer?.ok === true ? answer.value : null;
  const headings = useMemo(() => (content === null ? [] : headingsOf(content)), [content]);
  const marked = useMemo(() => shown && { start: shown.place.start, end: shown.place.end }, [shown]);
  const starts = useMemo(() => content?.places?.starts ?? [], [content]);
  const { page, goTo, lead, align, handlers } = useFollowedPage(body);
  useEffect(() => {
    if (shown !== null) lead(shown.place.page ?? 1);
  }, [shown, lead]);
  const placesHere = places.filter((place) => isOnPage(place, starts, page));
  const markedHere = marked !== null && isOnPage(marked, starts, page) ? marked : null;
  const hasPages = content !== null && hasPagePictures(content.format) && content.noPages === null;
  const withText = !hasPages || isWide || side === 'text';
  const withPage = hasPages && (isWide || side === 'page');
  const choose = (next: Side) => {
    setSide(next);
    if (next === 'text') requestAnimationFrame(align);
  };
  return (
    <section ref={pane} className={styles.pane} aria-label="Text of the file">
      <header className={styles.header}>
        {title(quotationWords(places, shown))}
        {hasPages && !isWide && <Segmented label="What is shown" value={side} onChange={choose} options={sides} />}
        {places.length > 0 && (
          <>
            <IconButton
              label="Quotation before"
              shortcut="Alt+ArrowUp"
              icon={<ChevronUp />}
              onClick={() => onStep(-1)}
            />
            <IconButton
              label="Next quotation"
              shortcut="Alt+ArrowDown"
              icon={<ChevronDown />}
              onClick={() => onStep(1)}
            />
          </>
        )}
        {content !== null && <CopyButton label="Copy the text" text={() => content.text} />}
        <IconButton label={closeLabel} shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <div className={styles.sides}>
        {withText && (
          <div className={styles.text}>
            <Findable label="Find in the text of the file">
              <Scrolling ref={body} className={styles.body} {...handlers}>
                {content?.noPages != null && <Note tone="neutral">{problemSentence(content.noPages)}</Note>}
                {above}
                {answer === null && <Skeleton lines={8} />}
                {answer?.ok === false && <ErrorNote problem={answer.error} />}
                {answer?.ok === true && content === null && <Note tone="neutral">{NOT_KEPT}</Note>}
                {content !== null && (
                  <PaneFailsafe of={content}>
                    <LongText
                      text={content.text}
                      code={isMonospaced(content.format)}
                      marked={marked}
                      others={places}
                      headings={headings}
                      reach={starts[page - 1] ?? 0}
                    />
                  </PaneFailsafe>
                )}
              </Scrolling>
            </Findable>
          </div>
        )}
        {withPage && (
          <PageView
            file={file}
            page={page}
            pages={Math.max(1, starts.length)}
            onPage={goTo}
            places={placesHere}
            marked={markedHere}
          />
        )}
      </div>
    </section>
  );
}

function isOnPage({ start, end }: Span, starts: readonly number[], page: number): boolean {
  return end > (starts[page - 1] ?? 0) && start < (starts[page] ?? Number.POSITIVE_INFINITY);
}

/** Beside each other, a text and a page need this each to be read. */
const hasRoomForBoth = (width: number) => width >= 640;

/** "Quotation 2 of 5 · Page 3"; null if none is shown. */
function quotationWords(places: readonly EvidencePlace[], shown: ShownPlace | null): string | null {
  if (shown === null) return null;
  const index = places.findIndex((place) => isSamePlace(place, shown.place));
  return `Quotation ${formatNumber(index + 1)} of ${formatNumber(places.length)} · ${placeWords(shown.place)}`;
}

/** Where its pages, sheets or the like begin; one alone needs no heading, unless it has a name. */
function headingsOf({ places }: KeptText): readonly Heading[] {
  if (places === null || (places.starts.length < 2 && places.names === null)) return [];
  const { unit, starts, names } = places;
  return starts.map((start, at) => ({
    start,
    words: capitalised(placeName({ unit, number: at + 1, name: names?.[at] ?? null })),
  }));
}

const NOT_KEPT =
  'The text of this file was not kept: it was read by an earlier version of Docket, could not be read, or is too long even in parts.';

/** Null until main has answered. */
function useText(file: KeptFile): RouteResult<'file.text'> | null {
  const [answer, setAnswer] = useState<RouteResult<'file.text'> | null>(null);
  useEffect(() => {
    let gone = false;
    void request('file.text', { file }).then((given) => {
      if (!gone) setAnswer(given);
    });
    return () => {
      gone = true;
    };
  }, [file]);
  return answer;
}
