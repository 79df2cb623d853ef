import type { Attributes } from '../packed/xml-events.ts';
import type { TextWriter } from '../text-writer.ts';
import { createOdfDrawings } from './drawings.ts';
import { createHiddenParts } from './hidden-parts.ts';
import { createOdfLists } from './lists.ts';
import { createMargins } from './margins.ts';
import { createOdfParagraphs, type ParagraphContext } from './paragraphs.ts';

/** What all texts of a document share. */
export interface StoryContext extends ParagraphContext {
  /** The text of an embedded object, by its path; null if it is of a kind that is not read. */
  readonly objectAt: (path: string) => string | null;
}

/** What does not print: deleted text, phonetic guides, what indexes are made by, descriptions of pictures, data. */
const skipped = new Set(
  (
    'text:tracked-changes text:ruby-text text:variable-decls text:sequence-decls text:user-field-decls ' +
    'text:dde-connection-decls text:table-of-content-source text:illustration-index-source text:table-index-source ' +
    'text:object-index-source text:user-index-source text:alphabetical-index-source text:bibliography-source ' +
    'office:forms office:event-listeners office:binary-data office:document math:math svg:title svg:desc ' +
    'table:shapes table:named-expressions table:database-ranges table:data-pilot-tables ' +
    'presentation:notes'
  ).split(' '),
);

const fieldsOfPage = new Set(['text:page-number', 'text:page-count']);

/**
 * Writes the text of an OpenDocument file, element by element: headings, lists, tables and text boxes in their order.
 * Footnotes, endnotes and comments are kept for the margin.
 */
export function createOdfStory(body: TextWriter, context: StoryContext) {
  const { styles, found, objectAt, marksHeadings } = context;
  const lists = createOdfLists(styles);
  const margins = createMargins(body);
  const hidden = createHiddenParts();
  const paragraphs = createOdfParagraphs(context, lists, margins, hidden.isInside);
  const drawings = createOdfDrawings(paragraphs, found, objectAt);
  const path: string[] = [];
  let skipDepth = 0;
  let isInDeletion = false;
  let cells = 0;

  const writer = (): TextWriter => margins.writer();

  function openContent(name: string, attributes: Attributes): void {
    if (name === 'text:p' || name === 'text:h') paragraphs.open(name, attributes);
    else if (name === 'text:span') paragraphs.openSpan(attributes);
    else if (name === 'text:s') paragraphs.write(' '.repeat(Math.min(20, Number(attributes['text:c'] ?? 1) || 1)));
    else if (name === 'text:tab') paragraphs.write('\t');
    else if (name === 'text:line-break') paragraphs.breakLine();
    else if (name.startsWith('table:')) openTable(name, attributes);
    else if (name.startsWith('draw:')) drawings.open(name, attributes);
    else {
      lists.open(name, attributes);
      margins.open(name);
    }
  }

  function openTable(name: string, attributes: Attributes): void {
    if (name === 'table:table') writer().breakLine(2);
    else if (name === 'table:table-row') {
      writer().breakLine(1);
      writer().startRow();
      cells = 0;
    } else if (name === 'table:table-cell' || name === 'table:covered-table-cell') openCell(attributes);
  }

  /** Empty cells can be repeated; a table in a text has few of them. */
  function openCell(attributes: Attributes): void {
    const repeated = Math.min(50, Number(attributes['table:number-columns-repeated'] ?? 1) || 1);
    for (let at = 1; at < repeated && cells < 200; at += 1) {
      writer().startCell();
      writer().endCell();
      cells += 1;
    }
    writer().startCell();
    cells += 1;
  }

  function closeContent(name: string): void {
    if (name === 'text:p' || name === 'text:h') paragraphs.close();
    else if (name === 'text:span') paragraphs.closeSpan();
    else if (name === 'text:number') paragraphs.write(' ');
    else if (name === 'draw:frame') drawings.closeFrame();
    else if (name === 'table:table-cell' || name === 'table:covered-table-cell') writer().endCell();
    else if (name === 'table:table-row') writer().endRow();
    else if (name === 'table:table') {
      writer().breakLine(2);
      if (!writer().isInTable() && !paragraphs.isInside()) margins.writeComments();
    } else {
      lists.close(name);
      paragraphs.writeMark(margins.close(name));
    }
  }

  function isSkipped(name: string): boolean {
    // The number as it was when the file was saved, for programs that cannot count.
    if (name === 'text:number') return paragraphs.isNumbered();
    return skipped.has(name) || (fieldsOfPage.has(name) && !marksHeadings);
  }

  return {
    open(name: string, attributes: Attributes): void {
      path.push(name);
      if (name === 'text:deletion') isInDeletion = true;
      if (skipDepth > 0 || isSkipped(name)) {
        skipDepth += 1;
        return;
      }
      hidden.open(name, attributes, path.length);
      openContent(name, attributes);
    },
    close(name: string): void {
      if (name === 'text:deletion') isInDeletion = false;
      if (skipDepth > 0) skipDepth -= 1;
      else closeContent(name);
      hidden.close(path.length);
      path.pop();
    },
    text(piece: string): void {
      if (skipDepth > 0) {
        if (isInDeletion && piece.trim() !== '') found.hasDeletions = true;
      } else if (!margins.take(path.at(-1) ?? '', piece)) paragraphs.writeFolded(piece);
    },
    /** Writes the notes that were referred to, and what else is in the margin. */
    finish(): void {
      margins.writeComments();
      margins.writeNotes();
    },
  };
}
