import iconv from 'iconv-lite';
import { encodingOfPage } from '../text/code-pages.ts';

/** Turns bytes that were taken for letters, one each, into what they stand for. */
export type Letters = (text: string) => string;

const CODE_PAGE = 0x0042;
const END = 0x000a;
const HEAD_BYTES = 4;
const WESTERN = 1_252;
/** Of macOS before Unicode and of Windows in western Europe, by numbers that only Excel has; of Unicode, which it cannot be. */
const ownPages: ReadonlyMap<number, number> = new Map([
  [0x8000, 10_000],
  [0x8001, WESTERN],
  [1_200, WESTERN],
]);

/** How a workbook of Excel 5 or 95 has its letters: in the code page of the machine that it was made on. */
export function lettersOf(book: Buffer): Letters {
  const page = codePageOf(book);
  const encoding = encodingOfPage(ownPages.get(page) ?? page) ?? 'windows-1252';
  return (text) => text.replace(/[^\u0100-\uffff]+/g, (bytes) => iconv.decode(Buffer.from(bytes, 'latin1'), encoding));
}

function codePageOf(book: Buffer): number {
  for (let at = 0; at + HEAD_BYTES + 2 <= book.length; ) {
    const kind = book.readUInt16LE(at);
    if (kind === CODE_PAGE) return book.readUInt16LE(at + HEAD_BYTES);
    if (kind === END) return WESTERN;
    at += HEAD_BYTES + book.readUInt16LE(at + 2);
  }
  return WESTERN;
}
