import { readXml } from '../packed/xml-events.ts';
import { createRichText } from './rich-text.ts';

/** What was said beside a cell. */
interface CellComment {
  readonly cell: string;
  readonly author: string;
  readonly text: string;
}

/** Comments of a sheet (`xl/comments1.xml`), without those that only tell older programs of a conversation. */
export function readComments(xml: Uint8Array): readonly CellComment[] {
  const authors: string[] = [];
  const comments: CellComment[] = [];
  const rich = createRichText();
  let cell = '';
  let author = '';
  let authorName: string | null = null;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'x:author') authorName = '';
      else if (name === 'x:comment') {
        cell = attributes.ref ?? '';
        author = authors[Number(attributes.authorId)] ?? '';
        rich.clear();
      } else rich.open(name);
    },
    close(name) {
      if (name === 'x:author') {
        authors.push(authorName ?? '');
        authorName = null;
      } else if (name === 'x:comment') {
        if (!author.startsWith('tc=')) comments.push({ cell, author, text: rich.value() });
      } else rich.close(name);
    },
    text(piece) {
      if (authorName === null) rich.add(piece);
      else authorName += piece;
    },
  });
  return comments;
}

/** Conversations of a sheet (`xl/threadedComments/…`), in the order in which they were said. */
export function readThreadedComments(xml: Uint8Array, persons: ReadonlyMap<string, string>): readonly CellComment[] {
  const comments: CellComment[] = [];
  let cell = '';
  let author = '';
  let text: string | null = null;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'tc:threadedComment') {
        cell = attributes.ref ?? '';
        author = persons.get(attributes.personId ?? '') ?? '';
      } else if (name === 'tc:text') text = '';
    },
    close(name) {
      if (name !== 'tc:text') return;
      comments.push({ cell, author, text: text ?? '' });
      text = null;
    },
    text(piece) {
      if (text !== null) text += piece;
    },
  });
  return comments;
}

/** Who wrote in conversations (`xl/persons/person.xml`), by id. */
export function readPersons(xml: Uint8Array): ReadonlyMap<string, string> {
  const persons = new Map<string, string>();
  readXml(xml, {
    open(name, attributes) {
      if (name === 'tc:person') persons.set(attributes.id ?? '', attributes.displayName ?? '');
    },
    close() {},
  });
  return persons;
}

/** "[Comment on B2 by Anna] Is this right?" */
export function commentLine({ cell, author, text }: CellComment): string {
  const by = author.trim() === '' ? '' : ` by ${author.trim()}`;
  // Excel begins a comment with the name of its author.
  const own = text.trim().replace(/^([^\n:]{1,100}):\s*\n/, (first, name: string) => (name === author ? '' : first));
  return `[Comment on ${cell}${by}] ${own.replace(/\s+/g, ' ').trim()}`;
}
