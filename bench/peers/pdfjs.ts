/** What pdf.js says of a PDF's text, by itself. */
import { readFileSync } from 'node:fs';
import { getDocumentProxy } from 'unpdf';

export async function readAlone(path: string): Promise<string> {
  const document = await getDocumentProxy(new Uint8Array(readFileSync(path)), { verbosity: 0 });
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    pages.push(items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join(''));
    page.cleanup();
  }
  await document.loadingTask.destroy();
  return pages.join('\n');
}
