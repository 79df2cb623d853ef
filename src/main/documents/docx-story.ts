import type { ReadingNote } from '../../shared/reading-note.ts';
import { createControls } from './docx-controls.ts';
import { createFields } from './docx-fields.ts';
import { createEquations } from './docx-math.ts';
import type { NoteMarks } from './docx-notes.ts';
import { createItemCounter, depthOf, type ListPlace, type Lists } from './docx-numbering.ts';
import { createSections } from './docx-sections.ts';
import { type RunLooks, riseOf, type Styles, withLooks } from './docx-styles.ts';
import type { HtmlText } from './html-to-text.ts';
import type { Rise } from './raised-text.ts';
import { readSigns, symbolFontOf } from './symbol-fonts.ts';
import type { TextWriter } from './text-writer.ts';
import { type Attributes, attributeOf, isOn } from './xml-events.ts';

/** What a document holds beside its text, or in it in another way than on the paper. */
export type DocxContent =
  | 'equations'
  | 'comments'
  | 'deletions'
  | 'digits for numbers'
  | 'equation objects'
  | 'objects'
  | 'controls'
  | 'other formats'
  | 'other documents';

export interface Found {
  readonly holds: Set<DocxContent>;
  hiddenCharacters: number;
  unknownSigns: number;
  fieldsWithoutResult: number;
  largeImages: number;
  /** The ids of the relationships to the headers and footers that are printed, in their order. */
  readonly headers: string[];
  readonly footers: string[];
  /** On the parts in other formats. */
  readonly notes: ReadingNote[];
}

export function createFound(): Found {
  return {
    holds: new Set(),
    hiddenCharacters: 0,
    unknownSigns: 0,
    fieldsWithoutResult: 0,
    largeImages: 0,
    headers: [],
    footers: [],
    notes: [],
  };
}

/** What all stories of a document share. */
export interface StoryContext {
  readonly lists: Lists;
  readonly styles: Styles;
  readonly writer: TextWriter;
  readonly found: Found;
  readonly notes: NoteMarks;
  /** A part of the document in another format, by the id of the reference to it; `null` for one that is not read. */
  readonly chunk: (id: string) => HtmlText | null;
}

/**
 * What is in the file but not on the paper: deleted and moved text, the format before a tracked change of it, tab stops
 * (which are called as tabs are), the older of two forms, reading aids.
 */
const skipped = new Set(
  'w:del w:moveFrom w:rPrChange w:pPrChange w:sectPrChange w:tabs w:rt w:delInstrText w:delText'.split(' '),
);

const remarkable: ReadonlyMap<string, DocxContent> = new Map([
  ['m:oMath', 'equations'],
  ['w:commentReference', 'comments'],
  ['w:subDoc', 'other documents'],
  ['w:control', 'controls'],
]);

interface Paragraph {
  list: ListPlace | null;
  looks: RunLooks;
  isStarted: boolean;
  /** Its end was deleted: what follows goes on in its line. */
  isJoined: boolean;
  isHidden: boolean;
}

/** A picture from 12 by 8 cm on may well be a page or a table that was scanned. In English Metric Units. */
const largeImage = { width: 4_320_000, height: 2_880_000 };

/**
 * Turns the elements of a story (the body, a note, a header) into text. Text boxes put paragraphs into paragraphs. `xml` is
 * the whole part that the story is in.
 */
export function createStory(xml: string, { lists, styles, writer, found, notes, chunk }: StoryContext) {
  const items = createItemCounter(lists);
  const fields = createFields(xml);
  const equations = createEquations(write);
  const path: string[] = [];
  const paragraphs: Paragraph[] = [];
  const runs: RunLooks[] = [];
  const controls = createControls();
  const sections = createSections(found.headers, found.footers);
  /** Whether each of the table rows that are open is deleted by a tracked change. */
  const deletedRows: boolean[] = [];
  /** How much text there was before each of the open choices between a newer and an older form. */
  const choices: number[] = [];
  let pieces = 0;
  let skipDepth = 0;
  let fallbackDepth = 0;
  let afterItem = false;
  let goesOn = false;
  let isLargeDrawing = false;

  const looks = (): RunLooks => runs.at(-1) ?? paragraphs.at(-1)?.looks ?? {};

  function write(text: string): void {
    put(text, equations.rise() ?? riseOf(looks()));
  }

  function put(text: string, rise: Rise | null): void {
    if (text === '') return;
    pieces += 1;
    if (fields.isInCode()) fields.addCode(text);
    else if (looks().isHidden) found.hiddenCharacters += text.trim().length;
    else if (controls.isInBox()) writeBox();
    else putShown(text, rise);
  }

  function writeBox(): void {
    const box = controls.box();
    if (box !== '') putShown(box, null);
  }

  function putShown(text: string, rise: Rise | null): void {
    fields.show();
    const paragraph = paragraphs.at(-1);
    if (paragraph !== undefined && !paragraph.isStarted) start(paragraph);
    writer.strike(looks().isStruck === true);
    writer.rise(rise);
    writer.writeVerbatim(text);
  }

  function writeSigns(text: string, font = looks().font ?? null): void {
    const read = readSigns(text, font);
    if (!fields.isInCode() && !looks().isHidden && !controls.isInBox()) found.unknownSigns += read.unknown;
    write(read.text);
  }

  function start(paragraph: Paragraph): void {
    paragraph.isStarted = true;
    if (goesOn) {
      goesOn = false;
      return;
    }
    const isItem = paragraph.list !== null && items.isItem(paragraph.list);
    writer.breakLine((isItem && afterItem) || writer.isInTable() ? 1 : 2);
    if (isItem && paragraph.list !== null) writer.prefix(items.markOf(paragraph.list));
    afterItem = isItem;
  }

  /** Text after a text box is on a new line of the paragraph that holds the box. */
  function endParagraph(): void {
    const paragraph = paragraphs.pop();
    if (paragraph === undefined) return;
    // An item without text has its number on the paper all the same, as in a column of numbers.
    const isEmptyItem = !paragraph.isStarted && paragraph.list !== null && items.isNumbered(paragraph.list);
    if (isEmptyItem && !paragraph.isHidden && !paragraph.isJoined && !fields.isInCode()) {
      start(paragraph);
      writer.writePrefix();
    }
    goesOn = (paragraph.isStarted || goesOn) && (paragraph.isJoined || fields.isInCode());
    if (paragraph.isStarted && !goesOn && paragraphs.length > 0) writer.breakLine(2);
  }

  function openProperty(name: string, attributes: Attributes, parent: string | undefined): void {
    if (parent !== 'w:rPr' && parent !== 'w:pPr' && parent !== 'w:numPr') return;
    const paragraph = paragraphs.at(-1);
    const value = attributeOf(attributes, 'val') ?? '';
    const owner = path.at(-3);
    if (parent === 'w:rPr' && (owner === 'w:r' || owner === 'm:r')) {
      const run = runs.pop() ?? {};
      runs.push(name === 'w:rStyle' ? { ...run, ...styles.character(value) } : withLooks(run, name, attributes));
    } else if (paragraph === undefined) return;
    else if (parent === 'w:rPr' && owner === 'w:pPr' && name === 'w:vanish') paragraph.isHidden = isOn(value);
    else if (name === 'w:pStyle') {
      const style = styles.paragraph(value, lists);
      paragraph.list = style.list;
      paragraph.looks = style.run;
    } else if (parent !== 'w:numPr') return;
    else if (name === 'w:ilvl') paragraph.list = { listId: paragraph.list?.listId ?? '0', level: depthOf(value) };
    else if (name === 'w:numId') paragraph.list = { listId: value, level: paragraph.list?.level ?? 0 };
  }

  function openContent(name: string, attributes: Attributes): void {
    if (name === 'w:tab' || name === 'w:ptab') write('\t');
    else if (name === 'w:noBreakHyphen') write('-');
    else if (name === 'w:sym' || name === 'w16se:symEx') writeSymbol(attributes);
    else if (name === 'w:br' || name === 'w:cr') breakLine();
    else if (name === 'w:fldChar') write(fields.char(attributes));
    else if (name === 'w:fldSimple') fields.beginSimple(attributeOf(attributes, 'instr') ?? '');
    else if (name === 'w:altChunk') writeChunk(attributeOf(attributes, 'id') ?? '');
    else if (name === 'v:textpath') write(attributeOf(attributes, 'string') ?? '');
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') {
      const kind = name.slice(2, -'Reference'.length);
      const hasOwnMark = isOn(attributeOf(attributes, 'customMarkFollows') ?? '0');
      put(notes.refer(kind, attributeOf(attributes, 'id') ?? '', hasOwnMark), null);
    }
  }

  function writeChunk(id: string): void {
    const read = chunk(id);
    if (read === null) found.holds.add('other formats');
    else {
      writer.breakLine(2);
      putShown(read.text, null);
      writer.breakLine(2);
      found.notes.push(...read.notes);
    }
  }

  function breakLine(): void {
    if (!fields.isInCode() && !looks().isHidden) writer.newLine();
  }

  /** A character of a symbol font, as forms use them for ticks and boxes. */
  function writeSymbol(attributes: Attributes): void {
    const code = Number.parseInt(attributeOf(attributes, 'char') ?? '', 16);
    if (!(code >= 0x20 && code < 0xd800) && !(code >= 0xe000 && code <= 0x10ffff)) return;
    writeSigns(String.fromCodePoint(code), symbolFontOf(attributeOf(attributes, 'font') ?? ''));
  }

  function remark(name: string, attributes: Attributes): void {
    const content = remarkable.get(name);
    if (content !== undefined) found.holds.add(content);
    if (name === 'wp:extent') {
      const [width, height] = ['cx', 'cy'].map((side) => Number(attributeOf(attributes, side)));
      isLargeDrawing = (width ?? 0) >= largeImage.width && (height ?? 0) >= largeImage.height;
    } else if (name === 'a:blip' && isLargeDrawing) found.largeImages += 1;
    if (name !== 'o:OLEObject') return;
    const isEquation = /^Equation/i.test(attributeOf(attributes, 'ProgID') ?? '');
    found.holds.add(isEquation ? 'equation objects' : 'objects');
  }

  /** The older form is read where the newer one, which may be of a kind that is not read here, gave no text. */
  function isTold(): boolean {
    return pieces > (choices.at(-1) ?? -1);
  }

  function skip(name: string, attributes: Attributes, parent: string | undefined): void {
    skipDepth += 1;
    if (name === 'mc:Fallback' || fallbackDepth > 0) fallbackDepth += 1;
    const paragraph = paragraphs.at(-1);
    const isGone = name === 'w:del' || name === 'w:moveFrom';
    if (isGone && parent === 'w:rPr' && path.at(-3) === 'w:pPr' && paragraph) paragraph.isJoined = true;
    if (name === 'w:del' && parent === 'w:trPr') deletedRows[deletedRows.length - 1] = true;
    if (name !== 'w:fldChar') return;
    // A field may be deleted in part: it ends where it ends, or what follows it would be code.
    if (fallbackDepth > 0) fields.pass(attributes);
    else fields.char(attributes);
  }

  function openBlock(name: string): void {
    if (name === 'w:p') {
      const { list, run } = styles.paragraph('', lists);
      paragraphs.push({ list, looks: run, isStarted: false, isJoined: false, isHidden: false });
    } else if (name === 'w:r' || name === 'm:r') {
      fields.openRun();
      runs.push(paragraphs.at(-1)?.looks ?? {});
    } else if (name === 'w:txbxContent') runs.push({});
    else if (name === 'w:tbl') writer.breakLine(2);
    else if (name === 'w:tr') startRow();
    else if (name === 'w:tc' && deletedRows.at(-1) !== true) writer.startCell();
    else if (name === 'a:p') writer.breakLine(1);
    else if (name === 'mc:AlternateContent') choices.push(pieces);
  }

  function closeBlock(name: string): void {
    if (name === 'w:p') endParagraph();
    else if (name === 'w:r' || name === 'm:r' || name === 'w:txbxContent') runs.pop();
    else if (name === 'w:ffData') fields.closeData();
    else if (name === 'w:fldSimple') write(fields.end());
    else if (name === 'w:sdtContent' && paragraphs.length > 0) writeBox();
    else if (name === 'w:tc' && deletedRows.at(-1) !== true) writer.endCell();
    else if (name === 'w:tr') endRow();
    else if (name === 'w:tbl') writer.breakLine(2);
    else if (name === 'mc:AlternateContent') choices.pop();
  }

  function startRow(): void {
    writer.breakLine(1);
    writer.startRow();
    deletedRows.push(false);
  }

  function endRow(): void {
    writer.endRow();
    deletedRows.pop();
  }

  return {
    open(name: string, attributes: Attributes): void {
      const parent = path.at(-1);
      path.push(name);
      if (skipDepth > 0 || skipped.has(name) || (name === 'mc:Fallback' && isTold())) {
        skip(name, attributes, parent);
        return;
      }
      openBlock(name);
      remark(name, attributes);
      controls.open(name, attributes);
      fields.openData(name, attributes);
      sections.open(name, attributes);
      openProperty(name, attributes, parent);
      equations.open(name, attributes, parent);
      openContent(name, attributes);
    },
    close(name: string): void {
      path.pop();
      if (skipDepth > 0) {
        skipDepth -= 1;
        if (fallbackDepth > 0) fallbackDepth -= 1;
        return;
      }
      equations.close(name, path.at(-1));
      closeBlock(name);
      sections.close(name);
      controls.close(name);
    },
    text(text: string): void {
      const name = path.at(-1);
      if (skipDepth > 0) {
        if (name === 'w:delText' && fallbackDepth === 0 && text.trim() !== '') found.holds.add('deletions');
      } else if (name === 'w:instrText') fields.addCode(text);
      else if (name === 'w:t' || name === 'm:t' || name === 'a:t') writeSigns(text);
    },
    /** Passes an element by that is in the part but not in the story. */
    pass(name: string, attributes: Attributes): void {
      if (name === 'w:fldChar') fields.pass(attributes);
    },
    /** To be called when the part has been read. */
    finish(): void {
      found.fieldsWithoutResult += fields.withoutResult();
      if (fields.hasEquations()) found.holds.add('equations');
      if (items.hasDigitsInstead()) found.holds.add('digits for numbers');
    },
  };
}
