/**
 * Files attached to questions. The text of an unsent file is a draft in its own row, so removing the file deletes its
 * text. The first message that carries it moves the text to the bodies, which the request's manifest refers to.
 */
import type { Database } from 'better-sqlite3';
import type { Attachment } from '../../../shared/chat-data.ts';
import type { StoredText } from '../../../shared/kept-file.ts';
import type { Places } from '../../../shared/places.ts';
import { readingNotes, type StoredNote } from '../../../shared/reading-note.ts';
import type { AttachedFile, AttachedPlace } from '../../chat/attached-file.ts';
import { prepared } from '../prepared.ts';
import { getBody, putBody, toBody } from './bodies.ts';

interface AttachmentRecord {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly pages: number | null;
  readonly characters: number;
  readonly text_bytes: number;
  readonly tokens: number;
  readonly notes: string;
}

interface WhereRecord {
  readonly path: string | null;
  readonly inside: string | null;
  readonly places: string | null;
}

interface TextRecord {
  readonly draft: string | null;
  readonly text_hash: Buffer | null;
  readonly format: string;
  readonly places: string | null;
}

/** How long an abandoned draft is kept. */
const DRAFT_KEPT_DAYS = 30;
const COLUMNS = 'a.id, a.name, a.format, a.bytes, a.sha256, a.pages, a.characters, a.text_bytes, a.tokens, a.notes';

/** Stores the text of a file as a draft; `now` is in milliseconds since the Unix epoch. */
export function addAttachment(
  db: Database,
  attachment: Attachment,
  { path, inside, text, places }: AttachedFile,
  now: number,
): void {
  prepared(
    db,
    `INSERT INTO attachments (id, created_at, name, format, bytes, sha256, pages, characters, text_bytes, tokens, notes,
       path, inside, places, draft) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    attachment.id,
    now,
    attachment.name,
    attachment.format,
    attachment.bytes,
    attachment.sha256,
    attachment.pages,
    attachment.characters,
    attachment.textBytes,
    attachment.tokens,
    JSON.stringify(attachment.notes),
    path,
    inside.length === 0 ? null : JSON.stringify(inside),
    places === null ? null : JSON.stringify(places),
    text,
  );
}

/** Deletes a draft. A file that belongs to a message is kept. */
export function removeAttachment(db: Database, id: string): void {
  prepared(db, 'DELETE FROM attachments WHERE id = ? AND draft IS NOT NULL').run(id);
}

export function forgetOldDrafts(db: Database): void {
  prepared(db, 'DELETE FROM attachments WHERE draft IS NOT NULL AND created_at < (unixepoch() - ? * 86400) * 1000').run(
    DRAFT_KEPT_DAYS,
  );
}

/** Those that exist, in the order of `ids`. */
export function readAttachments(db: Database, ids: readonly string[]): readonly Attachment[] {
  const read = prepared<[string], AttachmentRecord>(db, `SELECT ${COLUMNS} FROM attachments a WHERE a.id = ?`);
  return ids.map((id) => read.get(id)).flatMap((record) => (record === undefined ? [] : [toAttachment(record)]));
}

/** Where a file was when it was attached; null if it is not stored. */
export function readAttachedPlace(db: Database, id: string): AttachedPlace | null {
  const row = prepared<[string], Pick<AttachmentRecord, 'format' | 'sha256' | 'pages'> & WhereRecord>(
    db,
    'SELECT path, inside, format, sha256, pages, places FROM attachments WHERE id = ?',
  ).get(id);
  if (row === undefined) return null;
  const { path, inside, format, sha256, pages, places } = row;
  return {
    path,
    inside: inside === null ? [] : (JSON.parse(inside) as string[]),
    format,
    sha256,
    // The only page begins where the text does.
    arePlacesKept: places !== null || (pages ?? 1) === 1,
  };
}

/** What was read of a draft or a sent file; null if it is not stored. @throws DamagedTextError */
export function readAttachmentText(db: Database, id: string): StoredText | null {
  const row = prepared<[string], TextRecord>(
    db,
    'SELECT draft, text_hash, format, places FROM attachments WHERE id = ?',
  ).get(id);
  if (row === undefined) return null;
  const text = row.text_hash === null ? row.draft : getBody(db, row.text_hash);
  if (text === null) return null;
  return { text, format: row.format, places: row.places === null ? null : (JSON.parse(row.places) as Places) };
}

/** The files of all questions of a conversation, by message. */
export function attachmentsOf(db: Database, conversationId: string): ReadonlyMap<string, readonly Attachment[]> {
  const rows = prepared<[string], AttachmentRecord & { readonly message_id: string }>(
    db,
    `SELECT ma.message_id, ${COLUMNS} FROM messages m JOIN message_attachments ma ON ma.message_id = m.id
       JOIN attachments a ON a.id = ma.attachment_id
       WHERE m.conversation_id = ? ORDER BY ma.message_id, ma.position`,
  ).all(conversationId);
  const byMessage = new Map<string, Attachment[]>();
  for (const row of rows) {
    const known = byMessage.get(row.message_id);
    if (known === undefined) byMessage.set(row.message_id, [toAttachment(row)]);
    else known.push(toAttachment(row));
  }
  return byMessage;
}

/** Attaches files to a message. From now on they are kept as long as it is. */
export function attachToMessage(db: Database, messageId: string, attachments: readonly Attachment[]): void {
  const link = prepared(db, 'INSERT INTO message_attachments (message_id, position, attachment_id) VALUES (?, ?, ?)');
  for (const [position, { id }] of attachments.entries()) {
    keepText(db, id);
    link.run(messageId, position, id);
  }
}

function keepText(db: Database, id: string): void {
  const draft = prepared<[string], { draft: string }>(
    db,
    'SELECT draft FROM attachments WHERE id = ? AND draft IS NOT NULL',
  ).get(id);
  if (draft === undefined) return;
  const body = toBody(draft.draft);
  putBody(db, body);
  prepared(db, 'UPDATE attachments SET text_hash = ?, draft = NULL WHERE id = ?').run(body.hash, id);
}

function toAttachment(record: AttachmentRecord): Attachment {
  return {
    id: record.id,
    name: record.name,
    format: record.format,
    bytes: record.bytes,
    sha256: record.sha256,
    pages: record.pages,
    characters: record.characters,
    textBytes: record.text_bytes,
    tokens: record.tokens,
    notes: readingNotes(JSON.parse(record.notes) as readonly StoredNote[]),
  };
}
