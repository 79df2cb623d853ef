import type { DocFile, TextRun } from './doc-file.ts';
import { createFieldMarks } from './field-marks.ts';
import { readFormState } from './form-state.ts';
import type { FoundInDoc } from './found-in-doc.ts';
import { pictureInLine } from './picture.ts';
import type { Changes } from './properties.ts';
import { createStoryText } from './story-text.ts';

/** What stands for something at a place in the text. */
export interface Anchors {
  /** The mark of a note; null if none is there. */
  readonly noteAt: (place: number) => string | null;
  /** The line of a comment; '' if none is there. */
  readonly commentAt: (place: number) => string;
  /** The text of a box; '' if none is there. */
  readonly boxAt: (place: number) => string;
  /** The mark of a picture that text flows around; '' if none is there. */
  readonly pictureAt: (place: number) => string;
}

export const noAnchors: Anchors = { noteAt: () => null, commentAt: () => '', boxAt: () => '', pictureAt: () => '' };

const [CELL, PAGE, PARAGRAPH] = ['\x07', '\x0c', '\r'];
const [FIELD, SEPARATOR, FIELD_END] = ['\x13', '\x14', '\x15'];
const [PICTURE, NOTE, COMMENT, DRAWING, SYMBOL] = ['\x01', '\x02', '\x05', '\x08', '('];
const specials = new Set([PICTURE, NOTE, COMMENT, DRAWING, SYMBOL, FIELD, SEPARATOR, FIELD_END]);
const ends = new Set([CELL, PAGE, PARAGRAPH]);
/** Where a text of its own stands in that of the file: up to, but not including, `to`. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The text of a stretch of the document: the body, a note, a comment or a box. */
export function storyOf(file: DocFile, found: FoundInDoc, stretch: Stretch, anchors: Anchors, isBody = false): string {
  return readStory(file, found, stretch, anchors, isBody).text;
}

/** The text of a header or footer, and the same without the page numbers that it was stored with. */
export function printedStoryOf(file: DocFile, found: FoundInDoc, stretch: Stretch) {
  return readStory(file, found, stretch, noAnchors, false);
}

function readStory(file: DocFile, found: FoundInDoc, stretch: Stretch, anchors: Anchors, isBody: boolean) {
  const fields = createFieldMarks();
  const text = createStoryText(file, found, fields, isBody);

  function endField(looks: Changes): void {
    const shown = fields.end();
    if (shown === null) found.fieldsWithoutResult += 1;
    else text.write(shown, looks);
  }

  function readSpecial(sign: string, { from: place, looks }: TextRun): void {
    if (sign === FIELD) fields.begin();
    else if (sign === SEPARATOR) fields.separate();
    else if (sign === FIELD_END) endField(looks);
    else if (sign === PICTURE && fields.isAtCode()) readFormState(file.data, looks.picture ?? -1, fields.form);
    else if (fields.isInCode()) return;
    else if (sign === PICTURE) text.writePicture(() => pictureInLine(file.data, looks.picture ?? -1, found), looks);
    else if (sign === COMMENT) text.writeComment(anchors.commentAt(place));
    else if (sign === DRAWING) {
      text.writeBox(anchors.boxAt(place));
      text.writePicture(() => anchors.pictureAt(place), looks);
    } else if (sign === SYMBOL && looks.symbol !== undefined) text.writeSymbol(looks.symbol, looks);
    else {
      const mark = anchors.noteAt(place);
      if (mark !== null) text.write(mark, { ...looks, rise: null });
    }
  }

  function isSpecial(sign: string, place: number, looks: Changes): boolean {
    if (!specials.has(sign)) return false;
    if (looks.isSpecial === true && (sign !== SYMBOL || looks.symbol !== undefined)) return true;
    // A typed mark of a note is like any other letter.
    return sign !== SYMBOL && anchors.noteAt(place) !== null;
  }

  function readRun(run: TextRun): void {
    let start = 0;
    for (const { index } of run.text.matchAll(/[\p{Cc}(]/gu)) {
      const sign = run.text[index] ?? '';
      const place = run.from + index;
      if (!isSpecial(sign, place, run.looks)) continue;
      text.writeLetters(run.text.slice(start, index), run.looks);
      start = index + 1;
      readSpecial(sign, { ...run, from: place });
    }
    text.writeLetters(run.text.slice(start), run.looks);
  }

  for (const { from, to, end, sign, looks } of paragraphsIn(file, stretch)) {
    text.begin(looks, end > from);
    for (const run of file.runsOf(from, to, looks)) readRun(run);
    if (fields.isInCode()) continue;
    if (sign === CELL || text.endsInnerCell()) text.endCell();
    else if (!isJoined(file, end, looks)) text.endParagraph();
  }
  return { text: text.finish(), withoutNumbers: text.withoutNumbers() };
}

interface DocParagraph extends Stretch {
  /** Place of its last character. */
  readonly end: number;
  /** That character: the sign that ends it, or text where there is none. */
  readonly sign: string;
  readonly looks: Changes;
}

function* paragraphsIn(file: DocFile, { from, to }: Stretch): Generator<DocParagraph> {
  const until = Math.min(to, file.text.length);
  for (let start = from; start < until; ) {
    let stop = start + 1;
    while (stop < until && !ends.has(file.text[stop - 1] ?? '')) stop += 1;
    const end = stop - 1;
    const sign = file.text[end] ?? PARAGRAPH;
    yield { from: start, to: ends.has(sign) ? end : stop, end, sign, looks: file.paragraphAt(end) };
    start = stop;
  }
}

/** Where the mark of a paragraph is hidden or deleted, the next one continues its line. */
function isJoined(file: DocFile, at: number, paragraph: Changes): boolean {
  const [run] = file.runsOf(at, at + 1, paragraph);
  return run?.looks.isDeleted === true || run?.looks.isHidden === true;
}
