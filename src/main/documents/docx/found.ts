import type { ReadingNote } from '../../../shared/reading-note.ts';
import { largeImage, lengthOf } from '../drawings/large-image.ts';
import { type ObjectKind, objectKindOf } from '../object-kinds.ts';
import { type Attributes, attributeOf } from '../packed/xml-events.ts';

/** Content other than text, or text that differs from the printed page. */
export type DocxContent =
  | 'equations'
  | 'comments'
  | 'deletions'
  | 'digits for numbers'
  | 'controls'
  | 'drawings'
  | 'other formats'
  | 'other documents';

/** Findings in a document, for its reading notes or to be read later. */
export interface Found {
  readonly holds: Set<DocxContent>;
  readonly objects: Set<ObjectKind>;
  hiddenCharacters: number;
  unknownSigns: number;
  fieldsWithoutResult: number;
  largeImages: number;
  /** Relationship ids of the headers and footers that are printed, in order. */
  readonly headers: string[];
  readonly footers: string[];
  /** Reading notes on embedded parts in other formats. */
  readonly notes: ReadingNote[];
}

export function createFound(): Found {
  return {
    holds: new Set(),
    objects: new Set(),
    hiddenCharacters: 0,
    unknownSigns: 0,
    fieldsWithoutResult: 0,
    largeImages: 0,
    headers: [],
    footers: [],
    notes: [],
  };
}

const remarkable: ReadonlyMap<string, DocxContent> = new Map([
  ['m:oMath', 'equations'],
  ['w:subDoc', 'other documents'],
  ['w:control', 'controls'],
]);

/**
 * Records elements that stand for something other than text. `onPicture` is called for a large picture, with the id of
 * its relationship: '' if it is not in the file.
 */
export function createRemarks(
  found: Found,
  onPicture: (id: string) => void,
): (name: string, attributes: Attributes) => void {
  let isLargeDrawing = false;
  /** Of a shape as Word 2007 and before wrote it; in a group, that of the group. */
  let isLargeShape = false;
  /** The picture in it shows an object. */
  let isInObject = false;

  function openShape(attributes: Attributes): void {
    const style = attributeOf(attributes, 'style') ?? '';
    const [width, height] = ['width', 'height'].map((side) => lengthOf(sideOf(style, side)));
    if (width === undefined || height === undefined || width * height === 0) return;
    isLargeShape = width >= largeImage.width && height >= largeImage.height;
  }

  return (name, attributes) => {
    const content = remarkable.get(name);
    if (content !== undefined) found.holds.add(content);
    else if (name === 'wp:extent') {
      const [width, height] = ['cx', 'cy'].map((side) => Number(attributeOf(attributes, side)));
      isLargeDrawing = (width ?? 0) >= largeImage.width && (height ?? 0) >= largeImage.height;
    } else if (name === 'a:blip' && isLargeDrawing) onPicture(attributeOf(attributes, 'embed') ?? '');
    else if (name === 'w:pict' || name === 'w:object') {
      isLargeShape = false;
      isInObject = name === 'w:object';
    } else if (name === 'v:shape' || name === 'v:rect' || name === 'v:group') openShape(attributes);
    else if (name === 'v:imagedata' && isLargeShape && !isInObject) onPicture(attributeOf(attributes, 'id') ?? '');
    else if (name === 'o:OLEObject') {
      const isLink = attributeOf(attributes, 'Type') === 'Link';
      found.objects.add(objectKindOf(attributeOf(attributes, 'ProgID') ?? '', isLink));
    }
  };
}

/** `width:450.75pt;height:20cm` */
function sideOf(style: string, side: string): string | undefined {
  return new RegExp(`(?:^|;)\\s*${side}\\s*:\\s*([^;\\s]+)`).exec(style)?.[1];
}
