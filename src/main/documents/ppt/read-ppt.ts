import type { Places } from '../../../shared/places.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { commentLine } from '../comment-line.ts';
import type { CompoundFile } from '../compound/compound-file.ts';
import { wordArtIn } from '../drawings/blips.ts';
import { createEmbeddedPictures, picturedBy } from '../drawings/embedded-pictures.ts';
import type { Pictured } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { createFoundInSlides, notesOnSlides } from '../slides/found-in-slides.ts';
import { type SlideText, slidesText } from '../slides/slides-text.ts';
import { textlessSlides } from '../slides/textless.ts';
import { slidePictures } from './pictures.ts';
import {
  EncryptedPresentation,
  isText,
  OlderPresentation,
  type PptSlide,
  readPresentation,
  textOf,
} from './presentation.ts';
import { kinds, type PptRecord, recordsBelow, recordsIn } from './records.ts';

export interface PptText {
  readonly text: string;
  readonly places: Places;
  readonly notes: readonly ReadingNote[];
  readonly pictured?: Pictured;
  readonly isWordless?: boolean;
}

/** A file for PowerPoint 95 and 97 is the older one, and has the newer one in this folder. */
const BESIDE_95 = 'PP97_DUALSTORAGE';

/**
 * The text of a presentation of before 2007: its slides in order, hidden ones, too, each with its notes and comments.
 * @param older the problem of a presentation of PowerPoint 95 or before.
 */
export function readPpt(file: CompoundFile, older: () => Problem): Result<PptText, Problem> {
  const folder = file.root.children.find(({ name }) => name === BESIDE_95) ?? file.root;
  const streamNamed = (name: string): Buffer => {
    const entry = folder.children.find((child) => child.name === name);
    return entry === undefined ? Buffer.alloc(0) : file.read(entry);
  };
  try {
    const found = createFoundInSlides();
    const { document, slides } = readPresentation(streamNamed('PowerPoint Document'), streamNamed('Current User'));
    if ([...recordsBelow(document)].some(({ type }) => type === kinds.embedded)) found.objects.add('file');
    const pictures = createEmbeddedPictures();
    const markOf = slidePictures(document, streamNamed('Pictures'), pictures, found);
    const read = slidesText(
      slides.map((slide) => slideText(slide, markOf)),
      found,
    );
    found.largeImages += pictures.notRead();
    if (read === null) return err(textlessSlides(found));
    return ok({ ...read, notes: notesOnSlides(found), ...picturedBy(pictures) });
  } catch (error) {
    if (error instanceof OlderPresentation) return err(older());
    if (error instanceof EncryptedPresentation) return err(problem('file_encrypted', { format: 'office' }));
    return err(damagedFile({ what: 'presentation' }, String(error)));
  }
}

const [TITLE, NOTES, CENTRED_TITLE] = [0, 2, 6];
/** What a placeholder is for. */
const automatic: ReadonlySet<number> = new Set([7, 8]);
const [FOOTER, HEADER] = [9, 10];
const NONE = -1;
const HIDDEN = 0x04;
const SHOW_FLAGS_AT = 10;

/** The mark of the picture in a shape; '' if there is none that is read. */
type MarkOf = (shape: PptRecord) => string;

interface Box {
  readonly text: string;
  readonly type: number;
  readonly placeholder: number;
}

function slideText({ slide, notes, outline, outlineTypes, ...around }: PptSlide, markOf: MarkOf): SlideText {
  const boxes = boxesOf(slide, outline, outlineTypes, markOf);
  const isTitle = ({ type }: Box) => type === TITLE || type === CENTRED_TITLE;
  const isFooter = ({ placeholder }: Box) => placeholder === FOOTER || placeholder === HEADER;
  const show = recordsIn(slide.bytes).find(({ type }) => type === kinds.slideShow)?.bytes;
  const spoken = notes === null ? [] : boxesOf(notes, [], [], () => '').filter(({ type }) => type === NOTES);
  return {
    title: boxes
      .filter(isTitle)
      .map(({ text }) => text)
      .join(' '),
    isHidden: show !== undefined && show.length > SHOW_FLAGS_AT && ((show[SHOW_FLAGS_AT] ?? 0) & HIDDEN) !== 0,
    blocks: boxes
      .filter((box) => !isTitle(box) && !isFooter(box) && !automatic.has(box.placeholder))
      .map(({ text }) => text),
    footers: [...boxes.filter(isFooter).map(({ text }) => text), ...printedOn(around)],
    extras: [...spoken.map(({ text }) => `[Notes] ${text}`), ...commentsOn(slide)],
  };
}

/** Texts at the edges of slides, and the flags by which they are shown. */
const edgeTexts = [
  { string: 2, shownBy: 0x20 },
  { string: 0, shownBy: 0x04 },
] as const;

/** The footer and the date that somebody typed, and what the master prints without being a placeholder. */
function printedOn({ master, headersFooters }: Pick<PptSlide, 'master' | 'headersFooters'>): readonly string[] {
  const edges = recordsIn(headersFooters?.bytes ?? Buffer.alloc(0));
  const flags = edges.find(({ type }) => type === kinds.headersFootersFlags)?.bytes[2] ?? 0;
  const shown = edgeTexts
    .filter(({ shownBy }) => (flags & shownBy) !== 0)
    .map(({ string }) => edges.find(({ type, instance }) => type === kinds.string && instance === string))
    .map((text) => shownText(text?.bytes.toString('utf16le') ?? ''));
  const printed =
    master === null ? [] : boxesOf(master, [], [], () => '').filter(({ placeholder }) => placeholder === NONE);
  return [...shown, ...printed.map(({ text }) => text)].filter((text) => /\p{L}|\d/u.test(text));
}

/** The texts of a slide's shapes, in the order in which they are drawn. */
function boxesOf(
  page: PptRecord,
  outline: readonly string[],
  outlineTypes: readonly number[],
  markOf: MarkOf,
): readonly Box[] {
  const boxes: Box[] = [];
  for (const shape of recordsBelow(page, ({ type }) => type !== kinds.shape)) {
    if (shape.type !== kinds.shape) continue;
    let [type, placeholder, text] = [NONE, NONE, ''];
    for (const record of recordsBelow(shape)) {
      const value = record.bytes.length < 4 ? 0 : record.bytes.readUInt32LE(0);
      if (record.type === kinds.placeholder) placeholder = record.bytes[4] ?? NONE;
      else if (record.type === kinds.textHeader) type = value;
      else if (record.type === kinds.outlineText) {
        text = outline[value] ?? '';
        type = outlineTypes[value] ?? type;
      } else if (isText(record)) text = textOf(record);
    }
    const shown = shownText(text === '' ? wordArtIn(shape) : text);
    if (shown !== '') boxes.push({ text: shown, type, placeholder });
    const mark = markOf(shape);
    if (mark !== '') boxes.push({ text: mark, type: -1, placeholder: -1 });
  }
  return boxes;
}

/** Paragraphs and lines in it end with control characters. */
function shownText(text: string): string {
  return text
    .replace(/[\r\v]/g, '\n')
    .replace(/(?![\t\n])\p{Cc}/gu, '')
    .trim();
}

const [AUTHOR, TEXT] = [0, 1];

function commentsOn(slide: PptRecord): readonly string[] {
  return [...recordsBelow(slide)]
    .filter(({ type }) => type === kinds.comment)
    .map((comment) => {
      const said = (instance: number) =>
        recordsIn(comment.bytes).find((record) => record.type === kinds.string && record.instance === instance)?.bytes;
      return commentLine(said(AUTHOR)?.toString('utf16le') ?? '', said(TEXT)?.toString('utf16le') ?? '');
    })
    .filter((line) => line !== '');
}
