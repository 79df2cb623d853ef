import { readXml } from '../packed/xml-events.ts';

/** Who comments on slides, by id: of both generations of comments. */
export function readAuthors(xml: Uint8Array): ReadonlyMap<string, string> {
  const authors = new Map<string, string>();
  readXml(xml, {
    open(name, attributes) {
      if (name === 'p:cmAuthor' || name === 'p188:author') authors.set(attributes.id ?? '', attributes.name ?? '');
    },
    close() {},
  });
  return authors;
}

const commentElements = new Set(['p:cm', 'p188:cm', 'p188:reply']);

/** The comments on a slide: "[Comment by Anna] Is this right?" */
export function readSlideComments(xml: Uint8Array, authors: ReadonlyMap<string, string>): readonly string[] {
  /** Answers lie within what they answer. */
  const open: { readonly author: string; text: string }[] = [];
  const comments: { readonly author: string; text: string }[] = [];
  let isText = false;
  readXml(xml, {
    open(name, attributes) {
      if (commentElements.has(name)) {
        const comment = { author: authors.get(attributes.authorId ?? '') ?? '', text: '' };
        open.push(comment);
        comments.push(comment);
      }
      const comment = open.at(-1);
      if (comment !== undefined && (name === 'a:p' || name === 'a:br')) comment.text += ' ';
      isText = name === 'p:text' || name === 'a:t';
    },
    close(name) {
      if (commentElements.has(name)) open.pop();
      isText = false;
    },
    text(piece) {
      const comment = open.at(-1);
      if (isText && comment !== undefined) comment.text += piece;
    },
  });
  return comments
    .map(({ author, text }) => ({ author: author.trim(), text: text.replace(/\s+/g, ' ').trim() }))
    .filter(({ text }) => text !== '')
    .map(({ author, text }) => `[Comment${author === '' ? '' : ` by ${author}`}] ${text}`);
}
