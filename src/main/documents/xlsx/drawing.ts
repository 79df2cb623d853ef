import { largeImage } from '../drawings/large-image.ts';
import { relationId } from '../packed/ooxml-package.ts';
import { readXml } from '../packed/xml-events.ts';

/** What lies on a sheet, in the file's order: texts, and the charts and diagrams that it refers to by id. */
type Drawn =
  | { readonly what: 'text'; readonly text: string }
  | { readonly what: 'chart' | 'diagram'; readonly id: string };

export interface Drawing {
  readonly drawn: readonly Drawn[];
  readonly largeImages: number;
  /** Charts of kinds that are not read. */
  readonly hasOtherCharts: boolean;
}

/** Reads a drawing on a sheet (`xl/drawings/drawing1.xml`). */
export function readDrawing(xml: Uint8Array): Drawing {
  const drawn: Drawn[] = [];
  let element = '';
  let pictures = 0;
  let paragraphs: string[] = [];
  let fallbacks = 0;
  let largeImages = 0;
  let hasOtherCharts = false;

  function add(piece: string): void {
    paragraphs.push((paragraphs.pop() ?? '') + piece);
  }

  readXml(xml, {
    open(name, attributes) {
      element = name;
      if (name === 'xdr:pic') pictures += 1;
      if (name === 'mc:Fallback') fallbacks += 1;
      if (fallbacks > 0) return;
      if (name === 'xdr:txBody') paragraphs = [];
      else if (name === 'a:p') paragraphs.push('');
      else if (name === 'a:br') add(' ');
      else if (name === 'c:chart') drawn.push({ what: 'chart', id: relationId(attributes) });
      else if (name === 'dgm:relIds') drawn.push({ what: 'diagram', id: relationId(attributes, 'dm') });
      else if (name === 'cx:chart') hasOtherCharts = true;
      else if (name === 'a:ext' && pictures > 0) {
        if (Number(attributes.cx) >= largeImage.width && Number(attributes.cy) >= largeImage.height) largeImages += 1;
      }
    },
    close(name) {
      element = '';
      if (name === 'xdr:pic') pictures -= 1;
      if (name === 'mc:Fallback') fallbacks -= 1;
      if (fallbacks > 0 || name !== 'xdr:txBody') return;
      const text = paragraphs
        .map((one) => one.trim())
        .join('\n')
        .trim();
      if (text !== '') drawn.push({ what: 'text', text });
    },
    text(piece) {
      if (fallbacks === 0 && element === 'a:t') add(piece);
    },
  });
  return { drawn, largeImages, hasOtherCharts };
}
