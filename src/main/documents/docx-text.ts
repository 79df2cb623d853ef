import type { Lists } from './docx-numbering.ts';
import { createFound, createStory, type Found, type StoryContext } from './docx-story.ts';
import type { Styles } from './docx-styles.ts';
import { createTextWriter, type TextWriter } from './text-writer.ts';
import { attributeOf, readXml } from './xml-events.ts';

/** The parts of a Word document that hold its text, as XML; '' where there is none. */
export interface DocxParts {
  readonly document: string;
  readonly footnotes: string;
  readonly endnotes: string;
  readonly lists: Lists;
  readonly styles: Styles;
  /** A header or footer, by the id of the body's relationship to it. */
  readonly relatedPart: (id: string) => string;
  /** All headers and footers, for a document that has nothing else. */
  readonly headers: readonly string[];
  readonly footers: readonly string[];
}

/**
 * The text of a Word document in its order: headers, each text once and marked; paragraphs, numbered as printed; tables;
 * text boxes; the footnotes and endnotes that it refers to; footers. Throws when the XML is damaged.
 */
export function docxText(parts: DocxParts): { readonly text: string; readonly found: Found } {
  const writer = createTextWriter();
  const notes = createNotes();
  const { lists, styles } = parts;
  const context: StoryContext = { lists, styles, writer, found: createFound(), referTo: notes.refer };
  readStory(parts.document, context);
  for (const [kind, xml] of [
    ['footnote', parts.footnotes],
    ['endnote', parts.endnotes],
  ] as const) {
    if (xml !== '') writeNotes(xml, kind, context, notes);
  }
  const { found } = context;
  const body = writer.finish();
  const related = (ids: readonly string[]): string[] => [...new Set(ids)].map(parts.relatedPart);
  const headers = marked('Header', related(found.headers), context);
  const footers = marked('Footer', related(found.footers), context);
  const printed = [...headers, body, ...footers].filter((text) => text !== '');
  if (printed.length > 0) return { text: printed.join('\n\n'), found };
  const unprinted = [...marked('Header', parts.headers, context), ...marked('Footer', parts.footers, context)];
  return { text: unprinted.join('\n\n'), found };
}

function readStory(xml: string, context: StoryContext): void {
  const story = createStory(xml, context);
  readXml(xml, story);
  story.finish();
}

/** The texts of headers or footers, each once. What is only a page's number is none. */
function marked(name: 'Header' | 'Footer', xmls: readonly string[], context: StoryContext): string[] {
  const texts = xmls.filter((xml) => xml !== '').map((xml) => headerText(xml, context));
  const worded = [...new Set(texts)].filter((text) => /\p{L}/u.test(text) || text.length > 5);
  return worded.map((text) => `[${name}] ${text}`);
}

function headerText(xml: string, context: StoryContext): string {
  const writer = createTextWriter();
  readStory(xml, { ...context, writer });
  return writer.finish().replace(/\n+/g, '\n');
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
function writeNotes(xml: string, kind: string, context: StoryContext, notes: Notes): void {
  const { writer }: { writer: TextWriter } = context;
  const story = createStory(xml, context);
  let isWanted = false;
  readXml(xml, {
    open(name, attributes) {
      if (name !== `w:${kind}`) {
        if (isWanted) story.open(name, attributes);
        else story.pass(name, attributes);
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
  story.finish();
}
