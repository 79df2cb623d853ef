/**
 * Finds again what a model quoted from a document. Nothing is guessed: beyond the changes that `foldQuotable` undoes and
 * words left out at an ellipsis, a quotation is in the document word for word or it is not found.
 */
import type { EvidencePlace } from '../../shared/answer.ts';
import type { Places } from '../../shared/places.ts';
import { type Passage, placeAt } from '../documents/place-at.ts';
import { acrossStructure, type BareText, bareOf, beginBare, type Effort, newEffort } from './across-structure.ts';
import { beginFolding, characterAt, characterBefore, foldQuotable } from './fold-quotable.ts';
import type { QuotableText } from './folded-text.ts';
import { unmarkedPieces, withoutMarks } from './list-marks.ts';
import { plainQuote } from './plain-quote.ts';

export interface QuotationFinder {
  /** Where the quotation is in the text: where it is word for word and in its own capitals, if it is there several times. */
  find(quote: string): EvidencePlace | null;
}

/** @param places its pages, sheets or the like, if it has any. */
export function createQuotationFinder(text: string, places: Places | null = null): QuotationFinder {
  const quotable = createQuotable(text);
  return {
    find: (quote) => {
      for (const span of searches(quotable, quote)) if (span !== null) return toPlace(text, places, span);
      return null;
    },
  };
}

/**
 * Finds several quotations. A long text is folded in several turns of the event loop, so that nothing waits for it; one
 * whose quotations are all verbatim is not folded at all.
 */
export async function findQuotations(
  text: string,
  places: Places | null,
  quotes: readonly string[],
): Promise<ReadonlyMap<string, EvidencePlace | null>> {
  const turn = () => (text.length < LONG_TEXT ? undefined : nextTurn());
  const quotable = createQuotable(text);
  const found = new Map<string, EvidencePlace | null>();
  for (const quote of quotes) {
    await turn();
    if (isQuotation(quote) && verbatim(text, quote.trim()) === null) {
      await quotable.fold();
      if (search(text, quotable.folded(), quote) === null) await quotable.strip();
    }
    let span: Span | null = null;
    for (span of searches(quotable, quote)) {
      if (span !== null) break;
      await turn();
    }
    found.set(quote, span === null ? null : toPlace(text, places, span));
  }
  return found;
}

/** A text in the forms that quotations are looked for in, each made when it is first needed. */
interface Quotable {
  readonly text: string;
  folded(): QuotableText;
  bare(): BareText;
  /** Makes the first of them in several turns. */
  fold(): Promise<void>;
  /** Makes the other one. */
  strip(): Promise<void>;
}

function createQuotable(text: string): Quotable {
  let folded: QuotableText | null = null;
  let bare: BareText | null = null;
  return {
    text,
    folded: () => {
      folded ??= foldQuotable(text);
      return folded;
    },
    bare: () => {
      if (bare !== null) return bare;
      const unmarked = withoutMarks(text);
      bare = bareOf(text, unmarked, foldQuotable(unmarked));
      return bare;
    },
    fold: async () => {
      folded ??= await foldInTurns(text);
    },
    strip: async () => {
      if (bare !== null) return;
      const pieces: string[] = [];
      for (const piece of unmarkedPieces(text)) {
        pieces.push(piece);
        await nextTurn();
      }
      const unmarked = pieces.join('');
      const making = beginBare(text, unmarked, await foldInTurns(unmarked));
      while (!making.next()) await nextTurn();
      bare = making.bare();
    },
  };
}

/** Of a shorter text, all quotations that a file can have are found in a few milliseconds. */
const LONG_TEXT = 50_000;

async function foldInTurns(text: string): Promise<QuotableText> {
  const folding = beginFolding(text);
  while (!folding.next()) await nextTurn();
  return folding.folded();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Whether it is long enough to prove anything: one or two letters stand in every text. */
export function isQuotation(quote: string): boolean {
  if ((quote.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= 3) return true;
  return (quote.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0) >= 2;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Looks for a quotation in one way after another, the next one where there is none; each takes some milliseconds. */
function* searches({ text, folded, bare }: Quotable, quote: string): Generator<Span | null> {
  if (!isQuotation(quote)) return;
  const effort = newEffort();
  // A document may have the marks of a quotation itself.
  for (const words of new Set([quote, plainQuote(quote)])) {
    yield verbatim(text, words.trim());
    yield search(text, folded(), words);
    yield uncut(text, acrossStructure(bare(), words, effort));
    yield inPieces(text, folded(), words);
    yield inBarePieces(text, bare(), words, effort);
  }
}

/** The first place that does not begin or end inside of a word or number. */
function uncut(text: string, spans: Iterable<Span>): Span | null {
  for (const span of spans) if (!isCut(text, span)) return span;
  return null;
}

/** A part of a text as the place where a quotation is. */
export function toPlace(text: string, places: Places | null, { start, end }: Span): EvidencePlace {
  const passage = { start, end, line: lineAt(text, start) };
  return { ...passage, ...within(places, text, passage) };
}

/** Places inside of words and numbers after which a quotation is given up: only a text made to be slow has more. */
const MOST_CUT = 20_000;

function verbatim(text: string, quote: string): Span | null {
  let start = text.indexOf(quote);
  for (let cut = 0; start >= 0 && cut < MOST_CUT; cut += 1) {
    const span = { start, end: start + quote.length };
    if (!isCut(text, span)) return span;
    start = text.indexOf(quote, start + 1);
  }
  return null;
}

/** Compared by their capitals at most; further ones are taken to be the same as the first. */
const MOST_COMPARED = 50;

/** The first place that has the quotation, if possible in its own capitals. */
function search(text: string, folded: QuotableText, quote: string): Span | null {
  const wanted = withoutEnds(foldQuotable(quote).text);
  const cased = withoutEnds(foldQuotable(quote, true).text);
  let first: Span | null = null;
  let compared = 0;
  for (const span of placesOf(text, folded, wanted)) {
    if (withoutEnds(foldQuotable(text.slice(span.start, span.end), true).text) === cased) return span;
    first ??= span;
    compared += 1;
    if (compared >= MOST_COMPARED) break;
  }
  return first;
}

interface Place extends Span {
  /** Where it ends in the folded text. */
  readonly foldedEnd: number;
}

/** Every place of folded words in a part of the folded text that does not begin or end inside of a word. */
function* placesOf(
  text: string,
  folded: QuotableText,
  wanted: string,
  from = 0,
  to = folded.text.length,
): Generator<Place> {
  if (wanted === '') return;
  const part = to < folded.text.length ? folded.text.slice(from, to) : folded.text;
  const shift = to < folded.text.length ? from : 0;
  let cut = 0;
  for (let at = part.indexOf(wanted, from - shift); at >= 0 && cut < MOST_CUT; at = part.indexOf(wanted, at + 1)) {
    const foldedEnd = shift + at + wanted.length;
    const span = { start: folded.startOf(shift + at), end: folded.endOf(foldedEnd) };
    if (isCut(text, span)) cut += 1;
    else yield { ...span, foldedEnd };
  }
}

/** Punctuation at the ends is the sentence's around a quotation as often as the document's; a sign or percentage is not. */
function withoutEnds(folded: string): string {
  let start = 0;
  let end = folded.length;
  while (start < end && isEnd(folded.charAt(start)) && !/^-\d/.test(folded.slice(start, start + 2))) start += 1;
  while (end > start && isEnd(folded.charAt(end - 1))) end -= 1;
  return folded.slice(start, end);
}

function isEnd(character: string): boolean {
  return /[\s\p{P}>]/u.test(character) && !/[%&@§#]/.test(character);
}

/** "…", "...", "[…]", "(...)" and ". . .". */
const ellipsis = /[[(]\s*(?:…|\.{3,}|\.\s\.\s\.)\s*[\])]|…|\.{3,}|\.\s\.\s\./u;
/** Characters that may have been left out at an ellipsis. */
const MOST_LEFT_OUT = 2_000;
/** Places of the first piece from which the others are looked for. */
const MOST_TRIED = 200;

/** A quotation with something left out: all its pieces in order, near each other. */
function inPieces(text: string, folded: QuotableText, quote: string): Span | null {
  const [first, ...rest] = piecesOf(quote).map((piece) => withoutEnds(foldQuotable(piece).text));
  if (first === undefined) return null;
  let tried = 0;
  for (const place of placesOf(text, folded, first)) {
    const end = endOfPieces(text, folded, rest, place);
    if (end !== null) return { start: place.start, end };
    tried += 1;
    if (tried >= MOST_TRIED) break;
  }
  return null;
}

/** None if nothing is left out. */
function piecesOf(quote: string): readonly string[] {
  return ellipsis.test(quote) ? quote.split(ellipsis).filter(isQuotation) : [];
}

/** The same, of pieces that go across marks of structure. */
function inBarePieces(text: string, bare: BareText, quote: string, effort: Effort): Span | null {
  const [first, ...rest] = piecesOf(quote);
  if (first === undefined) return null;
  let tried = 0;
  for (const place of acrossStructure(bare, first, effort)) {
    let end: number | null = isCut(text, place) ? null : place.end;
    for (const piece of rest) {
      if (end === null) break;
      const near = { start: end, end: end + MOST_LEFT_OUT + 2 * piece.length };
      end = uncut(text, acrossStructure(bare, piece, effort, near))?.end ?? null;
    }
    if (end !== null) return { start: place.start, end };
    tried += 1;
    if (tried >= MOST_TRIED) break;
  }
  return null;
}

/** Where the last of the pieces ends that follow a place; null if they do not. */
function endOfPieces(text: string, folded: QuotableText, pieces: readonly string[], after: Place): number | null {
  let { end, foldedEnd } = after;
  for (const piece of pieces) {
    const [next] = placesOf(text, folded, piece, foldedEnd, foldedEnd + MOST_LEFT_OUT + piece.length);
    if (next === undefined) return null;
    ({ end, foldedEnd } = next);
  }
  return end;
}

/** Shorter quotations are not looked for inside of words: "rent" is not in "current". */
const LONG_ENOUGH_TO_BE_CUT = 12;
/** Of scripts that part words by spaces and do not put particles at them. */
const isSpaced = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}]$/u;

/** Whether a place begins or ends inside of a number, a character or (a short one) a word. */
function isCut(text: string, { start, end }: Span): boolean {
  const after = characterAt(text, end);
  if (/^\p{M}$/u.test(after) || isInNumber(text, start) || isInNumber(text, end)) return true;
  if (end - start >= LONG_ENOUGH_TO_BE_CUT) return false;
  const inWord = (left: string, right: string) => isSpaced.test(left) && isSpaced.test(right);
  return inWord(characterBefore(text, start), characterAt(text, start)) || inWord(characterBefore(text, end), after);
}

/** Longer runs of digits are no amounts. */
const LONGEST_NUMBER = 40;
const oneNumber = /^(?:\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:[.,]\d+)?|\d+(?:[.,]\d+)?)$/;

/** "500" is not in "1,500", but "2025" is in "31.12.2025". */
function isInNumber(text: string, at: number): boolean {
  const left = /[\d.,'’]*$/.exec(text.slice(Math.max(0, at - LONGEST_NUMBER), at))?.[0] ?? '';
  const right = /^[\d.,'’]*/.exec(text.slice(at, at + LONGEST_NUMBER))?.[0] ?? '';
  if (/\d$/.test(left) && /^\d/.test(right)) return true;
  if (!/\d/.test(left) || !/\d/.test(right)) return false;
  return oneNumber.test(`${left}${right}`.replace(/^[.,'’]+|[.,'’]+$/g, ''));
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

function within(places: Places | null, text: string, passage: Passage): Pick<EvidencePlace, 'page' | 'place'> {
  const place = places === null ? null : placeAt(places, text, passage);
  if (place === null) return { page: null };
  return place.unit === 'page' ? { page: place.number } : { page: null, place };
}
