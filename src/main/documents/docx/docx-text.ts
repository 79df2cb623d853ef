import { textsOfShapes } from '../drawings/chart-shapes.ts';
import { chartText } from '../drawings/charts.ts';
import { diagramText } from '../drawings/diagrams.ts';
import { pictureMark } from '../drawings/pictures.ts';
import { attributeOf, readXml } from '../packed/xml-events.ts';
import { createTextWriter } from '../text-writer.ts';
import type { ChunkText } from './chunks.ts';
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
  /** What lies on charts. */
  readonly chartShapes: readonly string[];
  readonly lists: Lists;
  readonly styles: Styles;
  /** The path of what a story refers to, by the id of its relationship there; '' if there is none. */
  readonly pathOf: (story: StoryPart, id: string) => string;
  readonly partAt: (path: string) => string;
  /** The text of an embedded part in another format; `null` if it is not read. */
  readonly chunkAt: (path: string) => ChunkText | null;
  /** Paths of all headers and footers, used if the document has no other text. */
  readonly headers: readonly string[];
  readonly footers: readonly string[];
}

/** A part that holds a story: the body, the notes of a kind, or a header or footer by its path. */
export type StoryPart = 'document' | 'footnotes' | 'endnotes' | { readonly path: string };

/**
 * The text of a Word document in order: headers, marked and without repeats; headings, numbered paragraphs, tables and
 * text boxes, with the comments on them; referenced footnotes and endnotes; diagrams and charts, marked; footers. Throws if the XML is damaged.
 */
export function docxText(parts: DocxParts): { readonly text: string; readonly found: Found } {
  const writer = createTextWriter();
  const { lists, styles } = parts;
  const notes = createNoteMarks([parts.settings, parts.document]);
  const chunkAt = createChunks(parts);
  const referring = (story: StoryPart) => ({
    chunk: (id: string) => chunkAt(parts.pathOf(story, id)),
    picture: (id: string) => pictureMark(parts.pathOf(story, id)),
  });
  const plain = { lists, styles, writer, found: createFound(), notes, marksHeadings: false };
  const context: StoryContext = { ...plain, ...referring('document'), comments: readComments(parts.comments) };
  readStory(parts.document, { ...context, marksHeadings: true });
  for (const kind of ['footnote', 'endnote'] as const) {
    const xml = parts[`${kind}s`];
    if (xml !== '') writeNotes(xml, kind, { ...context, ...referring(`${kind}s`) });
  }
  const { found } = context;
  const body = writer.finish();
  const marked = (name: 'Header' | 'Footer', paths: readonly string[]): string[] =>
    headerTexts([...new Set(paths)], (path) =>
      headerText(parts.partAt(path), { ...context, ...referring({ path }) }),
    ).map((text) => `[${name}] ${text}`);
  const inBody = (id: string): string => parts.pathOf('document', id);
  const headers = marked('Header', found.headers.map(inBody));
  const footers = marked('Footer', found.footers.map(inBody));
  const drawings = [...parts.diagrams.map(diagramText), ...parts.charts.map(chartText)];
  if (drawings.includes('')) found.holds.add('drawings');
  const drawn = drawings.map((text, at) =>
    text === '' ? '' : `[${at < parts.diagrams.length ? 'Diagram' : 'Chart'}] ${text}`,
  );
  const printed = [...headers, body, ...drawn, ...parts.chartShapes.flatMap(textsOfShapes), ...footers].filter(
    (text) => text !== '',
  );
  if (printed.length > 0) return { text: printed.join('\n\n'), found };
  return { text: [...marked('Header', parts.headers), ...marked('Footer', parts.footers)].join('\n\n'), found };
}

/**
 * A part can be referenced many times, which would inflate a small document: this is as much as a large document holds.
 */
const maxChunkCharacters = 20_000_000;

function createChunks(parts: DocxParts): (path: string) => ChunkText | null {
  let characters = 0;
  return (path) => {
    const chunk = parts.chunkAt(path);
    characters += chunk?.text.length ?? 0;
    return characters > maxChunkCharacters ? null : chunk;
  };
}

function readStory(xml: string, context: StoryContext): void {
  const story = createStory(xml, context);
  readXml(xml, story);
  story.finish();
}

interface HeaderText {
  readonly text: string;
  /** The same but for the page numbers that it was stored with. */
  readonly withoutNumbers: string;
}

/** The distinct texts of headers or footers, without those that are only a page number. */
function headerTexts(paths: readonly string[], textAt: (path: string) => HeaderText): string[] {
  const texts = new Map<string, string>();
  for (const { text, withoutNumbers } of paths.map(textAt)) {
    if (!texts.has(withoutNumbers)) texts.set(withoutNumbers, text);
  }
  return [...texts.values()].filter((text) => /\p{L}/u.test(text) || text.length > 5);
}

function headerText(xml: string, context: StoryContext): HeaderText {
  const read = (more: Partial<StoryContext>) => {
    const writer = createTextWriter();
    readStory(xml, { ...context, ...more, writer });
    return writer.finish().replace(/\n+/g, '\n');
  };
  return { text: read({}), withoutNumbers: read({ found: createFound(), isWithoutPageNumbers: true }) };
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
