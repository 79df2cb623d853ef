import { isUtf8 } from 'node:buffer';
import type { Problem } from '../../../shared/problem.ts';
import type { NotRead } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { picturedBy } from '../drawings/embedded-pictures.ts';
import { withPicturesNotRead } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { attachedDocuments } from './attached-documents.ts';
import { decodeLabelled } from './decode-part.ts';
import { mailIn } from './is-mail.ts';
import { dayOf, headerLines, subjectOf } from './mail-headers.ts';
import { mailParts } from './mail-parts.ts';
import { mailsOf } from './mailbox.ts';
import type { AttachedFile, Message } from './message.ts';
import { type MimePart, mimeTree } from './mime-tree.ts';
import { encryptedMail, writeMessages } from './write-messages.ts';

/**
 * The text of a mail: the headers that people read, the body, and what is attached. Of a page saved by a browser (MHTML),
 * the page alone.
 * @param read reads an attached document; null if those are read apart.
 */
export async function readMail(bytes: Buffer, read: ReadInner | null): Promise<Result<Content, Problem>> {
  const tree = await partsOf(mailIn(bytes));
  if (!tree.ok) return tree;
  const message = messageOf(tree.value);
  if (isSavedPage(tree.value)) {
    const { body: text, pictures } = message;
    const notes = withPicturesNotRead(message.notes, pictures.notRead());
    return ok({ text, notes, format: 'html', encoding: null, places: null, ...picturedBy(pictures) });
  }
  if (message.isEncrypted && message.attachments.length === 0 && !holdsMore(message.body)) return err(encryptedMail());
  return ok({ ...(await writeMessages([message], [], read)), format: 'eml', encoding: null });
}

/** What is attached to a mail to be read; null of one that cannot be taken apart, and of a page that a browser saved. */
export async function documentsInMail(bytes: Buffer): Promise<readonly AttachedFile[] | null> {
  const tree = await partsOf(mailIn(bytes));
  return tree.ok && !isSavedPage(tree.value) ? attachedDocuments(messageOf(tree.value).attachments) : null;
}

/** What a mail in a mailbox is called, from its beginning: by its day and subject, as far as it has them. */
export async function nameOfMail(beginning: Buffer): Promise<string> {
  const end = /\r?\n\r?\n/.exec(beginning.toString('latin1'))?.index ?? beginning.length;
  const tree = await partsOf(beginning.subarray(0, end));
  const headers = tree.ok ? tree.value.headers : [];
  return [dayOf(headers), subjectOf(headers) || 'No subject'].filter((part) => part !== '').join(' ');
}

/** The text of a mailbox: its mails one after another. What is damaged in it is named. */
export async function readMailbox(bytes: Buffer, read: ReadInner | null): Promise<Result<Content, Problem>> {
  const messages: Message[] = [];
  const damaged: NotRead[] = [];
  for (const [at, mail] of mailsOf(bytes).entries()) {
    const tree = await partsOf(mail);
    if (tree.ok) messages.push(messageOf(tree.value));
    else damaged.push({ name: `mail ${at + 1}`, problem: tree.error });
  }
  return ok({ ...(await writeMessages(messages, damaged, read)), format: 'mbox', encoding: null });
}

function messageOf(tree: MimePart): Message {
  return {
    headers: headerLines(tree.headers),
    subject: subjectOf(tree.headers),
    ...mailParts(tree, isSavedPage(tree)),
  };
}

/** A page that was saved, which nobody sent: it says from where, or its program does. */
function isSavedPage(tree: MimePart): boolean {
  const { headers, type } = tree;
  const isPage = type === 'multipart/related' || type === 'text/html';
  const isSaved =
    hasLocation(tree) || headers.some(({ key, value }) => key === 'from' && /^\s*<?Saved by/i.test(value));
  return (
    isPage &&
    isSaved &&
    !headers.some(({ key }) => key === 'to' || key === 'received' || key === 'message-id') &&
    !headers.some(({ key, value }) => key === 'from' && value.includes('@'))
  );
}

function hasLocation({ location, parts }: MimePart): boolean {
  return location !== null || parts.some(hasLocation);
}

/** Mails encrypted by PGP inside their text may say something around it. */
function holdsMore(body: string): boolean {
  return (
    body.replace(/^-----BEGIN PGP MESSAGE-----$[\s\S]*?(?:^-----END PGP MESSAGE-----$|$(?![\s\S]))/gm, '').trim() !== ''
  );
}

async function partsOf(bytes: Buffer): Promise<Result<MimePart, Problem>> {
  try {
    return ok(await mimeTree(withReadableHeaders(withBlankLine(bytes))));
  } catch (error) {
    return err(damagedFile({ what: 'mail' }, String(error)));
  }
}

/** Where a line of blanks parts headers from parts, it would count as one of the headers, and the first part with it. */
function withBlankLine(bytes: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, 1_000_000))?.index ?? bytes.length;
  const found = /\n[ \t]+\r?\n(?=--)/.exec(bytes.toString('latin1', 0, Math.min(end, 1_000_000)));
  if (found === null) return bytes;
  return Buffer.concat([
    bytes.subarray(0, found.index),
    Buffer.from('\n\n'),
    bytes.subarray(found.index + found[0].length),
  ]);
}

/** Old programs wrote headers in the encoding of the text; they are read as UTF-8, which has replaced that. */
function withReadableHeaders(bytes: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, 1_000_000))?.index ?? bytes.length;
  const headers = bytes.subarray(0, end);
  if (isUtf8(headers)) return bytes;
  const [, label] = /charset="?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, 100_000)) ?? [];
  return Buffer.concat([Buffer.from(decodeLabelled(headers, label).text), bytes.subarray(end)]);
}
