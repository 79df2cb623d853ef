import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { textsOnChart } from '../drawings/chart-shapes.ts';
import { chartText } from '../drawings/charts.ts';
import { diagramText } from '../drawings/diagrams.ts';
import { pictureMark } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { type Relationships, related, relatedAs, relationshipsOf } from '../packed/ooxml-package.ts';
import { readXml } from '../packed/xml-events.ts';
import { readingParts, type ZipParts } from '../packed/zip-parts.ts';
import { createFoundInSlides, type FoundInSlides, notesOnSlides } from '../slides/found-in-slides.ts';
import { type SlideText, slidesText } from '../slides/slides-text.ts';
import { textlessSlides } from '../slides/textless.ts';
import { readAuthors, readSlideComments } from './comments.ts';
import { type LayoutMarks, readLayoutMarks } from './layout-marks.ts';
import { readSlide, type Slide } from './slide.ts';

/**
 * The text of a PowerPoint presentation: its slides in order, hidden ones, too, each with its notes and comments. What
 * layouts and masters print on their slides is written once. Links are never followed.
 * @param main the path of the presentation's part.
 */
export function readPptx(
  parts: ZipParts,
  main: string,
): Promise<Result<Pick<Content, 'text' | 'places' | 'notes' | 'isWordless'>, Problem>> {
  return readingParts(
    async () => {
      const found = createFoundInSlides();
      const read = slidesText(await readSlides(parts, main, found), found);
      if (read === null) return err(textlessSlides(found));
      return ok({ ...read, notes: notesOnSlides(found) });
    },
    (detail) => damagedFile({ what: 'presentation' }, detail),
  );
}

async function readSlides(parts: ZipParts, main: string, found: FoundInSlides): Promise<readonly SlideText[]> {
  const relations = await relationshipsOf(parts, main);
  const authors = new Map<string, string>();
  for (const path of [...relatedAs(relations, 'commentAuthors'), ...relatedAs(relations, 'authors')]) {
    for (const [id, name] of readAuthors(await parts.bytes(path))) authors.set(id, name);
  }
  const layouts = createLayouts(parts);
  const slides: SlideText[] = [];
  for (const id of slideIds(await parts.bytes(main))) {
    const path = related(relations, id);
    if (path === null || !parts.has(path)) throw new Error(`The slide ${id} is missing.`);
    const around = await relationshipsOf(parts, path);
    const { marks, printed } = await layouts(around);
    const slide = readSlide(await parts.bytes(path), marks, found);
    const read = await slideText(parts, slide, around, found);
    slides.push({
      ...read,
      footers: slide.showsMaster ? [...read.footers, ...printed] : read.footers,
      isHidden: slide.isHidden,
      extras: [...(await speakerNotes(parts, around, found)), ...(await commentsOn(parts, around, authors))],
    });
  }
  return slides;
}

/** The slides in the order in which they are shown. */
function slideIds(xml: Uint8Array): readonly string[] {
  const ids: string[] = [];
  readXml(xml, {
    open(name, attributes) {
      if (name === 'p:sldId') ids.push(attributes['r:id'] ?? '');
    },
    close() {},
  });
  return ids;
}

/** A layout or a master of slides. */
interface Layout {
  readonly marks: LayoutMarks;
  /** What it prints on every slide, without the prompts of its placeholders. */
  readonly printed: readonly string[];
  readonly showsMaster: boolean;
}

function readLayout(xml: Uint8Array): Layout {
  const { items, showsMaster } = readSlide(xml, [], createFoundInSlides());
  const printed = items.flatMap((item) => (item.what === 'text' && item.placeholder === null ? [item.text] : []));
  return { marks: readLayoutMarks(xml), printed, showsMaster };
}

/** What a slide has from its layout and from the layout's master, which are read once each. */
function createLayouts(parts: ZipParts) {
  const known = new Map<string, Layout>();
  const layoutAt = async (path: string): Promise<Layout> => {
    const layout = known.get(path) ?? readLayout(await parts.bytes(path));
    known.set(path, layout);
    return layout;
  };
  const masters = new Map<string, string>();
  return async (relations: Relationships): Promise<Pick<Layout, 'printed'> & { marks: readonly LayoutMarks[] }> => {
    const [path] = relatedAs(relations, 'slideLayout');
    if (path === undefined) return { marks: [], printed: [] };
    const above = masters.get(path) ?? relatedAs(await relationshipsOf(parts, path), 'slideMaster')[0] ?? '';
    masters.set(path, above);
    const layout = await layoutAt(path);
    const master = await layoutAt(above);
    return {
      marks: [layout.marks, master.marks],
      printed: layout.showsMaster ? [...layout.printed, ...master.printed] : layout.printed,
    };
  };
}

const titles = new Set(['title', 'ctrTitle']);
/** Of a date, only what somebody typed is read. */
const footerTypes = new Set(['ftr', 'hdr', 'dt']);

async function slideText(
  parts: ZipParts,
  { items }: Slide,
  relations: Relationships,
  found: FoundInSlides,
): Promise<Pick<SlideText, 'title' | 'blocks' | 'footers'>> {
  const title: string[] = [];
  const blocks: string[] = [];
  const footers: string[] = [];
  for (const item of items) {
    if (item.what === 'text') {
      const type = item.placeholder?.type ?? '';
      if (titles.has(type)) title.push(item.text);
      else if (footerTypes.has(type)) footers.push(item.text);
      else if (type !== 'sldNum') blocks.push(item.text);
      continue;
    }
    const path = related(relations, item.id) ?? '';
    if (item.what === 'picture') {
      const mark = pictureMark(path);
      if (mark === '') found.largeImages += 1;
      else blocks.push(mark);
      continue;
    }
    const xml = await parts.bytes(path);
    const isDiagram = item.what === 'diagram';
    const text = isDiagram ? diagramText(xml) : chartText(xml);
    if (text !== '') blocks.push(isDiagram ? text : `[Chart] ${text}`);
    else found.hasOtherCharts = true;
    if (!isDiagram) blocks.push(...(await textsOnChart(parts, path)));
  }
  return { title: title.join(' '), blocks, footers };
}

async function speakerNotes(
  parts: ZipParts,
  relations: Relationships,
  found: FoundInSlides,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const path of relatedAs(relations, 'notesSlide')) {
    for (const item of readSlide(await parts.bytes(path), [], found).items) {
      // Pictures of the slide, page numbers and headers are the page's own.
      const type = item.what === 'text' ? (item.placeholder?.type ?? 'body') : '';
      if (item.what === 'text' && type === 'body') notes.push(`[Notes] ${plain(item.text)}`);
    }
  }
  return notes;
}

/** Notes are written in the body of their page, but are no list. */
function plain(text: string): string {
  return text.replace(/^- /gm, '');
}

async function commentsOn(
  parts: ZipParts,
  relations: Relationships,
  authors: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const comments: string[] = [];
  for (const path of relatedAs(relations, 'comments')) {
    comments.push(...readSlideComments(await parts.bytes(path), authors));
  }
  return comments;
}
