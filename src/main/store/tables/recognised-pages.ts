import type { Database } from 'better-sqlite3';
import type { PlacedWords } from '../../pages/placed-words.ts';
import type { RecognisedPage } from '../../recognition/messages.ts';
import { prepared } from '../prepared.ts';

/** Long enough to resume whatever was interrupted, and to run a batch again. */
const KEPT_DAYS = 90;

/** What was recognised of a file, by the hash of its bytes. @param readWith the program and languages it was recognised with. */
export function findRecognisedPages(db: Database, sha256: string, readWith: string): readonly RecognisedPage[] {
  return prepared<[string, string], Omit<RecognisedPage, 'words'>>(
    db,
    'SELECT page AS number, text, confidence, missed FROM recognised_pages WHERE sha256 = ? AND read_with = ?',
  ).all(sha256, readWith);
}

export function keepRecognisedPage(
  db: Database,
  sha256: string,
  readWith: string,
  { number, text, confidence, words, missed }: RecognisedPage,
  at: number,
): void {
  prepared(
    db,
    `INSERT INTO recognised_pages (sha256, read_with, page, text, confidence, words, missed, read_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
  ).run(
    sha256,
    readWith,
    number,
    text,
    confidence,
    words === undefined ? null : JSON.stringify(words),
    missed ?? null,
    at,
  );
}

/** The words of a page as it was recognised last, with their places; null if those are not known. */
export function findPlacedWords(db: Database, sha256: string, page: number): PlacedWords | null {
  const words = prepared<[string, number], string>(
    db,
    `SELECT words FROM recognised_pages WHERE sha256 = ? AND page = ? AND words IS NOT NULL
       ORDER BY read_at DESC LIMIT 1`,
  )
    .pluck()
    .get(sha256, page);
  return words === undefined ? null : (JSON.parse(words) as PlacedWords);
}

export function forgetOldPages(db: Database): void {
  prepared(db, 'DELETE FROM recognised_pages WHERE read_at < (unixepoch() - ? * 86400) * 1000').run(KEPT_DAYS);
}
