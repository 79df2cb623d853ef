import { headingMark } from '../heading-mark.ts';
import { objectKindOf } from '../object-kinds.ts';
import { createParagraphStory } from '../paragraph-story.ts';
import { createRtfFields } from '../rtf/fields.ts';
import { readSigns, signAt, unknownSign } from '../symbol-fonts.ts';
import type { DocFile, TextRun } from './doc-file.ts';
import { readFormState } from './form-state.ts';
import type { FoundInDoc } from './found-in-doc.ts';
import { pictureInLine } from './picture.ts';
import type { Changes } from './properties.ts';

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
/** Tables in tables that pages of this world have. */
const maxDepth = 20;

/** The text of a stretch of the document: the body, a note, a header, a comment or a box. */
export function storyOf(
  file: DocFile,
  found: FoundInDoc,
  from: number,
  until: number,
  anchors: Anchors,
  isBody = false,
): string {
  const to = Math.min(until, file.text.length);
  const story = createParagraphStory();
  const fields = createRtfFields();
  /** Of each open field, whether its code is what is being read. */
  const inCode: boolean[] = [];
  let paragraph: Changes = {};

  const depth = (): number => Math.min(maxDepth, paragraph.depth ?? 0);

  function write(text: string, looks: Changes): void {
    if (text === '') return;
    if (looks.isDeleted === true) found.holds.add('deletions');
    else if (looks.isHidden === true) found.hiddenCharacters += text.replace(/\s+/g, '').length;
    else {
      fields.showResult();
      const heading = isBody ? headingMark(paragraph.outline ?? null) : '';
      story.write(text, { rise: looks.rise ?? null, isStruck: looks.isStruck === true, level: depth(), heading });
    }
  }

  function writePicture(mark: string, looks: Changes): void {
    if (mark === '' || looks.isHidden === true || looks.isDeleted === true) return;
    fields.showResult();
    story.block(mark, depth());
  }

  function special(sign: string, { from: place, looks }: TextRun): void {
    if (sign === FIELD) {
      inCode.push(true);
      fields.open(inCode.length);
    } else if (sign === SEPARATOR) {
      if (inCode.length > 0) inCode[inCode.length - 1] = false;
    } else if (sign === FIELD_END) endField(looks);
    else if (sign === PICTURE && inCode.at(-1) === true) readFormState(file.data, looks.picture ?? -1, fields);
    else if (inCode.includes(true)) return;
    else if (sign === PICTURE) writePicture(pictureInLine(file.data, looks.picture ?? -1, found), looks);
    else if (sign === COMMENT) story.comment(anchors.commentAt(place));
    else if (sign === DRAWING) {
      writeBox(anchors.boxAt(place));
      writePicture(anchors.pictureAt(place), looks);
    } else if (sign === SYMBOL && looks.symbol !== undefined) writeSymbol(looks.symbol, looks);
    else {
      const mark = anchors.noteAt(place);
      if (mark !== null) write(mark, { ...looks, rise: null });
    }
  }

  function endField(looks: Changes): void {
    const isShown = !inCode.slice(0, -1).includes(true);
    const shown = inCode.length === 0 ? '' : fields.close(inCode.length);
    inCode.pop();
    if (!isShown) return;
    if (shown === null) found.fieldsWithoutResult += 1;
    else write(shown, looks);
  }

  function writeBox(text: string): void {
    if (text !== '') story.block(text, depth());
  }

  function writeSymbol({ font, code }: NonNullable<Changes['symbol']>, looks: Changes): void {
    const table = file.fonts.get(font) ?? null;
    const sign = table === null ? null : signAt(table, code);
    if (sign === null) found.unknownSigns += 1;
    write(sign ?? unknownSign, looks);
  }

  function plain(text: string, looks: Changes): void {
    if (inCode.includes(true)) {
      const [, kind, program] = /^\s*(EMBED|LINK)\s+(\S*)/i.exec(text) ?? [];
      if (kind !== undefined) found.objects.add(objectKindOf(program ?? '', kind.toUpperCase() === 'LINK'));
      fields.addCode(text);
      return;
    }
    const [first = '', ...lines] = text
      .replaceAll('\x1e', '-')
      .replaceAll('\x1f', '')
      .replaceAll('\x0e', '\x0b')
      .split('\x0b');
    for (const [index, line] of [first, ...lines].entries()) {
      if (index > 0 && looks.isHidden !== true && looks.isDeleted !== true) story.newLine();
      const read = readSigns(line.replace(/(?!\t)\p{Cc}/gu, ''), file.fonts.get(looks.font ?? -1) ?? null);
      if (looks.isHidden !== true && looks.isDeleted !== true) found.unknownSigns += read.unknown;
      write(read.text, looks);
    }
  }

  function writeRun(run: TextRun): void {
    const { text, looks } = run;
    let start = 0;
    for (const { index } of text.matchAll(/[\p{Cc}(]/gu)) {
      const sign = text[index] ?? '';
      if (!specials.has(sign)) continue;
      const place = run.from + index;
      const isSpecial = looks.isSpecial === true && (sign !== SYMBOL || looks.symbol !== undefined);
      // A typed mark of a note is like any other letter.
      if (!isSpecial && (sign === SYMBOL || anchors.noteAt(place) === null)) continue;
      plain(text.slice(start, index), looks);
      start = index + 1;
      special(sign, { ...run, from: place });
    }
    plain(text.slice(start), looks);
  }

  function begin(): void {
    const { list = 0, listLevel = 0 } = paragraph;
    const place = { listId: String(list), level: Math.min(8, listLevel) };
    if (list > 0 && file.items.isItem(place)) story.item(file.items.markOf(place));
  }

  function end(sign: string, at: number): void {
    if (inCode.length > 0 && inCode.includes(true)) return;
    if (sign === CELL || paragraph.isInnerCellEnd === true || (paragraph.isRowEnd === true && depth() > 1)) {
      if (paragraph.isRowEnd === true) story.endRow(Math.max(1, depth()));
      else story.endCell(Math.max(1, depth()));
    } else if (!isJoined(at)) story.endParagraph();
  }

  /** Where the mark of a paragraph is hidden or deleted, the next one continues its line. */
  function isJoined(at: number): boolean {
    const [run] = file.runsOf(at, at + 1, paragraph);
    return run?.looks.isDeleted === true || run?.looks.isHidden === true;
  }

  for (let start = from; start < to; ) {
    let stop = start + 1;
    while (stop < to && !ends.has(file.text[stop - 1] ?? '')) stop += 1;
    const sign = file.text[stop - 1] ?? PARAGRAPH;
    const isEnded = ends.has(sign);
    paragraph = file.paragraphAt(stop - 1);
    if (stop - 1 > start) begin();
    for (const run of file.runsOf(start, isEnded ? stop - 1 : stop, paragraph)) writeRun(run);
    end(sign, stop - 1);
    start = stop;
  }
  return story.finish();
}
