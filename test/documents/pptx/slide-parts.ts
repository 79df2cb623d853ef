import { packageParts, readParts, relationship, relationshipsOf } from '../read-parts.ts';

/** Assembles PowerPoint presentations from their XML, part by part. */

const office = 'http://schemas.openxmlformats.org';
export const namespaces =
  `xmlns:p="${office}/presentationml/2006/main" xmlns:a="${office}/drawingml/2006/main" ` +
  `xmlns:r="${office}/officeDocument/2006/relationships" xmlns:mc="${office}/markup-compatibility/2006" ` +
  `xmlns:c="${office}/drawingml/2006/chart" xmlns:dgm="${office}/drawingml/2006/diagram"`;
const showType = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml';

interface SlideParts {
  /** The shapes on it. */
  readonly shapes: string;
  readonly isHidden?: boolean;
  readonly showsMaster?: boolean;
  /** The shapes on the page of its notes. */
  readonly notes?: string;
  readonly relationships?: string;
}

interface PresentationOptions {
  readonly contentType?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly relationships?: string;
  /** Slides by their number in the file, in the order in which they are shown. */
  readonly order?: readonly number[];
}

/** A paragraph; its properties come first. */
export function line(text: string, properties = ''): string {
  return `<a:p>${properties}<a:r><a:rPr lang="en"/><a:t>${text}</a:t></a:r></a:p>`;
}

export function bulleted(text: string, level = 0, bullet = '<a:buChar char="•"/>'): string {
  return line(text, `<a:pPr lvl="${level}">${bullet}</a:pPr>`);
}

/** A shape with paragraphs; `placeholder` is its type and number in its layout, as attributes. */
export function shape(content: string, placeholder: string | null = null): string {
  const role = placeholder === null ? '' : `<p:ph ${placeholder}/>`;
  return `<p:sp><p:nvSpPr><p:cNvPr id="2" name="Shape"/><p:cNvSpPr/><p:nvPr>${role}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${content}</p:txBody></p:sp>`;
}

export function title(text: string): string {
  return shape(line(text), 'type="title"');
}

export function frame(content: string): string {
  return `<p:graphicFrame><a:graphic><a:graphicData>${content}</a:graphicData></a:graphic></p:graphicFrame>`;
}

export function presentationParts(
  slides: readonly SlideParts[],
  options: PresentationOptions = {},
): Record<string, string> {
  const { contentType = showType, parts = {}, order = slides.map((_, at) => at + 1) } = options;
  const files: Record<string, string> = {
    ...packageParts('ppt/presentation.xml', contentType),
    'ppt/presentation.xml': `<p:presentation ${namespaces}><p:sldIdLst>${order
      .map((number) => `<p:sldId id="${255 + number}" r:id="slide${number}"/>`)
      .join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationshipsOf(
      order.map((number) => relationship(`slide${number}`, 'slide', `slides/slide${number}.xml`)).join('') +
        (options.relationships ?? ''),
    ),
  };
  slides.forEach(({ shapes, isHidden = false, showsMaster = true, notes, relationships = '' }, at) => {
    const path = `slide${at + 1}.xml`;
    const show = `${isHidden ? ' show="0"' : ''}${showsMaster ? '' : ' showMasterSp="0"'}`;
    files[`ppt/slides/${path}`] = `<p:sld ${namespaces}${show}><p:cSld><p:spTree>${shapes}</p:spTree></p:cSld></p:sld>`;
    const toNotes = notes === undefined ? '' : relationship('notes', 'notesSlide', `../notesSlides/${path}`);
    files[`ppt/slides/_rels/${path}.rels`] = relationshipsOf(toNotes + relationships);
    if (notes !== undefined) {
      files[`ppt/notesSlides/${path}`] =
        `<p:notes ${namespaces}><p:cSld><p:spTree>${notes}</p:spTree></p:cSld></p:notes>`;
    }
  });
  return { ...files, ...parts };
}

export async function readSlides(slides: readonly SlideParts[], options: PresentationOptions = {}) {
  return await readParts(presentationParts(slides, options));
}

/** What is read of one slide, without its heading. */
export async function readSlide(shapes: string, more: Partial<SlideParts> & PresentationOptions = {}) {
  const read = await readSlides([{ ...more, shapes }], more.parts === undefined ? {} : { parts: more.parts });
  return { ...read, text: read.text.replace(/^## Slide 1\n\n/, '') };
}
