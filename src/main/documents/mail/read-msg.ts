import { decompressRTF } from '@kenjiuno/decompressrtf';
import exported, { type FieldsData } from '@kenjiuno/msgreader';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { createEmbeddedPictures, type EmbeddedPictures } from '../drawings/embedded-pictures.ts';
import { damagedFile } from '../file-problems.ts';
import type { HtmlReading } from '../html/element-rules.ts';
import { htmlToText } from '../html/html-to-text.ts';
import { readRtfBody } from '../rtf/read-rtf.ts';
import { encodingOfPage } from '../text/code-pages.ts';
import { attachedDocuments } from './attached-documents.ts';
import { decodeLabelled, type PartText } from './decode-part.ts';
import { mailDate } from './mail-date.ts';
import { inOneLine } from './mail-headers.ts';
import { saysAll } from './mail-parts.ts';
import { createMailPictures, type MailPictures, type ShownPart } from './mail-pictures.ts';
import type { AttachedFile, Message } from './message.ts';
import { plainTextLeftOut } from './plain-text-left-out.ts';
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
    const pictures = createEmbeddedPictures();
    const attached = (fields.attachments ?? []).map((one) => attachedPart(one, contentOf));
    const shown = createMailPictures(
      attached.filter(({ isImage }) => isImage),
      pictures,
    );
    const { text: written, notes } = bodyOf(fields, shown, pictures);
    const left = attached.filter((one) => !shown.isShown(one));
    const alone = left.filter(({ isInline }) => isInline).map(shown.alone);
    const text = [written.trim(), ...alone].filter((one) => one !== '').join('\n\n');
    const attachments = left
      .filter(({ isInline }) => !isInline)
      .map(({ fileName: name, bytes: content }) => ({
        name,
        bytes: content,
        isElsewhere: false,
      }));
    const isSecured = /^IPM\.Note\.SMIME$/i.test(fields.messageClass ?? '') && text.trim() === '';
    const isInSignature = isSecured && attachments.some(({ bytes: content }) => beginsLikeSigned(content));
    return ok({
      headers: headerLines(fields),
      subject: inOneLine(fields.subject ?? ''),
      body: text.replace(/\r\n?|\f/g, '\n').trim(),
      pictures,
      attachments,
      isEncrypted: isSecured && !isInSignature,
      isSigned: isInSignature || /^IPM\.Note\.SMIME\.MultipartSigned$/i.test(fields.messageClass ?? ''),
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
function bodyOf(fields: FieldsData, shown: MailPictures, pictures: EmbeddedPictures): PartText {
  const plain = shown.inPlain(fields.body ?? '');
  const rich = richBodyOf(fields, { markOfPicture: shown.onPage(null), isMail: true }, pictures);
  if (rich === null || (plain.trim() !== '' && saysAll(plain, rich.text))) return { text: plain, notes: [] };
  return { text: rich.text, notes: [...rich.notes, ...plainTextLeftOut(plain, rich.text)] };
}

function richBodyOf(
  { bodyHtml, html, internetCodepage, compressedRtf }: FieldsData,
  how: HtmlReading,
  pictures: EmbeddedPictures,
): PartText | null {
  if (bodyHtml !== undefined && bodyHtml !== '') return htmlToText(bodyHtml, how);
  if (html !== undefined && html.length > 0) {
    const { text, notes } = decodeLabelled(
      Buffer.from(html),
      internetCodepage === undefined ? undefined : (encodingOfPage(internetCodepage) ?? undefined),
    );
    const page = htmlToText(text, how);
    return { text: page.text, notes: [...notes, ...page.notes] };
  }
  return compressedRtf === undefined ? null : readRtfBody(Buffer.from(decompressRTF([...compressedRtf])), pictures);
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
  const sender = senders.find(isKnown);
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
function isKnown(address: string | undefined): boolean {
  return address?.includes('@') === true && !/^\/o=/i.test(address);
}

function person(name: string | undefined, address: string | undefined): string {
  const known = address !== undefined && isKnown(address) ? address : '';
  // Outlook puts names that are addresses in quotation marks.
  const shown = name?.trim().replace(/^'(.*)'$/, '$1') ?? '';
  if (shown === '' || shown === known) return known;
  return known === '' ? shown : `${shown} <${known}>`;
}

/** What is attached, whether the text shows it or not. */
interface AttachedPart extends ShownPart {
  readonly fileName: string;
  readonly isImage: boolean;
  /** A picture that belongs to the text, wherever it stands in it. */
  readonly isInline: boolean;
}

function attachedPart(attached: FieldsData, contentOf: ContentOf): AttachedPart {
  const { fileName, fileNameShort, name, extension = '', innerMsgContent, pidContentId, attachMimeTag } = attached;
  const title = inOneLine(fileName ?? fileNameShort ?? name ?? '') || `unnamed${extension}`;
  const isImage = /^image\//i.test(attachMimeTag ?? '') || /\.(?:png|jpe?g|gif|bmp)$/i.test(title);
  return {
    fileName: innerMsgContent === true && !/\.msg$/i.test(title) ? `${title}.msg` : title,
    bytes: contentOf(attached),
    contentId: pidContentId ?? null,
    location: null,
    isImage,
    isInline: isImage && (attached.attachmentHidden === true || (pidContentId ?? '') !== ''),
  };
}
