import { commentLine } from '../comment-line.ts';
import { createTextWriter, type TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';

interface Aside {
  readonly what: 'note' | 'comment';
  readonly writer: TextWriter;
  /** The mark of a note, or who made a comment. */
  label: string;
}

export type Margins = ReturnType<typeof createMargins>;

/** Footnotes, endnotes and comments, whose text stands in the middle of another one's: each is written apart. */
export function createMargins(body: TextWriter) {
  const open: Aside[] = [];
  const notes: string[] = [];
  let comments: string[] = [];

  const writer = (): TextWriter => open.at(-1)?.writer ?? body;

  function end(): string {
    const aside = open.pop();
    if (aside === undefined) return '';
    const text = aside.writer.finish();
    const label = aside.label.trim();
    if (aside.what === 'note') {
      notes.push(`[${label}] ${text}`);
      return `[${label}]`;
    }
    const comment = commentLine(label, text);
    if (comment !== '') comments.push(comment);
    return '';
  }

  function append(texts: readonly string[]): void {
    for (const text of texts) writeApart(body, text, 2);
  }

  return {
    writer,
    isInMargin: (): boolean => open.length > 0,
    open(name: string): void {
      if (name === 'text:note') open.push({ what: 'note', writer: createTextWriter(), label: '' });
      else if (name === 'office:annotation') open.push({ what: 'comment', writer: createTextWriter(), label: '' });
    },
    /** What stands for it in the text: the mark of a note. */
    close(name: string): string {
      return name === 'text:note' || name === 'office:annotation' ? end() : '';
    },
    /** Takes the mark of a note, and who made a comment, when; false for other text. */
    take(element: string, piece: string): boolean {
      const aside = open.at(-1);
      if (aside === undefined) return false;
      if (element === 'text:note-citation' || element === 'dc:creator') aside.label += piece;
      return /^(?:text:note-citation|dc:|meta:|loext:sender)/.test(element);
    },
    /** Comments come behind the paragraph or table that they are made on. */
    writeComments(): void {
      if (open.length > 0) return;
      append(comments);
      comments = [];
    },
    writeNotes: (): void => append(notes),
  };
}
