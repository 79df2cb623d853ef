import type { Problem } from '../../../shared/problem.ts';
import { problem } from '../../../shared/problem.ts';
import type { NotRead, ReadingNote } from '../../../shared/reading-note.ts';
import type { Content, ReadInner } from '../content.ts';
import { picturedBy } from '../drawings/embedded-pictures.ts';
import { withoutEdges, withPicturesNotRead } from '../drawings/pictures.ts';
import { withoutCopies } from './attached-documents.ts';
import type { Message } from './message.ts';

/** Names in a note; the rest are counted. */
const mostNamed = 20;

export type MailText = Pick<Content, 'text' | 'places' | 'notes' | 'pictured'>;

/**
 * The text of mails: each with its headers, followed by what is attached to it. Each of them begins a place.
 * @param damaged mails of which there is no text.
 * @param read reads what is attached; null if that is read apart.
 */
export async function writeMessages(
  messages: readonly Message[],
  damaged: readonly NotRead[],
  read: ReadInner | null,
): Promise<MailText> {
  const places = createPlaces();
  const notes: ReadingNote[] = [];
  const notRead: NotRead[] = [];
  const mailsNotRead = [...damaged];
  const found = new Map<string, Buffer>();
  let picturesNotRead = 0;
  const elsewhere: string[] = [];
  for (const message of messages) {
    places.add(nameOf(message), messageText(message));
    notes.push(...message.notes);
    if (message.isEncrypted) mailsNotRead.push({ name: nameOf(message), problem: encryptedMail() });
    for (const [hash, bytes] of message.pictures.found) found.set(hash, bytes);
    picturesNotRead += message.pictures.notRead();
    elsewhere.push(...message.attachments.filter((one) => one.isElsewhere).map(({ name }) => name));
    for (const { name, bytes, isElsewhere } of withoutCopies(message.attachments)) {
      if (read === null || isElsewhere || bytes.length === 0) continue;
      const content = await read(bytes, name);
      if (content.ok) {
        places.addDocument(name, content.value);
        notes.push(...content.value.notes.map((note) => inAttachment(name, note)));
      } else if (!isBlank(content.error)) notRead.push({ name, problem: content.error });
    }
  }
  if (elsewhere.length > 0) {
    const names = elsewhere.slice(0, mostNamed);
    notes.push({ code: 'attachments_elsewhere', params: { names, more: elsewhere.length - names.length } });
  }
  const signed = messages.filter(({ isSigned }) => isSigned).length;
  if (signed > 0) notes.push({ code: 'signatures_not_checked', params: { count: signed } });
  if (notRead.length > 0) notes.push({ code: 'attachments_not_read', params: named(notRead) });
  if (mailsNotRead.length > 0) notes.push({ code: 'mails_not_read', params: named(mailsNotRead) });
  return { ...places.finish(), notes: withPicturesNotRead(notes, picturesNotRead), ...picturedBy({ found }) };
}

/** The problem of a mail that is nothing but encrypted. */
export function encryptedMail(): Problem {
  return problem('file_encrypted', { format: 'mail' });
}

function messageText({ headers, attachments, body }: Message): string {
  const names = attachments.map(({ name }) => name);
  const listed = names.length === 0 ? [] : [`Attachments: ${names.join(', ')}`];
  return [[...headers, ...listed].join('\n'), body].filter((text) => text !== '').join('\n\n');
}

/** Nothing is lost with it; mail servers attach such files. */
function isBlank({ code, params }: Problem): boolean {
  return code === 'file_empty' && 'what' in params && (params.what === 'no_bytes' || params.what === 'white_space');
}

function inAttachment(name: string, note: ReadingNote): ReadingNote {
  return { code: 'in_attachment', params: { name, note } };
}

function named(notRead: readonly NotRead[]) {
  const files = notRead.slice(0, mostNamed);
  return { files, more: notRead.length - files.length };
}

function nameOf({ subject }: Message): string {
  return subject === '' ? 'No subject' : subject;
}

function createPlaces() {
  const texts: string[] = [];
  const starts: number[] = [];
  const names: string[] = [];
  let length = 0;

  function write(text: string): void {
    texts.push(text);
    length += text.length;
  }

  function add(name: string, text: string): void {
    if (length > 0) write('\n\n');
    starts.push(length);
    names.push(name);
    write(withoutFormFeeds(text));
  }

  return {
    add,
    /** A document within the mail; what is attached to an attached mail has its own places. */
    addDocument(name: string, { text: written, places }: Content): void {
      const text = withoutEdges(written);
      const title = `[Attachment] ${name}\n\n`;
      add(name, title + text);
      if (places?.unit !== 'message') return;
      const inner = length - text.length;
      places.starts.forEach((start, at) => {
        if (start === 0) return;
        starts.push(inner + start);
        names.push(places.names?.[at] ?? name);
      });
    },
    finish(): Pick<Content, 'text' | 'places'> {
      return { text: texts.join(''), places: { unit: 'message', starts, names } };
    },
  };
}

/** They mark places while a text is still being changed. */
function withoutFormFeeds(text: string): string {
  return text.replaceAll('\f', '\n');
}
