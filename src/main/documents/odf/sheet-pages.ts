import { readXml } from '../packed/xml-events.ts';
import { pageElements } from './page-elements.ts';

/** What the pages of a spreadsheet print above and below the cells, by the name of the master page: `[Header] Draft`. */
export type SheetPages = ReadonlyMap<string, readonly string[]>;

/** Filled in by the program: they say nothing about the sheet that is not said elsewhere. */
const fields = new Set(['text:sheet-name', 'text:title', 'text:date', 'text:time', 'text:file-name']);
const [PAGE, PAGES] = ['\ue000', '\ue001'];
const numbers: ReadonlyMap<string, string> = new Map([
  ['text:page-number', PAGE],
  ['text:page-count', PAGES],
]);

export function readSheetPages(styles: string | Uint8Array): SheetPages {
  const pages = new Map<string, string[]>();
  let master = '';
  let kind: 'Header' | 'Footer' | null = null;
  let text = '';
  let skipDepth = 0;

  function open(name: string): void {
    const number = numbers.get(name);
    if (skipDepth > 0 || number !== undefined || fields.has(name)) skipDepth += 1;
    if (number !== undefined) text += number;
    else if (name === 'text:s' || name === 'text:tab' || name === 'text:line-break') text += ' ';
  }

  function closePart(): void {
    const printed = `[${kind}] ${printedText(text)}`;
    const known = pages.get(master) ?? [];
    if (/\p{L}/u.test(printedText(text)) && !known.includes(printed)) pages.set(master, [...known, printed]);
    kind = null;
  }

  readXml(styles, {
    open(name, attributes) {
      const opens = pageElements.get(name);
      if (name === 'style:master-page') master = attributes['style:name'] ?? '';
      else if (opens === undefined) {
        if (kind !== null) open(name);
      } else if (attributes['style:display'] !== 'false') [kind, text] = [opens, ''];
    },
    close(name) {
      if (skipDepth > 0) skipDepth -= 1;
      else if (kind !== null && pageElements.has(name)) closePart();
      else if (name === 'text:p') text += ' ';
    },
    text(piece) {
      if (kind !== null && skipDepth === 0) text += piece;
    },
  });
  return pages;
}

/** Without page numbers, and what stands with them: `Page 1 of 3`. */
function printedText(text: string): string {
  return text
    .replace(/(?:\p{L}+[\s.:]*)?\ue000(?:\s*[\p{L}/]*\s*\ue001)?/gu, ' ')
    .replaceAll(PAGES, '')
    .replace(/\s+/g, ' ')
    .trim();
}
