import { decodeWords } from 'postal-mime';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { decodePart, type PartText } from './decode-part.ts';
import { inOneLine } from './mail-headers.ts';
import type { AttachedFile } from './message.ts';
import type { MimePart } from './mime-tree.ts';
import { holdsWordsOf } from './same-words.ts';

/** What the parts of a mail hold. */
export interface MailParts {
  readonly body: string;
  readonly attachments: readonly AttachedFile[];
  readonly isEncrypted: boolean;
  readonly notes: readonly ReadingNote[];
}

const nothing: MailParts = { body: '', attachments: [], isEncrypted: false, notes: [] };

/** Signatures, which say who wrote a mail and nothing more. */
const signatures = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
]);
const encrypted = new Set(['multipart/encrypted', 'application/pkcs7-mime', 'application/x-pkcs7-mime']);

/** Reads the parts in order: texts make up the body, of alternatives the one that says most; all else is attached. */
export function mailParts(part: MimePart): MailParts {
  if (encrypted.has(part.type)) return { ...nothing, isEncrypted: true };
  if (signatures.has(part.type)) return nothing;
  if (part.parts.length > 0) return part.type === 'multipart/alternative' ? alternative(part) : joined(part);
  // Its parts do not begin with the line that was announced for them.
  if (part.type.startsWith('multipart/')) return ofText(decodePart(part));
  if (isBody(part)) return ofText(bodyText(part));
  return part.bytes.length === 0 ? nothing : { ...nothing, attachments: [attachedFile(part)] };
}

function isBody({ type, disposition, fileName }: MimePart): boolean {
  return (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment' && fileName === null;
}

function bodyText(part: MimePart): PartText {
  const { text, notes } = decodePart(part);
  if (part.type !== 'text/html') return { text, notes };
  const page = htmlToText(text);
  return { text: page.text, notes: [...notes, ...page.notes] };
}

function ofText({ text, notes }: PartText): MailParts {
  const body = text.replace(/\r\n?|\f/g, '\n').trim();
  return { ...nothing, body, notes, isEncrypted: /^-----BEGIN PGP MESSAGE-----$/m.test(body) };
}

function joined({ parts }: MimePart): MailParts {
  const read = parts.map(mailParts);
  return {
    body: read
      .map(({ body }) => body)
      .filter((body) => body !== '')
      .join('\n\n'),
    attachments: read.flatMap(({ attachments }) => attachments),
    isEncrypted: read.some(({ isEncrypted }) => isEncrypted),
    notes: read.flatMap(({ notes }) => notes),
  };
}

const richCopies = new Set(['application/rtf', 'text/rtf', 'text/richtext', 'text/enriched']);

/** The text once more, for programs of its time. */
function isRichCopy({ type, fileName }: MimePart): boolean {
  return richCopies.has(type) && fileName === null;
}

/** The plain text if it says what the page says, else the page, which has tables and lists. */
function alternative({ parts: all }: MimePart): MailParts {
  const parts = all.filter((part) => !isRichCopy(part) || all.every(isRichCopy));
  const read = parts.map(mailParts);
  const rich = read.findLast(({ body }, at) => body !== '' && parts[at]?.type !== 'text/plain');
  const plain = read.find(({ body }, at) => body !== '' && parts[at]?.type === 'text/plain');
  const chosen = plain !== undefined && (rich === undefined || holdsWordsOf(plain.body, rich.body)) ? plain : rich;
  return {
    body: chosen?.body ?? '',
    attachments: read.flatMap(({ attachments }) => attachments),
    isEncrypted: read.some(({ isEncrypted }) => isEncrypted),
    notes: chosen?.notes ?? [],
  };
}

/** Extensions of parts that often have no name. */
const extensions: Readonly<Record<string, string>> = {
  'message/rfc822': '.eml',
  'text/calendar': '.ics',
  'text/html': '.html',
  'text/csv': '.csv',
  'text/rtf': '.rtf',
  'application/pdf': '.pdf',
};

const longestName = 200;

function attachedFile({ type, fileName, disposition, contentId, bytes }: MimePart): AttachedFile {
  const named = inOneLine(decodeWords(fileName ?? '')).slice(0, longestName);
  const extension = extensions[type] ?? (type.startsWith('text/') || type.startsWith('message/') ? '.txt' : '');
  return {
    name: named === '' ? `unnamed${extension}` : named,
    bytes,
    isPicture:
      type.startsWith('image/') && disposition !== 'attachment' && (contentId !== null || disposition === 'inline'),
  };
}
