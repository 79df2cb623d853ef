/**
 * Files attached to questions. The text of an unsent file is a draft in its own row, so removing the file deletes its
 * text. The first message that carries it moves the text to the bodies, which the request's manifest refers to.
 */
import type { Database } from 'better-sqlite3';
import type { Attachment } from '../../../shared/chat-data.ts';
import { readingNotes, type StoredNote } from '../../../shared/reading-note.ts';
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

/** How long an abandoned draft is kept. */
const DRAFT_KEPT_DAYS = 30;
const COLUMNS = 'a.id, a.name, a.format, a.bytes, a.sha256, a.pages, a.characters, a.text_bytes, a.tokens, a.notes';

/** Stores the text of the file at a path as a draft (null if it lies in another file); `now` is in milliseconds since the Unix epoch. */
export function addAttachment(
  db: Database,
  attachment: Attachment,
  path: string | null,
  text: string,
  now: number,
): void {
  prepared(
    db,
    `INSERT INTO attachments (id, created_at, name, format, bytes, sha256, pages, characters, text_bytes, tokens, notes,
       path, draft) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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

/** Where a file was when it was attached; null if that is not known. */
export function readAttachmentPath(db: Database, id: string): string | null {
  const row = prepared<[string], { path: string | null }>(db, 'SELECT path FROM attachments WHERE id = ?').get(id);
  return row?.path ?? null;
}

/** The whole text of a draft or a sent file; null if it is not stored. */
export function readAttachmentText(db: Database, id: string): string | null {
  const row = prepared<[string], { draft: string | null; text_hash: Buffer | null }>(
    db,
    'SELECT draft, text_hash FROM attachments WHERE id = ?',
  ).get(id);
  if (row === undefined) return null;
  return row.text_hash === null ? row.draft : getBody(db, row.text_hash);
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
