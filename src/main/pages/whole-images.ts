import type { WrappedPdfiumModule } from '@embedpdf/pdfium';

/** PDFium's numbers. */
const IMAGE_OBJECT = 3;
const FORM_OBJECT = 5;
/** Forms can be nested for ever. */
const DEEPEST_FORM = 8;

/** Whether every image on a page can be decoded. */
export function areImagesWhole(pdfium: WrappedPdfiumModule, page: number): boolean {
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count; index += 1) {
    if (!isObjectWhole(pdfium, pdfium.FPDFPage_GetObject(page, index), 0)) return false;
  }
  return true;
}

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
