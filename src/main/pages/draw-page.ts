import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { memoryOf, type PdfDocument } from './pdf-document.ts';
import { MOST_SHOWN_PIXELS, type Raster, sizeWithin, type Wanted, widthOf } from './raster.ts';
import { areImagesWhole } from './whole-images.ts';

/** Recognition is no better at more. */
export const DRAWN_DPI = 200;
const POINTS_AN_INCH = 72;
/** A poster is drawn smaller: 40 million grey pixels are 40 MB. */
const MOST_GREY_PIXELS = 40_000_000;

/** PDFium's numbers. */
const GREY_BITMAP = 1;
const COLOUR_BITMAP = 4;
const DRAW_ANNOTATIONS = 0x01;
const DRAW_GREY = 0x08;
const RED_FIRST = 0x10;
const WHITE = 0xff_ff_ff_ff;

/** A page as a picture: a PGM file. */
export interface GreyPage {
  readonly image: Uint8Array;
  readonly dpi: number;
}

/** A page for recognition; null if it, or an image on it, cannot be drawn. */
export function drawGrey({ pdfium, withPage }: PdfDocument, number: number): GreyPage | null {
  return withPage(number, (page) => {
    const points = pointsOf(pdfium, page);
    const full = (points.width * points.height * DRAWN_DPI ** 2) / POINTS_AN_INCH ** 2;
    const dpi = DRAWN_DPI * Math.min(1, Math.sqrt(MOST_GREY_PIXELS / full));
    const width = Math.max(1, Math.round((points.width / POINTS_AN_INCH) * dpi));
    const height = Math.max(1, Math.round((points.height / POINTS_AN_INCH) * dpi));
    const drawn = draw(pdfium, page, { width, height, bytes: 1 });
    if (drawn === null || (drawn.blank && !areImagesWhole(pdfium, page))) return null;
    const head = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
    return { image: Buffer.concat([head, drawn.pixels]), dpi: Math.round(dpi) };
  });
}

/** A page for a person, or for a model that sees; null if it, or an image on it, cannot be drawn. */
export function drawColour({ pdfium, withPage }: PdfDocument, number: number, wanted: Wanted): Raster | null {
  return withPage(number, (page) => {
    const points = pointsOf(pdfium, page);
    const size = sizeWithin(points, widthOf(points, wanted), MOST_SHOWN_PIXELS);
    const drawn = draw(pdfium, page, { ...size, bytes: 4 });
    return drawn === null || (drawn.blank && !areImagesWhole(pdfium, page)) ? null : { ...size, ...drawn };
  });
}

function pointsOf(pdfium: WrappedPdfiumModule, page: number) {
  return { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
}

interface Format {
  readonly width: number;
  readonly height: number;
  /** Of a pixel: grey, or red, green, blue and opacity. */
  readonly bytes: 1 | 4;
}

/** `blank`: a blank sheet may be scanned; an image that cannot be decoded leaves a blank page, too. */
function draw(pdfium: WrappedPdfiumModule, page: number, { width, height, bytes }: Format) {
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, bytes === 1 ? GREY_BITMAP : COLOUR_BITMAP, 0, 0);
  if (bitmap === 0) return null;
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    const flags = DRAW_ANNOTATIONS | (bytes === 1 ? DRAW_GREY : RED_FIRST);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
    const pixels = copyPixels(pdfium, bitmap, width * bytes, height);
    return { pixels, blank: isBlank(pixels, bytes) };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

function copyPixels(pdfium: WrappedPdfiumModule, bitmap: number, rowBytes: number, height: number): Buffer {
  const from = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const memory = memoryOf(pdfium);
  const pixels = Buffer.allocUnsafeSlow(rowBytes * height);
  for (let row = 0; row < height; row += 1) {
    pixels.set(memory.subarray(from + row * stride, from + row * stride + rowBytes), row * rowBytes);
  }
  return pixels;
}

function isBlank(pixels: Buffer, bytes: number): boolean {
  // All the same: equal to itself one pixel further on.
  return pixels.subarray(bytes).equals(pixels.subarray(0, pixels.length - bytes));
}
