import type { CodeSpan } from './highlight.ts';

/** Lines that are laid out together; more would be laid out anew with each character that is added. */
const linesTogether = 48;

/** Cuts code into runs of whole lines, each without its last line break. */
export function linesOf(text: string): readonly string[] {
  const lines = text.split('\n');
  const chunks: string[] = [];
  for (let line = 0; line < lines.length; line += linesTogether)
    chunks.push(lines.slice(line, line + linesTogether).join('\n'));
  return chunks;
}

/** The same for coloured code; a span that reaches over an end is cut there. */
export function spanLines(spans: readonly CodeSpan[]): readonly (readonly CodeSpan[])[] {
  const chunks: CodeSpan[][] = [[]];
  let line = 0;
  for (const span of spans) {
    for (const [place, text] of span.text.split('\n').entries()) {
      if (place > 0) line += 1;
      if (place > 0 && line % linesTogether === 0) chunks.push([]);
      else if (place > 0) chunks.at(-1)?.push({ text: '\n', classes: '' });
      if (text !== '') chunks.at(-1)?.push({ text, classes: span.classes });
    }
  }
  return chunks;
}
