import { decodeWords } from 'postal-mime';
import { createEmbeddedPictures, type EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { marksIn, withoutMarks } from '../drawings/pictures.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { isImageFormat } from '../images/image-pages.ts';
import { certainSignature } from '../signature.ts';
import { isBlank } from './attached-documents.ts';
import { decodePart, type PartText } from './decode-part.ts';
import { inOneLine } from './mail-headers.ts';
import { createMailPictures, type MailPictures } from './mail-pictures.ts';
import type { AttachedFile, Message } from './message.ts';
import type { MimePart } from './mime-tree.ts';
import { plainTextLeftOut } from './plain-text-left-out.ts';
import { holdsWordsOf } from './same-words.ts';

/** What the parts of a mail hold. */
type MailParts = Pick<Message, 'body' | 'attachments' | 'isEncrypted' | 'isSigned' | 'notes'>;

const nothing: MailParts = { body: '', attachments: [], isEncrypted: false, isSigned: false, notes: [] };

/** Signatures, which say who wrote a mail and nothing more. */
const signatures = new Set([
  'application/pkcs7-signature',
  'application/x-pkcs7-signature',
  'application/pgp-signature',
]);
const encrypted = new Set([
  'multipart/encrypted',
  'application/pgp-encrypted',
  'application/pkcs7-mime',
  'application/x-pkcs7-mime',
]);

/** Servers that know nothing of PGP/MIME rewrite it into attached files. */
function isArmor({ type, bytes }: MimePart): boolean {
  return type === 'application/octet-stream' && bytes.toString('latin1', 0, 100).startsWith('-----BEGIN PGP MESSAGE');
}

/**
 * Reads the parts in order: texts make up the body, of alternatives the one that says most; all else is attached.
 * @param isPage it is a page that was saved.
 */
export function mailParts(tree: MimePart, isPage: boolean): MailParts & { readonly pictures: EmbeddedPictures } {
  const pictures = createEmbeddedPictures();
  const all = leavesOf(tree);
  const shown = createMailPictures(all.filter(isImage), pictures);
  // The texts come first: they say which pictures stand in them.
  const texts = new Map(all.filter(isText).map((part) => [part, bodyText(part, shown, isPage)]));
  const isSilent = [...texts.values()].every(({ text }) => text.trim() === '');
  const named = isSilent ? all.find(isNamedText) : undefined;
  if (named !== undefined) texts.set(named, bodyText(named, shown, isPage));
  return { ...createPartReader(texts, shown)(tree), pictures };
}

function leavesOf(part: MimePart): readonly MimePart[] {
  return part.parts.length === 0 ? [part] : part.parts.flatMap(leavesOf);
}

/** Programs that know no better send pictures as bytes. */
function isImage({ type, bytes }: MimePart): boolean {
  return type.startsWith('image/') || isImageFormat(certainSignature(bytes)?.kind ?? '');
}

function isText(part: MimePart): boolean {
  // The parts of one do not begin with the line that was announced for them.
  return part.type.startsWith('multipart/') || isBody(part);
}

function isBody(part: MimePart): boolean {
  return isShownText(part) && part.fileName === null;
}

/** Some programs name the text itself, and it is the only one. */
function isNamedText(part: MimePart): boolean {
  return isShownText(part) && part.fileName !== null;
}

function isShownText({ type, disposition }: MimePart): boolean {
  return (type === 'text/plain' || type === 'text/html') && disposition !== 'attachment';
}

function bodyText(part: MimePart, pictures: MailPictures, isPage: boolean): PartText {
  const { text, notes } = decodePart(part);
  if (part.type !== 'text/html') return { text: pictures.inPlain(text), notes };
  const page = htmlToText(text, { markOfPicture: pictures.onPage(part.location), isMail: !isPage });
  return { text: page.text, notes: [...notes, ...page.notes] };
}

function createPartReader(texts: ReadonlyMap<MimePart, PartText>, pictures: MailPictures) {
  function read(part: MimePart): MailParts {
    if (encrypted.has(part.type) || isArmor(part)) return { ...nothing, isEncrypted: true };
    if (signatures.has(part.type)) return { ...nothing, isSigned: true };
    // What an old Mac knew of a file beside its content: where its icon lay.
    if (part.type === 'application/applefile') return nothing;
    const parts = ofKind(part);
    return part.isSigned ? { ...parts, isSigned: true } : parts;
  }

  function ofKind(part: MimePart): MailParts {
    if (part.parts.length > 0) return part.type === 'multipart/alternative' ? alternative(part) : joined(part);
    const text = texts.get(part);
    if (text !== undefined) return ofText(text);
    if (pictures.isShown(part) || (part.bytes.length === 0 && part.fileName === null)) return nothing;
    if (isInline(part)) return { ...nothing, body: pictures.alone(part) };
    return { ...nothing, attachments: [attachedFile(part)] };
  }

  function joined({ parts: all }: MimePart): MailParts {
    const parts = all.map(read);
    return {
      body: parts
        .map(({ body }) => body)
        .filter((body) => body !== '')
        .join('\n\n'),
      attachments: parts.flatMap(({ attachments }) => attachments),
      isEncrypted: parts.some(({ isEncrypted }) => isEncrypted),
      isSigned: parts.some(({ isSigned }) => isSigned),
      notes: parts.flatMap(({ notes }) => notes),
    };
  }

  /** The plain text if it says what the page says, else the page, which has tables, lists and pictures. */
  function alternative({ parts: all }: MimePart): MailParts {
    const parts = all.filter((part) => !isRichCopy(part) || all.every(isRichCopy));
    const contents = parts.map(read);
    const rich = contents.findLast(({ body }, at) => body !== '' && parts[at]?.type !== 'text/plain');
    const plain = contents.find(({ body }, at) => body !== '' && parts[at]?.type === 'text/plain');
    const chosen = plain !== undefined && (rich === undefined || saysAll(plain.body, rich.body)) ? plain : rich;
    const leftOut = plain !== undefined && chosen !== undefined ? plainTextLeftOut(plain.body, chosen.body) : [];
    return {
      body: chosen?.body ?? '',
      attachments: contents.flatMap(({ attachments }) => attachments),
      isEncrypted: contents.some(({ isEncrypted }) => isEncrypted),
      isSigned: contents.some(({ isSigned }) => isSigned),
      notes: [...(chosen?.notes ?? []), ...leftOut],
    };
  }

  return read;
}

/** Whether a plain text has nearly all words of a page, and its pictures. */
export function saysAll(plain: string, page: string): boolean {
  const marks = new Set(marksIn(plain));
  return marksIn(page).every((mark) => marks.has(mark)) && holdsWordsOf(withoutMarks(plain), withoutMarks(page));
}

function ofText({ text, notes }: PartText): MailParts {
  const body = text.replace(/\r\n?|\f/g, '\n').trim();
  return {
    ...nothing,
    body,
    notes,
    isEncrypted: /^-----BEGIN PGP MESSAGE-----$/m.test(body),
    isSigned: /^-----BEGIN PGP SIGNED MESSAGE-----$/m.test(body),
  };
}

const richCopies = new Set([
  'application/rtf',
  'text/rtf',
  'text/richtext',
  'text/enriched',
  'text/x-amp-html',
  'text/watch-html',
]);

/** The text once more, for programs of its time, for watches, or with scripts. */
function isRichCopy({ type, fileName }: MimePart): boolean {
  return richCopies.has(type) && fileName === null;
}

/** A picture that stands between the texts, or belongs to them. Faxes have pages, so they are documents. */
function isInline({ type, disposition, contentId }: MimePart): boolean {
  const isPicture = type.startsWith('image/') && !/^image\/tiff?$/.test(type);
  return isPicture && disposition !== 'attachment' && (contentId !== null || disposition === 'inline');
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

/**
 * Apple's program keeps attachments in files beside the mail, whose parts are empty then; of those that were detached or
 * deleted in Thunderbird, the parts say so.
 */
function isElsewhere({ headers, bytes }: MimePart): boolean {
  return headers.some(
    ({ key, value }) =>
      (key === 'x-apple-content-length' && isBlank(bytes)) ||
      (key === 'x-mozilla-altered' && /^\s*AttachmentDe(?:leted|tached)/i.test(value)),
  );
}

function attachedFile(part: MimePart): AttachedFile {
  const { type, fileName, bytes } = part;
  const named = inOneLine(decodeWords(fileName ?? '')).slice(0, longestName);
  const extension = extensions[type] ?? (type.startsWith('text/') || type.startsWith('message/') ? '.txt' : '');
  return { name: named === '' ? `unnamed${extension}` : named, bytes, isElsewhere: isElsewhere(part) };
}
