import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import { createFoundInSlides, notesOnSlides } from '../slides/found-in-slides.ts';
import { type SlideText, slidesText } from '../slides/slides-text.ts';
import { textlessSlides } from '../slides/textless.ts';
import { createFoundInOdf } from './found-in-odf.ts';
import type { OdfDocument } from './odf-package.ts';
import { createDeclaredTexts, type MasterTexts, masterTexts } from './printed-on-slides.ts';
import { createSlideShapes } from './slide-shapes.ts';
import type { StoryContext } from './story.ts';
import { readOdfStyles } from './styles.ts';

/** The text of a presentation: its slides in order, hidden ones, too, each with its notes and comments. */
export function readOdp(
  document: OdfDocument,
): Result<Pick<Content, 'text' | 'places' | 'notes' | 'isWordless'>, Problem> {
  const inTexts = createFoundInOdf();
  const styles = readOdfStyles(document.styles);
  const context = { styles, found: inTexts, objectAt: document.objectAt, marksHeadings: false };
  const masters = masterTexts(document.styles[0] ?? '', context);
  const slides = readPages(document.content, masters, context);
  const found = createFoundInSlides();
  found.largeImages = inTexts.largeImages;
  found.unknownSigns = inTexts.unknownSigns;
  if (inTexts.hasObjects) found.objects.add('file');
  found.hasControls = inTexts.hasControls;
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

function readPages(content: string | Uint8Array, masters: MasterTexts, context: StoryContext): readonly SlideText[] {
  const pages: Page[] = [];
  const declared = createDeclaredTexts();
  let page: Page | null = null;
  let isInNotes = false;
  const shapes = createSlideShapes(context, ({ text, role, isPlaceholder, isComment }) => {
    if (page === null || text === '' || isPlaceholder || automatic.has(role)) return;
    if (isComment) page.extras.push(text);
    else if (isInNotes) {
      if (role === 'notes' || role === '') page.extras.push(`[Notes] ${text}`);
    } else if (role === 'title') page.title = `${page.title} ${text}`.trim();
    else if (role === 'footer') page.footers.push(text);
    else page.blocks.push(text);
  });

  function openPage(attributes: Attributes): void {
    const style = attributes['draw:style-name'] ?? '';
    const printed = context.styles.hidesMaster(style) ? [] : masters.get(attributes['draw:master-page-name'] ?? '');
    const footers = [...(printed ?? []), ...declared.on(attributes)];
    page = { title: '', isHidden: context.styles.isHidden('drawing-page', style), blocks: [], footers, extras: [] };
    pages.push(page);
  }

  readXml(content, {
    open(name, attributes) {
      declared.open(name, attributes);
      if (name === 'draw:page' && page === null) openPage(attributes);
      else if (page === null || shapes.open(name, attributes)) return;
      else if (name === 'presentation:notes') isInNotes = true;
    },
    close(name) {
      declared.close(name);
      if (shapes.close(name)) return;
      if (name === 'presentation:notes') isInNotes = false;
      else if (name === 'draw:page') page = null;
    },
    text(piece) {
      declared.text(piece);
      shapes.text(piece);
    },
  });
  return pages;
}
