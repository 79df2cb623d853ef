import type { TextWriter } from './text-writer.ts';

/**
 * Writes a text of its own, as a comment or the mark of a picture is: on lines apart from the text around it, whose looks it
 * does not have.
 * @param breaks 2 for an empty line before and after it
 */
export function writeApart(writer: TextWriter, text: string, breaks: 1 | 2): void {
  writer.rise(null);
  writer.strike(false);
  writer.breakLine(breaks);
  writer.writeVerbatim(text);
  writer.breakLine(breaks);
}
