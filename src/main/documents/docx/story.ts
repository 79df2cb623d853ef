import { createEquations } from '../drawings/math.ts';
import { type Attributes, attributeOf, isOn } from '../packed/xml-events.ts';
import type { Rise } from '../raised-text.ts';
import { readSigns, symbolFontOf } from '../symbol-fonts.ts';
import type { TextWriter } from '../text-writer.ts';
import type { ChunkText } from './chunks.ts';
import { createComments } from './comments.ts';
import { createControls } from './controls.ts';
import { createFields } from './fields.ts';
import { createRemarks, type Found } from './found.ts';
import type { NoteMarks } from './notes.ts';
import type { Lists } from './numbering.ts';
import { createParagraphs, createRows } from './paragraphs.ts';
import { createSections } from './sections.ts';
import { type RunLooks, riseOf, type Styles, withLooks } from './styles.ts';

/** Shared by all stories of a document. */
export interface StoryContext {
  readonly lists: Lists;
  readonly styles: Styles;
  readonly writer: TextWriter;
  readonly found: Found;
  readonly notes: NoteMarks;
  /** The lines of comments, by id. */
  readonly comments: ReadonlyMap<string, string>;
  /** Headings get their Markdown marks. */
  readonly marksHeadings: boolean;
  /** The text of an embedded part in another format, by reference id; `null` if it is not read. */
  readonly chunk: (id: string) => ChunkText | null;
  /** The mark of a picture, by reference id; '' if it is not read. */
  readonly picture: (id: string) => string;
}

/**
 * Elements in the file that do not print: deleted and moved text, formatting before a tracked change, tab stops (which
 * share their name with tabs), phonetic guides.
 */
const skipped = new Set(
  'w:del w:moveFrom w:rPrChange w:pPrChange w:sectPrChange w:tabs w:rt w:delInstrText w:delText'.split(' '),
);

/**
 * Turns the elements of a story (the body, a note, a header) into text. `xml` is the whole part that contains the
 * story.
 */
export function createStory(xml: string, context: StoryContext) {
  const { lists, styles, writer, found, notes, chunk, picture } = context;
  const fields = createFields(xml);
  const equations = createEquations(write);
  const path: string[] = [];
  const paragraphs = createParagraphs(lists, styles, writer, context.marksHeadings);
  const comments = createComments(context.comments, writer);
  const rows = createRows(writer);
  const remark = createRemarks(found, writePicture);
  const runs: RunLooks[] = [];
  const controls = createControls();
  const sections = createSections(found.headers, found.footers);
  /** Number of text pieces written before each open `mc:AlternateContent`. */
  const choices: number[] = [];
  let pieces = 0;
  let skipDepth = 0;
  let fallbackDepth = 0;

  const looks = (): RunLooks => runs.at(-1) ?? paragraphs.looks();

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
    paragraphs.beforeText();
    writer.strike(looks().isStruck === true);
    writer.rise(rise);
    writer.writeVerbatim(text);
  }

  function writeSigns(text: string, font = looks().font ?? null): void {
    const read = readSigns(text, font);
    if (!fields.isInCode() && !looks().isHidden && !controls.isInBox()) found.unknownSigns += read.unknown;
    write(read.text);
  }

  function openProperty(name: string, attributes: Attributes, parent: string | undefined): void {
    if (parent !== 'w:rPr' && parent !== 'w:pPr' && parent !== 'w:numPr') return;
    const value = attributeOf(attributes, 'val') ?? '';
    const owner = path.at(-3);
    if (parent !== 'w:rPr') paragraphs.openProperty(name, value, parent);
    else if (owner === 'w:pPr') paragraphs.openEndProperty(name, value);
    else if (owner === 'w:r' || owner === 'm:r') {
      const run = runs.pop() ?? {};
      runs.push(name === 'w:rStyle' ? { ...run, ...styles.character(value) } : withLooks(run, name, attributes));
    }
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
    } else if (name === 'w:commentReference') {
      if (!comments.refer(attributeOf(attributes, 'id') ?? '')) found.holds.add('comments');
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

  function writePicture(id: string): void {
    if (fields.isInCode() || looks().isHidden) return;
    const mark = picture(id);
    if (mark === '') found.largeImages += 1;
    else {
      pieces += 1;
      writer.breakLine(writer.isInTable() ? 1 : 2);
      putShown(mark, null);
      writer.breakLine(writer.isInTable() ? 1 : 2);
    }
  }

  function breakLine(): void {
    if (!fields.isInCode() && !looks().isHidden) writer.newLine();
  }

  /** Writes a symbol-font character, as forms use for ticks and boxes. */
  function writeSymbol(attributes: Attributes): void {
    const code = Number.parseInt(attributeOf(attributes, 'char') ?? '', 16);
    if (!(code >= 0x20 && code < 0xd800) && !(code >= 0xe000 && code <= 0x10ffff)) return;
    writeSigns(String.fromCodePoint(code), symbolFontOf(attributeOf(attributes, 'font') ?? ''));
  }

  /** Whether the newer form gave text; if not (it may be of a kind not read here), the older one is read. */
  function isTold(): boolean {
    return pieces > (choices.at(-1) ?? -1);
  }

  function skip(name: string, attributes: Attributes, parent: string | undefined): void {
    skipDepth += 1;
    if (name === 'mc:Fallback' || fallbackDepth > 0) fallbackDepth += 1;
    if (name === 'w:del' && parent === 'w:trPr') rows.delete();
    if (parent === 'w:rPr' && path.at(-3) === 'w:pPr' && skipDepth === 1) paragraphs.openEndProperty(name, '');
    if (name !== 'w:fldChar') return;
    // A field may be deleted in part; it must still end, or the text after it would be taken for code.
    if (fallbackDepth > 0) fields.pass(attributes);
    else fields.char(attributes);
  }

  function openBlock(name: string): void {
    if (name === 'w:p') paragraphs.open();
    else if (name === 'w:r' || name === 'm:r') {
      fields.openRun();
      runs.push(paragraphs.looks());
    } else if (name === 'w:txbxContent') runs.push({});
    else if (name === 'a:p') writer.breakLine(1);
    else if (name === 'mc:AlternateContent') choices.push(pieces);
    else rows.open(name);
  }

  function closeBlock(name: string): void {
    if (name === 'w:p') paragraphs.close(fields.isInCode());
    else if (name === 'w:r' || name === 'm:r' || name === 'w:txbxContent') runs.pop();
    else if (name === 'w:ffData') fields.closeData();
    else if (name === 'w:fldSimple') write(fields.end());
    else if (name === 'w:sdtContent' && paragraphs.isInside()) writeBox();
    else if (name === 'mc:AlternateContent') choices.pop();
    else rows.close(name);
    if ((name === 'w:p' || name === 'w:tbl') && paragraphs.isBetween() && !writer.isInTable()) comments.write();
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
    /** Skips an element that is in the part but not in the story. */
    pass(name: string, attributes: Attributes): void {
      if (name === 'w:fldChar') fields.pass(attributes);
    },
    /** Call when the whole part has been read. */
    finish(): void {
      comments.write();
      found.fieldsWithoutResult += fields.withoutResult();
      if (fields.hasEquations()) found.holds.add('equations');
      if (paragraphs.hasDigitsInstead()) found.holds.add('digits for numbers');
    },
  };
}
