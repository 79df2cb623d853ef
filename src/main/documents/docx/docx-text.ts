import { chartText } from '../drawings/charts.ts';
import { diagramText } from '../drawings/diagrams.ts';
import { pictureMark } from '../drawings/pictures.ts';
import type { HtmlText } from '../html/html-to-text.ts';
import { attributeOf, readXml } from '../packed/xml-events.ts';
import { createTextWriter } from '../text-writer.ts';
import { readComments } from './comments.ts';
import { createFound, type Found } from './found.ts';
import { createNoteMarks } from './notes.ts';
import type { Lists } from './numbering.ts';
import { createStory, type StoryContext } from './story.ts';
import type { Styles } from './styles.ts';

/** The parts of a Word document that contain text, as XML; '' if missing. */
export interface DocxParts {
  readonly document: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly comments: string;
  readonly settings: string;
  readonly diagrams: readonly string[];
  readonly charts: readonly string[];
  readonly lists: Lists;
  readonly styles: Styles;
  /** The path of a header or footer, by the id of its relationship in the body. */
  readonly pathOf: (id: string) => string;
  readonly partAt: (path: string) => string;
  /** The text of an embedded part in another format; `null` if it is not read. */
  readonly chunkAt: (path: string) => HtmlText | null;
  /** Paths of all headers and footers, used if the document has no other text. */
  readonly headers: readonly string[];
  readonly footers: readonly string[];
}

/**
 * The text of a Word document in order: headers, marked and without repeats; headings, numbered paragraphs, tables and
 * text boxes, with the comments on them; referenced footnotes and endnotes; diagrams and charts, marked; footers. Throws if the XML is damaged.
 */
export function docxText(parts: DocxParts): { readonly text: string; readonly found: Found } {
  const writer = createTextWriter();
  const { lists, styles } = parts;
  const notes = createNoteMarks([parts.settings, parts.document]);
  const chunk = createChunks(parts);
  const picture = (id: string): string => pictureMark(parts.pathOf(id));
  const plain = { lists, styles, writer, found: createFound(), notes, chunk, picture, marksHeadings: false };
  const context: StoryContext = { ...plain, comments: readComments(parts.comments) };
  readStory(parts.document, { ...context, marksHeadings: true });
  for (const [kind, xml] of [
    ['footnote', parts.footnotes],
    ['endnote', parts.endnotes],
  ] as const) {
    if (xml !== '') writeNotes(xml, kind, { ...context, picture: () => '' });
  }
  const { found } = context;
  const body = writer.finish();
  const marked = (name: 'Header' | 'Footer', paths: readonly string[]): string[] =>
    headerTexts([...new Set(paths)].map(parts.partAt), context).map((text) => `[${name}] ${text}`);
  const headers = marked('Header', found.headers.map(parts.pathOf));
  const footers = marked('Footer', found.footers.map(parts.pathOf));
  const drawings = [...parts.diagrams.map(diagramText), ...parts.charts.map(chartText)];
  if (drawings.includes('')) found.holds.add('drawings');
  const drawn = drawings.map((text, at) =>
    text === '' ? '' : `[${at < parts.diagrams.length ? 'Diagram' : 'Chart'}] ${text}`,
  );
  const printed = [...headers, body, ...drawn, ...footers].filter((text) => text !== '');
  if (printed.length > 0) return { text: printed.join('\n\n'), found };
  return { text: [...marked('Header', parts.headers), ...marked('Footer', parts.footers)].join('\n\n'), found };
}

/**
 * A part can be referenced many times, which would inflate a small document: this is as much as a large document holds.
 */
const maxChunkCharacters = 20_000_000;

function createChunks(parts: DocxParts): (id: string) => HtmlText | null {
  const read = new Map<string, HtmlText | null>();
  let characters = 0;
  return (id) => {
    const path = parts.pathOf(id);
    const chunk = read.has(path) ? (read.get(path) ?? null) : parts.chunkAt(path);
    read.set(path, chunk);
    characters += chunk?.text.length ?? 0;
    return characters > maxChunkCharacters ? null : chunk;
  };
}

function readStory(xml: string, context: StoryContext): void {
  const story = createStory(xml, context);
  readXml(xml, story);
  story.finish();
}

/** The distinct texts of headers or footers, without those that are only a page number. */
function headerTexts(xmls: readonly string[], context: StoryContext): string[] {
  const texts = xmls.filter((xml) => xml !== '').map((xml) => headerText(xml, context));
  return [...new Set(texts)].filter((text) => /\p{L}/u.test(text) || text.length > 5);
}

function headerText(xml: string, context: StoryContext): string {
  const writer = createTextWriter();
  // The ids in it are of its own relationships.
  readStory(xml, { ...context, writer, picture: () => '' });
  return writer.finish().replace(/\n+/g, '\n');
}

/** Writes the referenced notes of one kind, each after its mark. */
function writeNotes(xml: string, kind: string, context: StoryContext): void {
  const { writer, notes } = context;
  const story = createStory(xml, context);
  let isWanted = false;
  readXml(xml, {
    open(name, attributes) {
      if (name !== `w:${kind}`) {
        if (isWanted) story.open(name, attributes);
        else story.pass(name, attributes);
        return;
      }
      const mark = notes.markOf(kind, attributeOf(attributes, 'id') ?? '');
      isWanted = mark !== null;
      if (mark === null) return;
      writer.breakLine(2);
      if (mark !== '') writer.prefix(`${mark} `);
    },
    close(name) {
      if (name === `w:${kind}`) isWanted = false;
      else if (isWanted) story.close(name);
    },
    text: (text) => {
      if (isWanted) story.text(text);
    },
  });
  story.finish();
}
