import type { Places, RowRun } from '../../shared/places.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { PICTURE, type Picture, shifted, withPicturesNotRead } from '../documents/drawings/pictures.ts';
import { isLost, type PageOutcome, type RecognisedPage } from './messages.ts';
import { type CompletedText, meanConfidence, missedOn } from './recognised-text.ts';

/**
 * Below this mean confidence there are no words in a picture: photographs and drawings give scattered signs, with a
 * confidence of 20 to 50.
 */
const LEAST_CONFIDENCE = 60;
const LEAST_LETTERS = 3;

/** Those pictures that hold words. */
export function pictureWords(outcomes: readonly PageOutcome[]): readonly RecognisedPage[] {
  return outcomes.filter(
    (page): page is RecognisedPage =>
      !isLost(page) &&
      (page.confidence ?? 0) >= LEAST_CONFIDENCE &&
      (page.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST_LETTERS,
  );
}

/** Puts recognised words behind their pictures: in their line if something else stands in it, such as a table's cells. */
export function withPictureWords(
  { text, places }: CompletedText,
  pictures: readonly Picture[],
  read: readonly RecognisedPage[],
): CompletedText {
  const wordsOf = new Map(read.map((page) => [page.number, page.text]));
  const shifts: { from: number; by: number }[] = [];
  const lines: { readonly line: number; readonly more: number }[] = [];
  let whole = '';
  let done = 0;
  let line = 1;
  let by = 0;
  pictures.forEach(({ at }, index) => {
    const words = wordsOf.get(index + 1);
    if (words === undefined) return;
    const added = standsAlone(text, at) ? `\n${words}` : ` ${words.replace(/\s+/g, ' ')}`;
    const before = text.slice(done, at);
    whole += before + added;
    line += lineBreaks(before);
    done = at;
    by += added.length;
    shifts.push({ from: at, by });
    lines.push({ line, more: lineBreaks(added) });
  });
  const complete = whole + text.slice(done);
  if (places === null) return { text: complete, places };
  return {
    text: complete,
    places: { ...places, starts: shifted(places.starts, shifts), ...movedLines(places, lines) },
  };
}

function standsAlone(text: string, at: number): boolean {
  const start = at - PICTURE.length;
  return (start === 0 || text[start - 1] === '\n') && (at === text.length || text[at] === '\n');
}

function lineBreaks(text: string): number {
  return text.split('\n').length - 1;
}

/** Lines that are rows of a sheet, behind lines that have become more. */
function movedLines(
  { rows, unclear }: Places,
  lines: readonly { readonly line: number; readonly more: number }[],
): Pick<Places, 'rows' | 'unclear'> {
  const moved = (ascending: readonly number[]): readonly number[] => {
    let [at, more] = [0, 0];
    return ascending.map((line) => {
      for (let added = lines[at]; added !== undefined && added.line < line; added = lines[at]) {
        more += added.more;
        at += 1;
      }
      return line + more;
    });
  };
  const froms = moved((rows ?? []).map(([from]) => from));
  return {
    ...(rows === undefined ? {} : { rows: rows.map(([, row], at): RowRun => [froms[at] ?? 0, row]) }),
    ...(unclear === undefined ? {} : { unclear: moved(unclear) }),
  };
}

/** What the user should know about the pictures of a document, besides what its reader noted. */
export function pictureNotes(
  notes: readonly ReadingNote[],
  pictures: readonly Picture[],
  outcomes: readonly PageOutcome[],
): readonly ReadingNote[] {
  const read = pictureWords(outcomes);
  const settled = outcomes.filter((page) => !isLost(page)).length;
  const others = withPicturesNotRead(notes, pictures.length - settled);
  if (settled === 0) return others;
  const confidence = read.length === 0 ? 0 : meanConfidence(read);
  const { inPart, missed, specked } = missedOn(read);
  const of = settled;
  const told: ReadingNote[] = [{ code: 'pictures_recognised', params: { pictures: read.length, of, confidence } }];
  if (inPart.length > 0) {
    told.push({ code: 'pictures_recognised_in_part', params: { pictures: inPart.length, of, missed } });
  }
  if (specked.length > 0) told.push({ code: 'pictures_among_specks', params: { pictures: specked.length, of } });
  return [...others, ...told];
}
