import { readFileSync } from 'node:fs';
import { init, type WrappedPdfiumModule } from '@embedpdf/pdfium';
import { packageFiles } from '../common/package-files.ts';

/** A PDF that PDFium does not open, though another reader did. */
export class UndrawablePdfError extends Error {}

/** An open PDF. Pages are counted from 1. */
export interface PdfDocument {
  readonly pdfium: WrappedPdfiumModule;
  readonly pages: number;
  /** @returns null if there is no such page, or it cannot be opened. */
  withPage<T>(number: number, use: (page: number) => T | null): T | null;
}

/**
 * Opens a PDF to draw its pages, by PDFium in WebAssembly: what a hostile file does there stays there. It has no
 * scripts, loads nothing and needs no canvas.
 */
export async function openPdf(bytes: Uint8Array): Promise<PdfDocument> {
  const wasm = readFileSync(packageFiles.resolve('@embedpdf/pdfium/pdfium.wasm'));
  const pdfium = await init({ wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) });
  pdfium.PDFiumExt_Init();
  const at = pdfium.pdfium.wasmExports.malloc(bytes.length);
  memoryOf(pdfium).set(bytes, at);
  const document = pdfium.FPDF_LoadMemDocument(at, bytes.length, '');
  if (document === 0) throw new UndrawablePdfError(`PDFium says ${pdfium.FPDF_GetLastError()}.`);
  return {
    pdfium,
    pages: pdfium.FPDF_GetPageCount(document),
    withPage: (number, use) => {
      const page = pdfium.FPDF_LoadPage(document, number - 1);
      if (page === 0) return null;
      try {
        return use(page);
      } finally {
        pdfium.FPDF_ClosePage(page);
      }
    },
  };
}

/** Another one each time it has grown. Its type is that of a package that only describes Emscripten. */
export function memoryOf({ pdfium }: WrappedPdfiumModule): Uint8Array {
  return (pdfium as unknown as { readonly HEAPU8: Uint8Array }).HEAPU8;
}
