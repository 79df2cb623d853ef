/** Finds messages by their words, using the index of the calls that sent or received them. */
import type { Database } from 'better-sqlite3';
import type { FoundMessage } from '../../../shared/chat-data.ts';
import { foldText, foldWithPlaces } from '../../../shared/fold-text.ts';
import { prepared } from '../prepared.ts';
import { matching } from './call-history.ts';

/** The most calls examined per search: a word found in more would match nearly every conversation. */
const MOST_CALLS = 2_000;
/** How much text is shown before the first word found. */
const CHARACTERS_BEFORE = 30;
const CHARACTERS_AFTER = 90;

interface Hit {
  readonly conversation_id: string;
  readonly message_id: string;
}

/** The newest message of each conversation that contains all the words, newest first. */
export function findMessages(db: Database, text: string, limit: number): readonly FoundMessage[] {
  const found =
    text.trim() === '' ? null : matching(db, { search: text, kind: 'chat' }, 'c.conversation_id, c.message_id');
  if (found === null) return [];
  const hits = prepared<unknown[], Hit>(db, `${found.sql} ORDER BY ${found.id} DESC LIMIT ?`);
  const byConversation = new Map<string, FoundMessage>();
  for (const hit of hits.iterate(...found.parameters, MOST_CALLS)) {
    if (byConversation.has(hit.conversation_id)) continue;
    const message = messageOf(db, hit, text);
    if (message !== null) byConversation.set(hit.conversation_id, message);
    if (byConversation.size === limit) break;
  }
  return [...byConversation.values()];
}

interface Candidate {
  readonly id: string;
  readonly content: string;
  readonly title: string;
}

/** Null if the conversation was removed. The word may be in an attachment of the question. */
function messageOf(db: Database, { conversation_id, message_id }: Hit, text: string): FoundMessage | null {
  const [reply, question] = prepared<[string, string], Candidate>(
    db,
    `SELECT m.id, m.content, c.title FROM messages r
       JOIN messages m ON m.id IN (r.id, r.parent_id)
       JOIN conversations c ON c.id = m.conversation_id
       WHERE r.id = ? AND c.id = ? AND c.removed_at IS NULL ORDER BY m.id = r.id DESC`,
  ).all(message_id, conversation_id);
  if (reply === undefined) return null;
  const [word = ''] = foldText(text).trim().split(' ');
  const place = (message: Candidate | undefined) => (message === undefined ? null : placeOf(message.content, word));
  const inReply = place(reply);
  const message = inReply === null ? (question ?? reply) : reply;
  const at = inReply ?? place(question) ?? 0;
  return {
    conversationId: conversation_id,
    title: message.title,
    messageId: message.id,
    excerpt: around(message.content, at),
  };
}

/** Where a word begins in the original text; null if it does not occur. */
function placeOf(content: string, word: string): number | null {
  const { text, starts } = foldWithPlaces(content);
  const at = text.indexOf(word);
  if (at < 0) return null;
  return starts === null ? at : (starts[at] ?? 0);
}

/** An excerpt on one line, cut between characters. */
function around(content: string, at: number): string {
  const from = Math.max(0, at - CHARACTERS_BEFORE);
  const piece = content.slice(from, at + CHARACTERS_AFTER).replaceAll(/\p{Surrogate}/gu, '');
  const words = piece.replaceAll(/\s+/g, ' ').trim();
  return `${from > 0 ? '…' : ''}${words}${at + CHARACTERS_AFTER < content.length ? '…' : ''}`;
}
