import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import { createFoundInSlides, notesOnSlides } from '../slides/found-in-slides.ts';
import { type SlideText, slidesText } from '../slides/slides-text.ts';
import { textlessSlides } from '../slides/textless.ts';
import { createTextWriter } from '../text-writer.ts';
import { createFoundInOdf } from './found-in-odf.ts';
import type { OdfDocument } from './odf-package.ts';
import { createOdfStory, type StoryContext } from './story.ts';
import { readOdfStyles } from './styles.ts';

/** The text of a presentation: its slides in order, hidden ones, too, each with its notes and comments. */
export function readOdp(
  document: OdfDocument,
): Result<Pick<Content, 'text' | 'places' | 'notes' | 'isWordless'>, Problem> {
  const inTexts = createFoundInOdf();
  const styles = readOdfStyles(document.styles);
  const context = { styles, found: inTexts, objectAt: document.objectAt, marksHeadings: false };
  const slides = readPages(document.content, context);
  const found = createFoundInSlides();
  found.largeImages = inTexts.largeImages;
  found.unknownSigns = inTexts.unknownSigns;
  found.hasObjects = inTexts.hasObjects;
  const read = slidesText(slides, found);
  if (read !== null) return ok({ ...read, notes: notesOnSlides(found) });
  return err(textlessSlides(found));
}

/** Filled by the program: the date and the number of the slide. */
const automatic = new Set(['date-time', 'page-number', 'page', 'header']);

interface Page {
  title: string;
  readonly isHidden: boolean;
  readonly blocks: string[];
  readonly footers: string[];
  readonly extras: string[];
}

function readPages(content: string | Uint8Array, context: StoryContext): readonly SlideText[] {
  const pages: Page[] = [];
  const footers = createFooters();
  let page: Page | null = null;
  let isInNotes = false;
  /** The shape that is open on the page, and how deep in it. */
  let shape = createShape({}, context);
  let depth = 0;
  let isComment = false;

  function closeShape(): void {
    if (page === null) return;
    const { text, role, isPlaceholder } = shape.finish();
    if (text === '' || isPlaceholder || automatic.has(role)) return;
    if (isComment) page.extras.push(text);
    else if (isInNotes) {
      if (role === 'notes' || role === '') page.extras.push(`[Notes] ${text}`);
    } else if (role === 'title') page.title = `${page.title} ${text}`.trim();
    else if (role === 'footer') page.footers.push(text);
    else page.blocks.push(text);
  }

  function openPage(attributes: Attributes): void {
    const footer = footers.named(attributes['presentation:use-footer-name']);
    const isHidden = context.styles.isHidden('drawing-page', attributes['draw:style-name'] ?? '');
    page = { title: '', isHidden, blocks: [], footers: footer === '' ? [] : [footer], extras: [] };
    pages.push(page);
  }

  readXml(content, {
    open(name, attributes) {
      footers.open(name, attributes);
      if (name === 'draw:page' && page === null) openPage(attributes);
      else if (page === null) return;
      else if (depth > 0) {
        depth += 1;
        shape.open(name, attributes);
      } else if (name === 'presentation:notes') isInNotes = true;
      else if (isShape(name)) {
        depth = 1;
        isComment = name === 'office:annotation';
        shape = createShape(attributes, context);
        shape.open(name, attributes);
      }
    },
    close(name) {
      footers.close(name);
      if (depth > 0) {
        shape.close(name);
        depth -= 1;
        if (depth === 0) closeShape();
      } else if (name === 'presentation:notes') isInNotes = false;
      else if (name === 'draw:page') page = null;
    },
    text(piece) {
      footers.text(piece);
      if (depth > 0) shape.text(piece);
    },
  });
  return pages;
}

/** Groups are read as what is in them. */
function isShape(name: string): boolean {
  if (name === 'office:annotation') return true;
  return name.startsWith('draw:') && name !== 'draw:g' && name !== 'draw:page-thumbnail';
}

function createShape(attributes: Attributes, context: StoryContext) {
  const writer = createTextWriter();
  const story = createOdfStory(writer, context);
  return {
    open: story.open,
    close: story.close,
    text: story.text,
    finish: () => {
      story.finish();
      return {
        text: writer.finish().replace(/\n{2,}/g, '\n'),
        role: attributes['presentation:class'] ?? '',
        isPlaceholder: attributes['presentation:placeholder'] === 'true',
      };
    },
  };
}

/** Footers are declared before the slides, which name them. */
function createFooters() {
  const footers = new Map<string, string>();
  let open: string | null = null;
  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'presentation:footer-decl') open = attributes['presentation:name'] ?? '';
    },
    close(name: string): void {
      if (name === 'presentation:footer-decl') open = null;
    },
    text(piece: string): void {
      if (open !== null) footers.set(open, (footers.get(open) ?? '') + piece);
    },
    named: (name: string | undefined): string => (footers.get(name ?? '') ?? '').trim(),
  };
}
