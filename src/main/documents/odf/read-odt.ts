import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { hasWords } from '../drawings/pictures.ts';
import { readXml } from '../packed/xml-events.ts';
import { createTextWriter } from '../text-writer.ts';
import { textlessDocument } from '../textless-document.ts';
import { createFoundInOdf, type FoundInOdf } from './found-in-odf.ts';
import type { OdfDocument } from './odf-package.ts';
import { pageElements } from './page-elements.ts';
import { createOdfStory, type StoryContext } from './story.ts';
import { readOdfStyles } from './styles.ts';

/**
 * The text of a text document, in order: headers, marked and without repeats; headings, paragraphs, lists and tables;
 * notes; footers. Hidden and deleted text is left out, with a note. Throws if the XML is damaged.
 */
export function readOdt(document: OdfDocument): Result<Pick<Content, 'text' | 'notes' | 'isWordless'>, Problem> {
  const found = createFoundInOdf();
  const context = { styles: readOdfStyles(document.styles), found, objectAt: document.objectAt, marksHeadings: true };
  const body = bodyText(document.content, context);
  const printed = pageTexts(document.styles[0] ?? '', { ...context, marksHeadings: false });
  const marked = (kind: string) =>
    printed.filter((one) => one.kind === kind).map(({ text }) => `[${kind}] ${text.replace(/\n+/g, '\n')}`);
  const text = [...marked('Header'), body, ...marked('Footer')].filter((one) => one !== '').join('\n\n');
  const notes = notesOnOdf(found);
  if (hasWords(text)) return ok({ text, notes });
  if (text !== '') return ok({ text, notes, isWordless: true });
  if (found.largeImages > 0) return err(problem('file_no_text', { what: 'images' }));
  return err(textlessDocument(found.hasObjects || found.hasControls));
}

function bodyText(content: string | Uint8Array, context: StoryContext): string {
  const writer = createTextWriter();
  const story = createOdfStory(writer, context);
  let isInBody = false;
  readXml(content, {
    open(name, attributes) {
      if (isInBody) story.open(name, attributes);
      else if (name === 'office:text') isInBody = true;
    },
    close(name) {
      if (name === 'office:text') isInBody = false;
      else if (isInBody) story.close(name);
    },
    text(piece) {
      if (isInBody) story.text(piece);
    },
  });
  story.finish();
  return writer.finish();
}

/** What pages print above and below their text, each once; a page number alone says nothing. */
function pageTexts(xml: string | Uint8Array, context: StoryContext) {
  const texts = new Map<string, 'Header' | 'Footer'>();
  let kind: 'Header' | 'Footer' | null = null;
  let writer = createTextWriter();
  let story = createOdfStory(writer, context);
  readXml(xml, {
    open(name, attributes) {
      const opens = pageElements.get(name);
      if (opens === undefined) {
        if (kind !== null) story.open(name, attributes);
      } else if (attributes['style:display'] !== 'false') {
        kind = opens;
        writer = createTextWriter();
        story = createOdfStory(writer, context);
      }
    },
    close(name) {
      if (kind === null) return;
      if (!pageElements.has(name)) {
        story.close(name);
        return;
      }
      story.finish();
      const text = writer.finish();
      if (/\p{L}/u.test(text) || text.length > 5) texts.set(text, kind);
      kind = null;
    },
    text(piece) {
      if (kind !== null) story.text(piece);
    },
  });
  return [...texts].map(([text, one]) => ({ kind: one, text }));
}

/** Notes on what is missing from the text. */
function notesOnOdf(found: FoundInOdf): readonly ReadingNote[] {
  const notes: (ReadingNote | false)[] = [
    found.hasDeletions && { code: 'deletions_left_out', params: {} },
    found.hasObjects && { code: 'objects_not_read', params: {} },
    found.hasControls && { code: 'controls_not_read', params: {} },
    found.largeImages > 0 && { code: 'large_images_not_read', params: { count: found.largeImages } },
    found.hiddenCharacters > 0 && { code: 'hidden_text_left_out', params: { characters: found.hiddenCharacters } },
    found.unknownSigns > 0 && { code: 'signs_unknown', params: { count: found.unknownSigns } },
  ];
  return notes.filter((note) => note !== false);
}
