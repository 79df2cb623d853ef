import { createEquations } from '../drawings/math.ts';
import { createAlternatives } from '../packed/alternatives.ts';
import { type Attributes, attributeOf, isOn } from '../packed/xml-events.ts';
import type { TextWriter } from '../text-writer.ts';
import type { ChunkText } from './chunks.ts';
import { createComments } from './comments.ts';
import { createControls } from './controls.ts';
import { createFields } from './fields.ts';
import { createRemarks, type Found } from './found.ts';
import type { NoteMarks } from './notes.ts';
import type { Lists } from './numbering.ts';
import { createParagraphs, createRows } from './paragraphs.ts';
import { createRuns } from './runs.ts';
import { createSections } from './sections.ts';
import { createStoryText } from './story-text.ts';
import type { Styles } from './styles.ts';

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
  /** Stored page numbers are left out. */
  readonly isWithoutPageNumbers?: boolean;
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
  const controls = createControls();
  const paragraphs = createParagraphs(lists, styles, writer, context.marksHeadings);
  const { looks, ...runs } = createRuns(styles, paragraphs.looks);
  const equations = createEquations((sign) => text.write(sign));
  const isWithoutPageNumbers = context.isWithoutPageNumbers === true;
  const around = { fields, controls, paragraphs, looks, rise: equations.rise, isWithoutPageNumbers };
  const text = createStoryText(writer, found, around);
  const alternatives = createAlternatives(text.pieces);
  const comments = createComments(context.comments, writer);
  const rows = createRows(writer);
  const remark = createRemarks(found, (id) => text.writePicture(picture(id)));
  const sections = createSections(found.headers, found.footers);
  const path: string[] = [];
  let skipDepth = 0;
  let fallbackDepth = 0;

  function openProperty(name: string, attributes: Attributes, parent: string | undefined): void {
    if (parent !== 'w:rPr' && parent !== 'w:pPr' && parent !== 'w:numPr') return;
    const value = attributeOf(attributes, 'val') ?? '';
    const owner = path.at(-3);
    if (parent !== 'w:rPr') paragraphs.openProperty(name, value, parent);
    else if (owner === 'w:pPr') paragraphs.openEndProperty(name, value);
    else if (owner === 'w:r' || owner === 'm:r') runs.openProperty(name, attributes, value);
  }

  function openContent(name: string, attributes: Attributes): void {
    if (name === 'w:tab' || name === 'w:ptab') text.write('\t');
    else if (name === 'w:noBreakHyphen') text.write('-');
    else if (name === 'w:sym' || name === 'w16se:symEx') text.writeSymbol(attributes);
    else if (name === 'w:br' || name === 'w:cr') text.breakLine();
    else if (name === 'w:fldChar') text.write(fields.char(attributes));
    else if (name === 'w:fldSimple') fields.beginSimple(attributeOf(attributes, 'instr') ?? '');
    else if (name === 'w:altChunk') text.writeChunk(chunk(attributeOf(attributes, 'id') ?? ''));
    else if (name === 'v:textpath') text.write(attributeOf(attributes, 'string') ?? '');
    else if (name === 'o:signatureline') text.write(signatureLine(attributes));
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') {
      const kind = name.slice(2, -'Reference'.length);
      const hasOwnMark = isOn(attributeOf(attributes, 'customMarkFollows') ?? '0');
      text.writeMark(notes.refer(kind, attributeOf(attributes, 'id') ?? '', hasOwnMark));
    } else if (name === 'w:commentReference') {
      if (!comments.refer(attributeOf(attributes, 'id') ?? '')) found.holds.add('comments');
    }
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
    else if (name === 'w:r' || name === 'm:r') fields.openRun();
    else if (name === 'a:p') writer.breakLine(1);
    runs.open(name);
    rows.open(name);
    alternatives.open(name);
  }

  function closeBlock(name: string): void {
    if (name === 'w:p') paragraphs.close(fields.isInCode());
    else if (name === 'w:ffData') fields.closeData();
    else if (name === 'w:fldSimple') text.write(fields.end());
    else if (name === 'w:sdtContent' && paragraphs.isInside()) text.writeBox();
    runs.close(name);
    rows.close(name);
    alternatives.close(name);
    if ((name === 'w:p' || name === 'w:tbl') && paragraphs.isBetween() && !writer.isInTable()) comments.write();
  }

  return {
    open(name: string, attributes: Attributes): void {
      const parent = path.at(-1);
      path.push(name);
      if (skipDepth > 0 || skipped.has(name) || alternatives.isRepeated(name)) {
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
    text(piece: string): void {
      const name = path.at(-1);
      if (skipDepth > 0) {
        if (name === 'w:delText' && fallbackDepth === 0 && piece.trim() !== '') found.holds.add('deletions');
      } else if (name === 'w:instrText') fields.addCode(piece);
      else if (name === 'w:t' || name === 'm:t' || name === 'a:t') text.writeSigns(piece);
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

/** Who is to sign on a line, which Word draws as a picture. */
function signatureLine(attributes: Attributes): string {
  const signer = ['suggestedsigner', 'suggestedsigner2'].map((name) => attributeOf(attributes, name)?.trim() ?? '');
  const named = signer.filter((one) => one !== '').join(', ');
  return named === '' ? '' : `[Signature line] ${named}`;
}
