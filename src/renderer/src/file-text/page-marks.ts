import { useEffect, useMemo, useState } from 'react';
import { type KeptFile, keyOfFile } from '../../../shared/kept-file.ts';
import { MOST_MARKS, type PageBox } from '../../../shared/page-picture.ts';
import { request } from '../platform/bridge.ts';

/** Offsets in the text of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where parts of a file's text stand on a page. */
export interface PageMarks {
  /** Of the part that is shown; null if that is not known. */
  readonly shown: readonly PageBox[] | null;
  /** Of the others. */
  readonly others: readonly PageBox[];
}

const NONE: PageMarks = { shown: [], others: [] };

interface Found {
  readonly key: string;
  readonly boxes: readonly (readonly PageBox[] | null)[];
}

/** @param spans on this page. @param shown one of them, or none. */
export function usePageMarks(file: KeptFile, page: number, spans: readonly Span[], shown: Span | null): PageMarks {
  const [found, setFound] = useState<Found | null>(null);
  const wanted = spans.slice(0, MOST_MARKS);
  const at = wanted.findIndex((span) => isSame(span, shown));
  if (at < 0 && shown !== null) wanted.unshift(shown);
  const place = at < 0 && shown !== null ? 0 : at;
  const ranges = wanted
    .slice(0, MOST_MARKS)
    .map(({ start, end }) => `${start}-${end}`)
    .join();
  const key = `${keyOfFile(file)} ${page} ${ranges}`;
  useEffect(() => {
    const asked = spansOf(ranges);
    if (asked.length === 0) return undefined;
    let gone = false;
    void request('file.pageMarks', { file, page, spans: asked }).then((answer) => {
      // Why a page cannot be looked at is said where its picture would be.
      if (!gone) setFound({ key, boxes: answer.ok ? answer.value : [] });
    });
    return () => {
      gone = true;
    };
  }, [file, page, ranges, key]);
  return useMemo(() => {
    if (found === null || found.key !== key) return NONE;
    const others = found.boxes.flatMap((boxes, index) => (index === place ? [] : (boxes ?? [])));
    const own = place < 0 ? [] : found.boxes[place];
    return { shown: own === undefined ? [] : own, others };
  }, [found, key, place]);
}

function isSame(span: Span, other: Span | null): boolean {
  return span.start === other?.start && span.end === other.end;
}

/** As text, they are the same ones as long as they say the same. */
function spansOf(ranges: string): Span[] {
  return [...ranges.matchAll(/(\d+)-(\d+)/g)].map(([, start, end]) => ({ start: Number(start), end: Number(end) }));
}
