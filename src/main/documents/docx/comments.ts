import { commentLine } from '../comment-line.ts';
import { attributeOf, readXml } from '../packed/xml-events.ts';
import type { TextWriter } from '../text-writer.ts';
import { writeApart } from '../write-apart.ts';

const breaks = new Set(['w:p', 'w:br', 'w:cr', 'w:tab']);

/** The lines of the comments in `word/comments.xml`, by id: "[Comment by Anna] Is this right?" */
export function readComments(xml: string): ReadonlyMap<string, string> {
  const lines = new Map<string, string>();
  let [id, author, text] = ['', '', ''];
  let isText = false;
  readXml(xml, {
    open(name, attributes) {
      isText = name === 'w:t';
      if (name === 'w:comment') {
        id = attributeOf(attributes, 'id') ?? '';
        author = attributeOf(attributes, 'author') ?? '';
        text = '';
      } else if (breaks.has(name)) text += ' ';
    },
    close(name) {
      isText = false;
      if (name === 'w:comment') lines.set(id, commentLine(author, text));
    },
    text(piece) {
      if (isText) text += piece;
    },
  });
  return lines;
}

/** Writes comments behind the paragraph or table that they are made on, each once. */
export function createComments(lines: ReadonlyMap<string, string>, writer: TextWriter) {
  const written = new Set<string>();
  let waiting: string[] = [];

  return {
    /** Returns false if there is no such comment. */
    refer(id: string): boolean {
      const line = lines.get(id);
      if (line !== undefined && line !== '' && !written.has(id)) waiting.push(line);
      written.add(id);
      return line !== undefined;
    },
    write(): void {
      for (const line of waiting) writeApart(writer, line, 2);
      waiting = [];
    },
  };
}
