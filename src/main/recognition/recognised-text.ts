import type { Places } from '../../shared/places.ts';
import type { PageLoss } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { isLost, type PageOutcome, type RecognisedPage } from './messages.ts';

/** Below this mean confidence, many words of a page are wrong. */
const DOUBTFUL = 70;

/** Below this share, what was missed is specks, accents and parts of drawings. */
const WORTH_TELLING = 0.1;

/** A document's text with the text of its recognised pages in their places. */
export interface CompletedText {
  readonly text: string;
  readonly places: Places | null;
}

/** A page whose picture has hardly more words than stand on it as text keeps that: it is exact. */
const WORTH_MORE = 2;

/** What was recognised on pages that had no text, or little: without those whose text says as much. */
export function worthUsing({ text, places }: CompletedText, outcomes: readonly PageOutcome[]): readonly PageOutcome[] {
  if (places === null) return outcomes;
  return outcomes.filter((page) => {
    const before = lettersIn(text.slice(places.starts[page.number - 1], places.starts[page.number]));
    return isLost(page) || before === 0 || lettersIn(page.text) > before * WORTH_MORE;
  });
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}

/** Puts recognised pages where they belong. A page on which nothing was recognised keeps what it had. */
export function withRecognised(
  { text, places }: CompletedText,
  recognised: ReadonlyMap<number, PageOutcome>,
): CompletedText {
  if (places === null) return { text: textOf(recognised.get(1)) ?? text, places };
  const starts: number[] = [];
  let whole = text.slice(0, places.starts[0] ?? 0).trimEnd();
  places.starts.forEach((start, index) => {
    const page = textOf(recognised.get(index + 1)) ?? text.slice(start, places.starts[index + 1] ?? text.length).trim();
    if (whole !== '' && page !== '') whole += '\n\n';
    starts.push(whole.length);
    whole += page;
  });
  return { text: whole, places: { ...places, starts } };
}

function textOf(page: PageOutcome | undefined): string | null {
  return page === undefined || isLost(page) || page.text === '' ? null : page.text;
}

/** What the user should know about it, in a document of `of` pages. */
export function recognitionNotes(outcomes: readonly PageOutcome[], of: number): readonly ReadingNote[] {
  const pages = outcomes.filter((page): page is RecognisedPage => !isLost(page));
  const read = pages.filter(({ text }) => text !== '');
  const blank = pages.filter(({ text }) => text === '').map(({ number }) => number);
  const notes: ReadingNote[] = [];
  if (read.length > 0) {
    const doubtful = read.filter(({ confidence }) => (confidence ?? 0) < DOUBTFUL).map(({ number }) => number);
    notes.push({ code: 'recognised', params: { pages: read.length, of, confidence: meanConfidence(read), doubtful } });
  }
  const { inPart, missed, specked } = missedOn(read);
  if (inPart.length > 0) notes.push({ code: 'recognised_in_part', params: { pages: inPart, of, missed } });
  if (specked.length > 0) notes.push({ code: 'recognised_among_specks', params: { pages: specked, of } });
  if (blank.length > 0) notes.push({ code: 'pages_without_words', params: { pages: blank, of } });
  for (const lost of ['too_slow', 'too_large', 'not_drawn'] as const) {
    const numbers = lostPages(outcomes, lost);
    if (numbers.length > 0) notes.push({ code: 'pages_lost', params: { pages: numbers, of, lost } });
  }
  return notes;
}

/** Pages or pictures of which more was missed than is to be expected, the largest share of them, and those where nobody can tell. */
export function missedOn(read: readonly RecognisedPage[]) {
  const inPart = read.filter(({ missed }) => (missed ?? 0) >= WORTH_TELLING);
  return {
    inPart: inPart.map(({ number }) => number),
    missed: Math.max(0, ...inPart.map(({ missed }) => missed ?? 0)),
    specked: read.filter(({ missed }) => (missed ?? null) === null).map(({ number }) => number),
  };
}

function lostPages(outcomes: readonly PageOutcome[], why: PageLoss): readonly number[] {
  return outcomes.flatMap((page) => (isLost(page) && page.lost === why ? [page.number] : []));
}

/** Each page counts by the length of its text. */
export function meanConfidence(pages: readonly RecognisedPage[]): number {
  const characters = pages.reduce((sum, { text }) => sum + text.length, 0);
  return Math.round(pages.reduce((sum, page) => sum + (page.confidence ?? 0) * page.text.length, 0) / characters);
}
