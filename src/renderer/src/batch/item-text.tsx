import { ChevronDown, ChevronUp, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { EvidencePlace } from '../../../shared/answer.ts';
import { placeWords } from '../../../shared/answer-words.ts';
import type { ItemText as ItemTextContent } from '../../../shared/batch-data.ts';
import type { RouteResult } from '../../../shared/contract.ts';
import { capitalised, placeName } from '../../../shared/places.ts';
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
import styles from './item-text.module.css';
import { isSamePlace } from './quotation-places.ts';

export interface ShownPlace {
  readonly place: EvidencePlace;
  /** Counts how often a place was asked for: the same one is shown again. */
  readonly asked: number;
}

interface ItemTextProps {
  readonly itemId: number;
  /** All quotations of the file that are in its text. */
  readonly places: readonly EvidencePlace[];
  readonly shown: ShownPlace | null;
  /** Shows the next quotation (1) or the one before (-1). */
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}

/** What was read of a file, with a quotation from it marked. The text is untrusted and is displayed as plain text only. */
export function ItemText({ itemId, places, shown, onStep, onClose }: ItemTextProps) {
  const answer = useText(itemId);
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => body.current?.focus(), []);
  const content = answer?.ok === true ? answer.value : null;
  const headings = useMemo(() => (content === null ? [] : headingsOf(content)), [content]);
  const marked = useMemo(() => shown && { start: shown.place.start, end: shown.place.end }, [shown]);
  const index = shown === null ? -1 : places.findIndex((place) => isSamePlace(place, shown.place));
  return (
    <section className={styles.pane} aria-label="Text of the file">
      <header className={styles.header}>
        <h4 className={styles.title}>
          {shown === null
            ? 'Text of the file'
            : `Quotation ${formatNumber(index + 1)} of ${formatNumber(places.length)} · ${placeWords(shown.place)}`}
        </h4>
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
        <IconButton label="Close the text" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <Findable label="Find in the text of the file">
        <Scrolling ref={body} className={styles.body}>
          {answer === null && <Skeleton lines={8} />}
          {answer?.ok === false && <ErrorNote problem={answer.error} />}
          {answer?.ok === true && content === null && <Note tone="neutral">{NOT_KEPT}</Note>}
          {content !== null && (
            <PaneFailsafe of={content}>
              <LongText text={content.text} code={isMonospaced(content.format)} marked={marked} headings={headings} />
            </PaneFailsafe>
          )}
        </Scrolling>
      </Findable>
    </section>
  );
}

/** Where its pages, sheets or the like begin; one alone needs no heading, unless it has a name. */
function headingsOf({ places }: ItemTextContent): readonly Heading[] {
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
function useText(itemId: number): RouteResult<'batch.itemText'> | null {
  const [answer, setAnswer] = useState<RouteResult<'batch.itemText'> | null>(null);
  useEffect(() => {
    let gone = false;
    void request('batch.itemText', { itemId }).then((given) => {
      if (!gone) setAnswer(given);
    });
    return () => {
      gone = true;
    };
  }, [itemId]);
  return answer;
}
