import type { PageWords } from './find-on-page.ts';
import { memoryOf, type PdfDocument } from './pdf-document.ts';

/** The characters of a page that are looked at: a book has 3,000 a page. */
const MOST_CHARACTERS = 100_000;
/** A page in parts: PDFium gives whole numbers. */
const PARTS = 1_000_000;
/** Four numbers of a rectangle, and two of a point, of four bytes each. */
const RECTANGLE_BYTES = 16;
const POINT_BYTES = 8;

/** The characters of a page of a PDF, and where they stand on its picture; null if there is no such page. */
export function charactersOf({ pdfium, withPage }: PdfDocument, number: number): PageWords | null {
  const { malloc, free } = pdfium.pdfium.wasmExports;
  return withPage(number, (page) => {
    const text = pdfium.FPDFText_LoadPage(page);
    if (text === 0) return null;
    const at = malloc(RECTANGLE_BYTES + POINT_BYTES);
    const point = at + RECTANGLE_BYTES;
    /** A point of the page, in parts of its picture: turned and cut as that is. */
    const onPicture = (x: number, y: number): readonly [number, number] => {
      pdfium.FPDF_PageToDevice(page, 0, 0, PARTS, PARTS, 0, x, y, point, point + 4);
      const memory = viewOf();
      return [memory.getInt32(point, true) / PARTS, memory.getInt32(point + 4, true) / PARTS];
    };
    const viewOf = () => new DataView(memoryOf(pdfium).buffer);
    const boxOf = (index: number): readonly number[] => {
      if (!pdfium.FPDFText_GetLooseCharBox(text, index, at)) return [0, 0, 0, 0];
      const memory = viewOf();
      const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((from) =>
        memory.getFloat32(at + from, true),
      );
      const [[x1, y1], [x2, y2]] = [onPicture(left, top), onPicture(right, bottom)];
      return [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)].map(within);
    };
    try {
      const count = Math.min(MOST_CHARACTERS, Math.max(0, pdfium.FPDFText_CountChars(text)));
      const starts = new Int32Array(count);
      const boxes = new Float32Array(count * 4);
      let characters = '';
      for (let index = 0; index < count; index += 1) {
        starts[index] = characters.length;
        characters += characterOf(pdfium.FPDFText_GetUnicode(text, index));
        boxes.set(boxOf(index), index * 4);
      }
      return { text: characters, starts, boxes };
    } finally {
      free(at);
      pdfium.FPDFText_ClosePage(text);
    }
  });
}

/** What the page was cut to is all of its picture. */
function within(part: number): number {
  return Math.min(1, Math.max(0, part));
}

/** A hyphen at the end of a line is a control character to PDFium; a letter without Unicode is 0. */
function characterOf(code: number): string {
  if (code === 2) return '-\n';
  return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
}
