/** The elements of a master page that are printed above and below its text (OpenDocument). */
export const pageElements: ReadonlyMap<string, 'Header' | 'Footer'> = new Map([
  ['style:header', 'Header'],
  ['style:header-left', 'Header'],
  ['style:header-first', 'Header'],
  ['style:footer', 'Footer'],
  ['style:footer-left', 'Footer'],
  ['style:footer-first', 'Footer'],
]);
