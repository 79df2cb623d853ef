import { createParagraphText, type FoundInText } from '../drawings/paragraph-text.ts';
import { objectKindOf } from '../object-kinds.ts';
import { createAlternatives } from '../packed/alternatives.ts';
import { relationId } from '../packed/ooxml-package.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import type { FoundInSlides } from '../slides/found-in-slides.ts';
import { createTextWriter } from '../text-writer.ts';
import { defaultMarks, type LayoutMarks, type Placeholder, placeholderOf } from './layout-marks.ts';
import { createSlidePictures } from './slide-pictures.ts';

/** What is on a slide, in the file's order, which is also the one in which it is read aloud. */
type OnSlide =
  | { readonly what: 'text'; readonly text: string; readonly placeholder: Placeholder | null }
  | { readonly what: 'chart' | 'later_chart' | 'diagram' | 'picture'; readonly id: string };

export interface Slide {
  readonly items: readonly OnSlide[];
  readonly isHidden: boolean;
  /** Whether it shows what its layout and master print; of a layout, what its master prints. */
  readonly showsMaster: boolean;
}

const shapes = new Set(['p:sp', 'p:graphicFrame', 'p:cxnSp']);

/** Reads a slide, a layout or master of slides, or the notes to one. */
export function readSlide(xml: Uint8Array, layouts: readonly LayoutMarks[], found: FoundInSlides): Slide {
  const items: OnSlide[] = [];
  /** Of text, in the shapes before the one that is open. */
  let pieces = 0;
  const alternatives = createAlternatives(() => items.length + pieces + shape.pieces());
  const pictures = createSlidePictures((id) => items.push({ what: 'picture', id }));
  let shape = createShape(null, layouts, found);
  let program = '';
  let isHidden = false;
  let showsMaster = true;
  let skipDepth = 0;

  function begin(placeholder: Placeholder | null): void {
    pieces += shape.pieces();
    shape = createShape(placeholder, layouts, found);
  }

  function open(name: string, attributes: Attributes): void {
    if (name === 'p:sld' || name === 'p:sldLayout') {
      isHidden = isOff(attributes.show);
      showsMaster = !isOff(attributes.showMasterSp);
    } else if (shapes.has(name)) begin(null);
    else if (name === 'p:ph') begin(placeholderOf(attributes));
    else if (name === 'p:control') found.hasControls = true;
    else if (name === 'c:chart') items.push({ what: 'chart', id: relationId(attributes) });
    else if (name === 'cx:chart') items.push({ what: 'later_chart', id: relationId(attributes) });
    else if (name === 'dgm:relIds') items.push({ what: 'diagram', id: relationId(attributes, 'dm') });
    else if (name === 'p:oleObj') program = attributes.progId ?? '';
    else if (name === 'p:embed' || name === 'p:link') found.objects.add(objectKindOf(program, name === 'p:link'));
    else shape.open(name, attributes);
    pictures.open(name, attributes);
    alternatives.open(name);
  }

  function close(name: string): void {
    if (shapes.has(name)) {
      const text = shape.finish();
      if (text !== '') items.push({ what: 'text', text, placeholder: shape.placeholder });
    } else shape.close(name);
    pictures.close(name);
    alternatives.close(name);
  }

  readXml(xml, {
    open(name, attributes) {
      if (skipDepth > 0 || alternatives.isRepeated(name)) skipDepth += 1;
      else open(name, attributes);
    },
    close(name) {
      if (skipDepth > 0) skipDepth -= 1;
      else close(name);
    },
    text(piece) {
      if (skipDepth === 0) shape.text(piece);
    },
  });
  return { items, isHidden, showsMaster };
}

function isOff(value: string | undefined): boolean {
  return value === '0' || value === 'false';
}

function createShape(placeholder: Placeholder | null, layouts: readonly LayoutMarks[], found: FoundInText) {
  const writer = createTextWriter();
  const text = createParagraphText(writer, defaultMarks(placeholder, layouts), found);
  return {
    placeholder,
    open(name: string, attributes: Attributes): void {
      if (name === 'a:tr') {
        writer.breakLine(1);
        writer.startRow();
      } else if (name === 'a:tc') {
        text.restart();
        writer.startCell();
      } else text.open(name, attributes);
    },
    close(name: string): void {
      if (name === 'a:tc') writer.endCell();
      else if (name === 'a:tr') writer.endRow();
      else text.close(name);
    },
    text: text.text,
    pieces: text.pieces,
    finish: writer.finish,
  };
}
