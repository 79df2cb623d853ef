const kinds = /^\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION)(?:\s|$)/i;

/** Whether a field of a Word document, by its code, tells a page or how many there are. */
export function isPageNumberField(code: string): boolean {
  return kinds.test(code);
}
