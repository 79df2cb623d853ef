import { rangeOf, textRuns } from './find-runs.ts';
import { findAll } from './find-text.ts';
import { showRange } from './show-range.ts';

/** The state of a search. */
export interface Findings {
  readonly count: number;
  /** Index of the current match; -1 when there is none. */
  readonly current: number;
  /** There are more matches than are counted. */
  readonly more: boolean;
  /** False until all of the text has been searched. */
  readonly finished: boolean;
}

export const nothingFound: Findings = { count: 0, current: -1, more: false, finished: true };

/** Counting stops here. */
const MOST_MATCHES = 10_000;
/** How many matches around the current one are marked; others are marked as the user reaches them. */
const MARKED_MATCHES = 1_000;
/** How long to work between two frames. */
const SLICE_MS = 8;
const AGAIN_AFTER_MS = 150;
/** Names of the highlights in `find-bar.module.css`. */
const ALL = 'docket-find';
const CURRENT = 'docket-find-current';

interface Place {
  readonly range: StaticRange;
  /** The element that stays the same while the text inside it is redrawn. */
  readonly part: Element | null;
}

/**
 * Searches the text of an element, and again whenever it changes. A long text is searched between frames. Matches are
 * marked without changing the document.
 */
export function createFinder(container: HTMLElement, tell: (findings: Findings) => void) {
  let words = '';
  let places: readonly Place[] = [];
  let current = -1;
  /** Where to look for the first match. */
  let start: Element = container;
  /** Whether the reader is still at the match last stepped to. */
  let following = false;
  let run = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const observer = new MutationObserver(() => {
    if (words !== '') timer ??= setTimeout(lookAgain, AGAIN_AFTER_MS);
  });
  const letGo = ({ target }: Event) => {
    // Who presses a button does not look elsewhere by it.
    if (!(target instanceof Element && target.closest('button') !== null)) following = false;
  };
  const keepInSight = () => {
    const place = places[current];
    if (following && place !== undefined) showRange(place.range);
  };

  function lookAgain(): void {
    timer = undefined;
    void look(places[current]);
  }

  async function look(known: Place | undefined): Promise<void> {
    run += 1;
    const mine = run;
    const found = await collect(container, words, () => mine === run);
    if (mine !== run) return;
    const knownPlaces = places;
    places = found;
    current = found.length === 0 ? -1 : placeOf(found, known, knownPlaces, current, start);
    show(known === undefined || following);
  }

  function show(bringIntoSight: boolean): void {
    mark(places, current);
    const place = places[current];
    if (bringIntoSight && place !== undefined) {
      following = true;
      showRange(place.range);
    }
    const more = places.length >= MOST_MATCHES;
    tell({ count: places.length, current, more, finished: true });
  }

  observer.observe(container, { subtree: true, childList: true, characterData: true });
  for (const event of ['wheel', 'pointerdown'] as const) container.addEventListener(event, letGo, { passive: true });
  window.addEventListener('resize', keepInSight);
  return {
    /** @param from where to look for the first match; by default, the first in view. */
    search(next: string, from: Element | null = null): void {
      words = next;
      start = from ?? container;
      places = [];
      current = -1;
      if (next.trim() !== '') tell({ ...nothingFound, finished: false });
      void look(undefined);
    },
    /** Steps to the next match, or with -1 to the previous one. Wraps around. */
    step(by: 1 | -1): void {
      if (places.length === 0) return;
      current = (current + by + places.length) % places.length;
      show(true);
    },
    end(): void {
      run += 1;
      clearTimeout(timer);
      observer.disconnect();
      for (const event of ['wheel', 'pointerdown'] as const) container.removeEventListener(event, letGo);
      window.removeEventListener('resize', keepInSight);
      CSS.highlights.delete(ALL);
      CSS.highlights.delete(CURRENT);
    },
  };
}

async function collect(container: Element, words: string, wanted: () => boolean): Promise<readonly Place[]> {
  const found: Place[] = [];
  if (words.trim() === '') return found;
  let sliceEnd = performance.now() + SLICE_MS;
  for (const run of textRuns(container)) {
    for (const span of findAll(run.text, words, MOST_MATCHES - found.length)) {
      const range = rangeOf(run, span);
      if (range !== null) found.push({ range, part: partOf(range) });
    }
    if (found.length >= MOST_MATCHES) break;
    if (performance.now() < sliceEnd) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (!wanted()) break;
    sliceEnd = performance.now() + SLICE_MS;
  }
  return found;
}

function partOf({ startContainer }: StaticRange): Element | null {
  return startContainer.parentElement?.closest('[data-find-part]') ?? null;
}

/** The current match among new ones: the one known before, otherwise the first from `from` on. */
function placeOf(
  found: readonly Place[],
  known: Place | undefined,
  before: readonly Place[],
  current: number,
  from: Element,
): number {
  if (known === undefined) return firstFrom(found, from);
  const same = found.findIndex(({ range }) => isSameStart(range, known.range));
  if (same >= 0) return same;
  if (known.part?.isConnected !== true) return Math.min(current, found.length - 1);
  // After a redraw: the match with the same number in the same part.
  const nth = current - before.findIndex(({ part }) => part === known.part);
  const first = found.findIndex(({ part }) => part === known.part);
  if (first < 0) return firstFrom(found, known.part);
  const count = found.filter(({ part }) => part === known.part).length;
  return first + Math.min(nth, count - 1);
}

function isSameStart(a: StaticRange, b: StaticRange): boolean {
  return a.startContainer === b.startContainer && a.startOffset === b.startOffset;
}

/** The first match in or after an element; in a scrolling element, the first that is in view or below. */
function firstFrom(found: readonly Place[], from: Element): number {
  const top = from.getBoundingClientRect().top;
  const place = found.findIndex(({ range }) => {
    const element = range.startContainer.parentElement;
    if (element === null) return false;
    return from.contains(element)
      ? element.getBoundingClientRect().bottom >= top
      : (from.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
  });
  return Math.max(0, place);
}

function mark(places: readonly Place[], current: number): void {
  const first = Math.max(0, current - MARKED_MATCHES / 2);
  const near = places.slice(first, first + MARKED_MATCHES).map(({ range }) => range);
  CSS.highlights.set(ALL, new Highlight(...near));
  const range = places[current]?.range;
  const shown = new Highlight(...(range === undefined ? [] : [range]));
  shown.priority = 1;
  CSS.highlights.set(CURRENT, shown);
}
