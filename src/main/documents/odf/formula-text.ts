import { readXml } from '../packed/xml-events.ts';

/** A formula as it was typed, which LibreOffice keeps beside what it draws; else its symbols in a row. */
export function formulaText(xml: Uint8Array): string {
  let typed = '';
  let symbols = '';
  let isTyped = false;
  readXml(xml, {
    open(name) {
      if (name === 'math:annotation') isTyped = true;
    },
    close(name) {
      if (name === 'math:annotation') isTyped = false;
    },
    text(piece) {
      if (isTyped) typed += piece;
      else symbols += piece;
    },
  });
  const text = typed.trim() === '' ? symbols : typed;
  return text.replace(/\s+/g, ' ').trim();
}
