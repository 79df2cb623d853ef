import { readFileSync } from 'node:fs';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { packageFiles } from '../common/package-files.ts';

/** Recognition is no better at more. */
export const DRAWN_DPI = 200;
const POINTS_AN_INCH = 72;
/** A poster is drawn smaller: 40 million grey pixels are 40 MB. */
const MOST_PIXELS = 40_000_000;

/** PDFium's numbers. */
const GREY_BITMAP = 1;
const DRAW_ANNOTATIONS = 0x01;
const DRAW_GREY = 0x08;
const WHITE = 0xff_ff_ff_ff;
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;

/** A page as a picture: a PGM file. */
export interface DrawnPage {
  readonly image: Uint8Array;
  readonly dpi: number;
}

export interface PdfDrawing {
  /** @returns null if the page, or an image on it, cannot be drawn. @param number counted from 1. */
  draw(number: number): DrawnPage | null;
}

/** A PDF that PDFium does not open, though another reader did. */
export class UndrawablePdfError extends Error {}

/**
 * Opens a PDF to draw its pages, by PDFium in WebAssembly: what a hostile file does there stays there. It has no
 * scripts, loads nothing and needs no canvas.
 */
export async function openDrawing(bytes: Uint8Array): Promise<PdfDrawing> {
  const wasm = readFileSync(packageFiles.resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) });
  pdfium.PDFiumExt_Init();
  const at = pdfium.pdfium.wasmExports.malloc(bytes.length);
  memoryOf(pdfium).set(bytes, at);
  const document = pdfium.FPDF_LoadMemDocument(at, bytes.length, '');
  if (document === 0) throw new UndrawablePdfError(`PDFium says ${pdfium.FPDF_GetLastError()}.`);
  return {
    draw: (number) => {
      const page = pdfium.FPDF_LoadPage(document, number - 1);
      if (page === 0) return null;
      try {
        return drawPage(pdfium, page);
      } finally {
        pdfium.FPDF_ClosePage(page);
      }
    },
  };
}

function drawPage(pdfium: WrappedPdfiumModule, page: number): DrawnPage | null {
  const points = { width: pdfium.FPDF_GetPageWidthF(page), height: pdfium.FPDF_GetPageHeightF(page) };
  const full = (points.width * points.height * DRAWN_DPI ** 2) / POINTS_AN_INCH ** 2;
  const dpi = DRAWN_DPI * Math.min(1, Math.sqrt(MOST_PIXELS / full));
  const width = Math.max(1, Math.round((points.width / POINTS_AN_INCH) * dpi));
  const height = Math.max(1, Math.round((points.height / POINTS_AN_INCH) * dpi));
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, GREY_BITMAP, 0, 0);
  if (bitmap === 0) return null;
  try {
    pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
    pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, DRAW_ANNOTATIONS | DRAW_GREY);
    const pixels = copyPixels(pdfium, bitmap, width, height);
    // A blank sheet may be scanned; an image that cannot be decoded leaves a blank page, too.
    if (isBlank(pixels) && !areImagesWhole(pdfium, page)) return null;
    const head = Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1');
    return { image: Buffer.concat([head, pixels]), dpi: Math.round(dpi) };
  } finally {
    pdfium.FPDFBitmap_Destroy(bitmap);
  }
}

function copyPixels(pdfium: WrappedPdfiumModule, bitmap: number, width: number, height: number): Buffer {
  const from = pdfium.FPDFBitmap_GetBuffer(bitmap);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const memory = memoryOf(pdfium);
  const pixels = Buffer.allocUnsafeSlow(width * height);
  for (let row = 0; row < height; row += 1) {
    pixels.set(memory.subarray(from + row * stride, from + row * stride + width), row * width);
  }
  return pixels;
}

/** Another one each time it has grown. Its type is that of a package that only describes Emscripten. */
function memoryOf({ pdfium }: WrappedPdfiumModule): Uint8Array {
  return (pdfium as unknown as { readonly HEAPU8: Uint8Array }).HEAPU8;
}

function isBlank(pixels: Buffer): boolean {
  const [first] = pixels;
  return pixels.every((pixel) => pixel === first);
}

/** Whether every image on a page can be decoded. */
function areImagesWhole(pdfium: WrappedPdfiumModule, page: number): boolean {
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index += 1) {
    if (!isObjectWhole(pdfium, pdfium.FPDFPage_GetObject(page, index), 0)) return false;
  }
  return true;
}

/** Forms can be nested for ever. */
const DEEPEST_FORM = 8;

function isObjectWhole(pdfium: WrappedPdfiumModule, object: number, depth: number): boolean {
  const type = pdfium.FPDFPageObj_GetType(object);
  if (type === FORM_OBJECT && depth < DEEPEST_FORM) {
    const count = pdfium.FPDFFormObj_CountObjects(object);
    for (let index = 0; index < count; index += 1) {
      if (!isObjectWhole(pdfium, pdfium.FPDFFormObj_GetObject(object, index), depth + 1)) return false;
    }
  }
  if (type !== IMAGE_OBJECT) return true;
  const bitmap = pdfium.FPDFImageObj_GetBitmap(object);
  if (bitmap === 0) return false;
  pdfium.FPDFBitmap_Destroy(bitmap);
  return true;
}
