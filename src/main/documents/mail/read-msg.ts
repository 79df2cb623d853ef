import { decompressRTF } from '@kenjiuno/decompressrtf';
import exported, { type FieldsData } from '@kenjiuno/msgreader';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { damagedFile } from '../file-problems.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { readRtf } from '../rtf/read-rtf.ts';
import { encodingOfPage } from '../text/code-pages.ts';
import { attachedDocuments } from './attached-documents.ts';
import { decodeLabelled, type PartText } from './decode-part.ts';
import { mailDate } from './mail-date.ts';
import { inOneLine } from './mail-headers.ts';
import type { AttachedFile, Message } from './message.ts';
import { holdsWordsOf } from './same-words.ts';
import { beginsLikeSigned } from './signed-content.ts';
import { encryptedMail, writeMessages } from './write-messages.ts';

/** A bundle and Node give the library's exports, its own default among them, where a test gets that default. */
const MsgReader = 'default' in exported ? (exported.default as typeof exported) : exported;

/**
 * The text of a message that Outlook saved, with what is attached to it.
 * @param read reads an attached document; null if those are read apart.
 */
export async function readMsg(bytes: Buffer, read: ReadInner | null): Promise<Result<Content, Problem>> {
  const message = messageOf(bytes);
  if (!message.ok) return message;
  if (message.value.isEncrypted) return err(encryptedMail());
  return ok({ ...(await writeMessages([message.value], [], read)), format: 'msg', encoding: null });
}

/** What is attached to such a message to be read; null of one that is damaged. */
export function documentsInMsg(bytes: Buffer): readonly AttachedFile[] | null {
  const message = messageOf(bytes);
  return message.ok ? attachedDocuments(message.value.attachments) : null;
}

/** The library reports damage by exceptions of many kinds. */
function messageOf(bytes: Buffer): Result<Message, Problem> {
  try {
    const { fields, contentOf } = openMessage(bytes);
    const { text, notes } = bodyOf(fields);
    const attachments = (fields.attachments ?? []).map((attached) => attachedFile(attached, contentOf));
    const isSecured = /^IPM\.Note\.SMIME$/i.test(fields.messageClass ?? '') && text.trim() === '';
    return ok({
      headers: headerLines(fields),
      subject: inOneLine(fields.subject ?? ''),
      body: text.replace(/\r\n?|\f/g, '\n').trim(),
      attachments,
      isEncrypted: isSecured && !attachments.some(({ bytes: content }) => beginsLikeSigned(content)),
      notes,
    });
  } catch (error) {
    return err(damagedFile({ what: 'mail' }, String(error)));
  }
}

type ContentOf = (attached: FieldsData) => Buffer;

function openMessage(bytes: Buffer): { readonly fields: FieldsData; readonly contentOf: ContentOf } {
  // A view of a larger buffer is not safe with every function of the library.
  const data = Uint8Array.from(bytes).buffer;
  const first = fieldsOf(new MsgReader(data));
  const page = first.messageCodepage ?? first.internetCodepage;
  const reader = new MsgReader(data);
  const encoding = page === undefined ? null : encodingOfPage(page);
  if (encoding !== null) reader.parserConfig = { ansiEncoding: encoding };
  return {
    fields: fieldsOf(reader),
    contentOf: (attached) => Buffer.from(reader.getAttachment(attached).content),
  };
}

function fieldsOf(reader: InstanceType<typeof MsgReader>): FieldsData {
  const fields = reader.getFileData();
  if (fields.error !== undefined) throw new Error(fields.error);
  return fields;
}

/** The plain text if it says what the page or the rich text says, else that. */
function bodyOf(fields: FieldsData): PartText {
  const plain = fields.body ?? '';
  const rich = richBodyOf(fields);
  return rich === null || (plain.trim() !== '' && holdsWordsOf(plain, rich.text)) ? { text: plain, notes: [] } : rich;
}

function richBodyOf({ bodyHtml, html, internetCodepage, compressedRtf }: FieldsData): PartText | null {
  if (bodyHtml !== undefined && bodyHtml !== '') return htmlToText(bodyHtml);
  if (html !== undefined && html.length > 0) {
    const { text, notes } = decodeLabelled(
      Buffer.from(html),
      internetCodepage === undefined ? undefined : (encodingOfPage(internetCodepage) ?? undefined),
    );
    const page = htmlToText(text);
    return { text: page.text, notes: [...notes, ...page.notes] };
  }
  return compressedRtf === undefined ? null : readRtf(Buffer.from(decompressRTF([...compressedRtf])));
}

const senderAddress = /^From:[^\n<]{0,500}<([^<>\s]{1,320})>/im;

function headerLines(fields: FieldsData): string[] {
  const { senderName, senderSmtpAddress, senderEmail, clientSubmitTime, messageDeliveryTime, recipients = [] } = fields;
  const to = (kind: string) =>
    recipients
      .filter(({ recipType = 'to' }) => recipType === kind)
      .map(({ name, smtpAddress, email }) => person(name, smtpAddress ?? email))
      .join(', ');
  const transport = /^Date:[ \t]*(\S.*)$/im.exec(fields.headers ?? '')?.[1];
  // Of a sender within an Exchange server, only the headers say the address that people know.
  const senders = [senderSmtpAddress, senderEmail, senderAddress.exec(fields.headers ?? '')?.[1]];
  const sender = senders.find((address) => address?.includes('@'));
  return [
    ['From', person(senderName, sender)],
    ['To', to('to')],
    ['Cc', to('cc')],
    ['Bcc', to('bcc')],
    ['Date', mailDate(transport ?? clientSubmitTime ?? messageDeliveryTime ?? '')],
    ['Start', mailDate(fields.apptStartWhole ?? '')],
    ['End', mailDate(fields.apptEndWhole ?? '')],
    ['Location', fields.apptLocation ?? ''],
    ['Subject', fields.subject ?? ''],
  ].flatMap(([name, value = '']) => (value === '' ? [] : [`${name}: ${inOneLine(value)}`]));
}

/** Addresses within an Exchange server ("/O=…/CN=…") say nothing to people. */
function person(name: string | undefined, address: string | undefined): string {
  const known = address?.includes('@') === true ? address : '';
  const shown = name?.trim() ?? '';
  if (shown === '' || shown === known) return known;
  return known === '' ? shown : `${shown} <${known}>`;
}

function attachedFile(attached: FieldsData, contentOf: ContentOf): AttachedFile {
  const { fileName, fileNameShort, name, extension = '', innerMsgContent, pidContentId, attachMimeTag } = attached;
  const title = inOneLine(fileName ?? fileNameShort ?? name ?? '') || `unnamed${extension}`;
  const isImage = /^image\//i.test(attachMimeTag ?? '') || /\.(?:png|jpe?g|gif|bmp)$/i.test(title);
  return {
    name: innerMsgContent === true && !/\.msg$/i.test(title) ? `${title}.msg` : title,
    bytes: contentOf(attached),
    isPicture: isImage && (attached.attachmentHidden === true || (pidContentId ?? '') !== ''),
  };
}
