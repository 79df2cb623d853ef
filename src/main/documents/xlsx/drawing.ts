import { largeImage } from '../drawings/large-image.ts';
import { relationId } from '../packed/ooxml-package.ts';
import { type Attributes, readXml } from '../packed/xml-events.ts';

/** What lies on a sheet, in the file's order: texts, and the charts, diagrams and pictures that it refers to by id. */
type Drawn =
  | { readonly what: 'text'; readonly text: string; readonly hasEquations: boolean }
  | { readonly what: 'chart' | 'later_chart' | 'diagram' | 'picture'; readonly id: string };

/** Reads a drawing on a sheet (`xl/drawings/drawing1.xml`). */
export function readDrawing(xml: Uint8Array): readonly Drawn[] {
  const drawn: Drawn[] = [];
  let element = '';
  let pictures = 0;
  let paragraphs: string[] = [];
  let fallbacks = 0;
  const size = createSize();
  let picture = '';
  /** What a shape looks like is told: a picture there is its ground. */
  let isInLooks = false;
  let hasEquations = false;

  function add(piece: string): void {
    paragraphs.push((paragraphs.pop() ?? '') + piece);
  }

  readXml(xml, {
    open(name, attributes) {
      element = name;
      size.open(name, attributes);
      if (name === 'xdr:pic') {
        pictures += 1;
        picture = '';
      }
      if (name === 'mc:Fallback') fallbacks += 1;
      if (fallbacks > 0) return;
      if (name === 'xdr:spPr') isInLooks = true;
      if (name === 'xdr:sp') picture = '';
      if (name === 'xdr:txBody') {
        paragraphs = [];
        hasEquations = false;
      } else if (name === 'm:oMath') hasEquations = true;
      else if (name === 'a:p') paragraphs.push('');
      else if (name === 'a:br') add(' ');
      else if (name === 'c:chart') drawn.push({ what: 'chart', id: relationId(attributes) });
      else if (name === 'dgm:relIds') drawn.push({ what: 'diagram', id: relationId(attributes, 'dm') });
      else if (name === 'cx:chart') drawn.push({ what: 'later_chart', id: relationId(attributes) });
      else if (name === 'a:blip' && (pictures > 0 || isInLooks)) picture = relationId(attributes, 'embed');
    },
    close(name) {
      element = '';
      if (name === 'xdr:spPr') isInLooks = false;
      if (name === 'xdr:sp' && picture !== '' && fallbacks === 0 && size.isLarge())
        drawn.push({ what: 'picture', id: picture });
      if (name === 'xdr:pic') {
        pictures -= 1;
        if (size.isLarge() && fallbacks === 0) drawn.push({ what: 'picture', id: picture });
      }
      if (name === 'mc:Fallback') fallbacks -= 1;
      if (fallbacks > 0 || name !== 'xdr:txBody') return;
      const text = paragraphs
        .map((one) => one.trim())
        .join('\n')
        .trim();
      if (text !== '') drawn.push({ what: 'text', text, hasEquations });
    },
    text(piece) {
      if (fallbacks === 0 && (element === 'a:t' || element === 'm:t')) add(piece);
      size.text(element, piece);
    },
  });
  return drawn;
}

/** Cells of the usual size, in English Metric Units. */
const cell = { width: 609_600, height: 190_500 };

/**
 * How large what is drawn is. Some programs say it of the drawing, some of its anchor, and some only name the cells
 * that it covers.
 */
function createSize() {
  let isLarge = false;
  let corner: 'xdr:from' | 'xdr:to' = 'xdr:from';
  const corners = { 'xdr:from': { 'xdr:col': 0, 'xdr:row': 0 }, 'xdr:to': { 'xdr:col': 0, 'xdr:row': 0 } };

  function see(width: number, height: number): void {
    isLarge ||= width >= largeImage.width && height >= largeImage.height;
  }

  return {
    open(name: string, attributes: Attributes): void {
      if (/^xdr:(?:oneCell|twoCell|absolute)Anchor$/.test(name)) {
        isLarge = false;
        corners['xdr:to'] = { 'xdr:col': 0, 'xdr:row': 0 };
      } else if (name === 'xdr:from' || name === 'xdr:to') corner = name;
      else if (name === 'xdr:ext' || name === 'a:ext') see(Number(attributes.cx), Number(attributes.cy));
    },
    text(element: string, piece: string): void {
      if (element === 'xdr:col' || element === 'xdr:row') corners[corner][element] = Number(piece) || 0;
    },
    isLarge(): boolean {
      const { 'xdr:from': from, 'xdr:to': to } = corners;
      see((to['xdr:col'] - from['xdr:col']) * cell.width, (to['xdr:row'] - from['xdr:row']) * cell.height);
      return isLarge;
    },
  };
}
