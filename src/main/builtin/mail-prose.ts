import { linesOf, type Span } from './span.ts';

/** As the reader of mails writes who wrote to whom, when, about what and with which files, a line each. */
const header = /^(?:From|To|Cc|Bcc|Reply-To|Date|Subject|Attachments): \S/;
const LONGEST_NAME = 16;

/** Whether a file of this name is read as a mail, or as several. */
export function isMail(name: string): boolean {
  return /\.(?:eml|msg|mbox)$/i.test(name);
}

/**
 * The text of mails, a span between headers. What is quoted may be a header, too, each line by itself; what is analysed is
 * what was written, if anything was.
 */
export function mailProse(text: string, withHeaders: boolean): readonly Span[] {
  const headers: Span[] = [];
  const written: Span[] = [];
  let start = 0;
  for (const line of linesOf(text)) {
    if (!header.test(text.slice(line.start, line.start + LONGEST_NAME))) continue;
    if (line.start > start) written.push({ start, end: line.start });
    headers.push(line);
    start = line.end;
  }
  if (start < text.length) written.push({ start, end: text.length });
  const hasWords = written.some((span) => /\p{L}/u.test(text.slice(span.start, span.end)));
  if (hasWords && !withHeaders) return written;
  return [...headers, ...written].sort((a, b) => a.start - b.start);
}
