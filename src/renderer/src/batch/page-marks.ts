import { useEffect, useState } from 'react';
import type { PageBox } from '../../../shared/page-picture.ts';
import { request } from '../platform/bridge.ts';

/** Offsets in the text of a file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const NONE: readonly PageBox[] = [];

/** Where a part of a file's text stands on a page; null if that is not known. */
export function usePageMarks(itemId: number, page: number, span: Span | null): readonly PageBox[] | null {
  const [found, setFound] = useState<{
    readonly page: number;
    readonly span: Span;
    readonly boxes: readonly PageBox[] | null;
  } | null>(null);
  useEffect(() => {
    if (span === null) return undefined;
    let gone = false;
    void request('batch.pageMarks', { itemId, page, span }).then((answer) => {
      // Why a page cannot be looked at is said where its picture would be.
      if (!gone) setFound({ page, span, boxes: answer.ok ? answer.value : NONE });
    });
    return () => {
      gone = true;
    };
  }, [itemId, page, span]);
  return found?.page === page && found.span === span ? found.boxes : NONE;
}
