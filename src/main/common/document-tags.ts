/**
 * How a document travels inside a chat message. The built-in engine reads it back exactly; a language model
 * sees a plainly marked block.
 *
 * The rule: inside a document every `<document` and `</document` gets one more backslash after its `<`, so that no text
 * can open or close a tag; reading removes one. Nothing else in the text changes, which matters when a model is shown
 * source code. The name is escaped as an XML attribute.
 */

export interface TaggedDocument {
  /** Empty if the tag had no name. */
  readonly name: string;
  readonly text: string;
}

export interface TaggedContent {
  /** In the order of the message. */
  readonly documents: readonly TaggedDocument[];
  /** The message's text outside its documents, trimmed. */
  readonly rest: string;
}

/** Marks `text` as a document, so that `readDocuments` returns exactly this name and text. */
export function wrapDocument(name: string, text: string): string {
  const attribute = name === '' ? '' : ` name="${escapeAttribute(name)}"`;
  return `<document${attribute}>\n${escapeTags(text)}\n</document>`;
}

/** Takes the documents out of a message. A tag that is never closed is ordinary text. */
export function readDocuments(content: string): TaggedContent {
  const documents: TaggedDocument[] = [];
  let rest = '';
  let position = 0;
  for (;;) {
    const tag = nextTag(content, position);
    if (tag === null) break;
    rest += content.slice(position, tag.start);
    documents.push({ name: unescapeAttribute(tag.name), text: unescapeTags(trimOneNewline(tag.body)) });
    position = tag.end;
  }
  rest += content.slice(position);
  return { documents, rest: rest.trim() };
}

const closingTag = '</document>';

function nextTag(content: string, from: number): { start: number; end: number; name: string; body: string } | null {
  const opening = /<document(?: name="([^"<>]*)")?>/g;
  opening.lastIndex = from;
  const match = opening.exec(content);
  if (match === null) return null;
  const bodyStart = match.index + match[0].length;
  const bodyEnd = content.indexOf(closingTag, bodyStart);
  if (bodyEnd === -1) return null;
  return {
    start: match.index,
    end: bodyEnd + closingTag.length,
    name: match[1] ?? '',
    body: content.slice(bodyStart, bodyEnd),
  };
}

/** The newline on either side belongs to the wrapper, not the document. */
function trimOneNewline(body: string): string {
  const start = body.startsWith('\n') ? 1 : 0;
  const end = body.endsWith('\n') && body.length > start ? body.length - 1 : body.length;
  return body.slice(start, end);
}

function escapeTags(text: string): string {
  return text.replace(/<(\\*\/?document)/gi, '<\\$1');
}

function unescapeTags(text: string): string {
  return text.replace(/<\\(\\*\/?document)/gi, '<$1');
}

function escapeAttribute(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;')
    .replaceAll('\n', '&#10;');
}

function unescapeAttribute(value: string): string {
  return value
    .replaceAll('&#10;', '\n')
    .replaceAll('&#13;', '\r')
    .replaceAll('&gt;', '>')
    .replaceAll('&lt;', '<')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
