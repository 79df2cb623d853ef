import { largeImage } from '../drawings/large-image.ts';
import { createParagraphText, type FoundInText } from '../drawings/paragraph-text.ts';
import { objectKindOf } from '../object-kinds.ts';
import { createAlternatives } from '../packed/alternatives.ts';
import { relationId } from '../packed/ooxml-package.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';
import type { FoundInSlides } from '../slides/found-in-slides.ts';
import { createTextWriter } from '../text-writer.ts';
import { defaultMarks, type LayoutMarks, type Placeholder, placeholderOf } from './layout-marks.ts';

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

/** Reads a slide, a layout or master of slides, or the notes to one. */
export function readSlide(xml: Uint8Array, layouts: readonly LayoutMarks[], found: FoundInSlides): Slide {
  const items: OnSlide[] = [];
  let pictures = 0;
  let objects = 0;
  let program = '';
  const alternatives = createAlternatives(() => items.length);
  let isHidden = false;
  let showsMaster = true;
  let skipDepth = 0;
  let shape = createShape(null, layouts, found);
  /** Null for what takes its size from its layout. */
  let isLarge: boolean | null = null;
  let picture = '';
  /** In what says how a slide or shape looks, a picture is its background. */
  let ground: 'slide' | 'shape' | null = null;

  function open(name: string, attributes: Attributes): void {
    if (name === 'p:sld' || name === 'p:sldLayout') {
      isHidden = isOff(attributes.show);
      showsMaster = !isOff(attributes.showMasterSp);
    } else if (name === 'p:sp' || name === 'p:graphicFrame' || name === 'p:cxnSp')
      shape = createShape(null, layouts, found);
    else if (name === 'p:ph') shape = createShape(placeholderOf(attributes), layouts, found);
    else if (name === 'p:pic') {
      isLarge = null;
      picture = '';
      pictures += 1;
    } else if (pictures === 0 && (name === 'p:bg' || name === 'p:spPr')) {
      ground = name === 'p:bg' ? 'slide' : 'shape';
      isLarge = ground === 'slide';
      picture = '';
    } else if (name === 'a:blip' && (pictures > 0 || ground !== null)) picture = relationId(attributes, 'embed');
    else if (name === 'a:ext' && attributes.cx !== undefined && (pictures > 0 || ground !== null)) {
      isLarge ||= Number(attributes.cx) >= largeImage.width && Number(attributes.cy) >= largeImage.height;
    } else if (name === 'p:control') found.hasControls = true;
    else if (name === 'c:chart') items.push({ what: 'chart', id: relationId(attributes) });
    else if (name === 'cx:chart') items.push({ what: 'later_chart', id: relationId(attributes) });
    else if (name === 'dgm:relIds') items.push({ what: 'diagram', id: relationId(attributes, 'dm') });
    else if (name === 'p:oleObj') {
      program = attributes.progId ?? '';
      objects += 1;
    } else if (name === 'p:embed' || name === 'p:link') found.objects.add(objectKindOf(program, name === 'p:link'));
    else shape.open(name, attributes);
    alternatives.open(name);
  }

  function close(name: string): void {
    if (name === 'p:sp' || name === 'p:graphicFrame' || name === 'p:cxnSp') {
      const text = shape.finish();
      if (text !== '') items.push({ what: 'text', text, placeholder: shape.placeholder });
    } else if (name === 'p:pic') {
      if (isLarge !== false && objects === 0) items.push({ what: 'picture', id: picture });
      pictures -= 1;
    } else if (ground !== null && (name === 'p:bg' || name === 'p:spPr')) {
      if (isLarge === true && picture !== '') items.push({ what: 'picture', id: picture });
      ground = null;
    } else if (name === 'p:oleObj') objects -= 1;
    else shape.close(name);
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
    finish: writer.finish,
  };
}
