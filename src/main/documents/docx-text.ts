import { createFormFields } from './docx-form-fields.ts';
import { createItemCounter, depthOf, type ListPlace, type Lists } from './docx-numbering.ts';
import { createTextWriter, type TextWriter } from './text-writer.ts';
import { type Attributes, attributeOf, readXml } from './xml-events.ts';

/** The parts of a Word document that hold its text, as XML; '' where there is none. */
export interface DocxParts {
  readonly document: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly lists: Lists;
  readonly styleLists: ReadonlyMap<string, ListPlace>;
}

/**
 * What is in the file but not on the paper: deleted and moved text, the format before a tracked change of it, tab stops
 * (which are called as tabs are), the older of two forms, reading aids.
 */
const skipped = new Set(
  'w:del w:moveFrom w:rPrChange w:pPrChange w:tabs mc:Fallback w:rt w:instrText w:delText'.split(' '),
);

/** What a document holds beside its text: equations, references to comments, parts of it in files of their own. */
const remarkable: ReadonlyMap<string, DocxContent> = new Map([
  ['m:oMath', 'equations'],
  ['w:commentReference', 'comments'],
  ['w:altChunk', 'otherFormats'],
  ['w:subDoc', 'otherDocuments'],
]);
export type DocxContent = 'equations' | 'comments' | 'otherFormats' | 'otherDocuments';

/**
 * The text of a Word document in its order: paragraphs, numbered as printed; tables; text boxes; and the footnotes
 * and endnotes that it refers to, at the end. Throws when the XML is damaged.
 */
export function docxText(parts: DocxParts): { readonly text: string; readonly holds: ReadonlySet<DocxContent> } {
  const writer = createTextWriter();
  const notes = createNotes();
  const story = createStory(parts, writer, notes);
  readXml(parts.document, story);
  for (const [kind, xml] of [
    ['footnote', parts.footnotes],
    ['endnote', parts.endnotes],
  ] as const) {
    if (xml !== '') writeNotes(xml, kind, parts, writer, notes);
  }
  return { text: writer.finish(), holds: story.holds };
}

type Notes = ReturnType<typeof createNotes>;

/** Numbers the notes in the order in which the text refers to them. */
function createNotes() {
  const numbers = new Map<string, number>();
  return {
    refer(kind: string, id: string): number {
      const key = `${kind} ${id}`;
      const number = numbers.get(key) ?? numbers.size + 1;
      numbers.set(key, number);
      return number;
    },
    numberOf: (kind: string, id: string) => numbers.get(`${kind} ${id}`),
  };
}

/** Writes the notes of one kind that were referred to, each behind its number. */
function writeNotes(xml: string, kind: string, parts: DocxParts, writer: TextWriter, notes: Notes): void {
  const story = createStory(parts, writer, notes);
  let isWanted = false;
  readXml(xml, {
    open(name, attributes) {
      if (name !== `w:${kind}`) {
        if (isWanted) story.open(name, attributes);
        return;
      }
      const number = notes.numberOf(kind, attributeOf(attributes, 'id') ?? '');
      isWanted = number !== undefined;
      if (!isWanted) return;
      writer.breakLine(2);
      writer.prefix(`[${number}] `);
    },
    close(name) {
      if (name === `w:${kind}`) isWanted = false;
      else if (isWanted) story.close(name);
    },
    text: (text) => {
      if (isWanted) story.text(text);
    },
  });
}

interface Paragraph {
  list: ListPlace | null;
  isStarted: boolean;
}

/** Turns the elements of a story (the body, a note) into text. Text boxes put paragraphs into paragraphs. */
function createStory(parts: DocxParts, writer: TextWriter, notes: Notes) {
  const markOf = createItemCounter(parts.lists);
  const paragraphs: Paragraph[] = [];
  let skipDepth = 0;
  let textDepth = 0;
  let isHidden = false;
  let afterItem = false;
  const holds = new Set<DocxContent>();
  const formFields = createFormFields();
  /** Of the form field that is open, as long as no text shows it. */
  let fieldValue = '';

  function write(text: string): void {
    if (isHidden || text === '') return;
    fieldValue = '';
    const paragraph = paragraphs.at(-1);
    if (paragraph !== undefined && !paragraph.isStarted) start(paragraph);
    writer.writeVerbatim(text);
  }

  function start(paragraph: Paragraph): void {
    paragraph.isStarted = true;
    const isItem = paragraph.list !== null && paragraph.list.listId !== '0';
    writer.breakLine((isItem && afterItem) || writer.isInTable() ? 1 : 2);
    if (isItem && paragraph.list !== null) writer.prefix(markOf(paragraph.list));
    afterItem = isItem;
  }

  function openProperty(name: string, attributes: Attributes): void {
    const value = attributeOf(attributes, 'val') ?? '';
    const paragraph = paragraphs.at(-1);
    if (name === 'w:vanish') isHidden = value !== '0' && value !== 'false';
    if (paragraph === undefined) return;
    if (name === 'w:pStyle') paragraph.list = parts.styleLists.get(value) ?? null;
    else if (name === 'w:ilvl') paragraph.list = { listId: paragraph.list?.listId ?? '0', level: depthOf(value) };
    else if (name === 'w:numId') paragraph.list = { listId: value, level: paragraph.list?.level ?? 0 };
  }

  function openContent(name: string, attributes: Attributes): void {
    if (name === 'w:tab' || name === 'w:ptab') write('\t');
    else if (name === 'w:noBreakHyphen') write('-');
    else if (name === 'w:sym') write(symbolOf(attributes));
    else if (name === 'w:br' || name === 'w:cr') writer.newLine();
    else if (name === 'w:fldChar' && attributeOf(attributes, 'fldCharType') === 'end') write(fieldValue);
    else if (name === 'w:footnoteReference' || name === 'w:endnoteReference') {
      const kind = name.slice(2, -'Reference'.length);
      write(`[${notes.refer(kind, attributeOf(attributes, 'id') ?? '')}]`);
    }
  }

  return {
    holds,
    open(name: string, attributes: Attributes): void {
      if (skipDepth > 0 || skipped.has(name)) {
        skipDepth += 1;
        return;
      }
      if (name === 'w:p') paragraphs.push({ list: null, isStarted: false });
      else if (name === 'w:r') isHidden = false;
      else if (name === 'w:t' || name === 'm:t') textDepth += 1;
      else if (name === 'w:tbl') writer.breakLine(2);
      else if (name === 'w:tr') startRow(writer);
      else if (name === 'w:tc') writer.startCell();
      const remark = remarkable.get(name);
      if (remark !== undefined) holds.add(remark);
      formFields.open(name, attributes);
      openProperty(name, attributes);
      openContent(name, attributes);
    },
    close(name: string): void {
      if (skipDepth > 0) {
        skipDepth -= 1;
        return;
      }
      if (name === 'w:t' || name === 'm:t') textDepth -= 1;
      else if (name === 'w:p') endParagraph();
      else if (name === 'w:ffData') fieldValue = formFields.value();
      else if (name === 'w:pPr') isHidden = false;
      else if (name === 'w:tc') writer.endCell();
      else if (name === 'w:tr') writer.endRow();
      else if (name === 'w:tbl') writer.breakLine(2);
    },
    text(text: string): void {
      if (skipDepth === 0 && textDepth > 0) write(text);
    },
  };

  /** Text after a text box is on a new line of the paragraph that holds the box. */
  function endParagraph(): void {
    paragraphs.pop();
    if (paragraphs.length > 0) writer.breakLine(2);
  }
}

function startRow(writer: TextWriter): void {
  writer.breakLine(1);
  writer.startRow();
}

const boxes: Readonly<Record<string, string>> = { F052: '☑', F0FE: '☑', F06F: '☐', F0A8: '☐', F0FC: '✓', F0FB: '✗' };

/** A character of a symbol font, as forms use them for ticks and boxes. */
function symbolOf(attributes: Attributes): string {
  const code = (attributeOf(attributes, 'char') ?? '').toUpperCase();
  return boxes[code] ?? '•';
}
