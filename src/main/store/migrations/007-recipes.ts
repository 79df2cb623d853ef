import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Migration } from '../migration.ts';

/** Items or calls per transaction: about a second's work. */
const ROWS_A_BATCH = 5_000;

/**
 * Version 7. What is asked is no longer fixed: a batch has a recipe of questions, and an answer is a row of its own, one
 * per file and question. Batches of before get the recipe that was built in, and their results become answers. A call
 * names its question in `title`. Unused `items.suspected` goes.
 */
export const recipes: Migration = {
  batches: {
    // Items come first, then calls; places count on from the last item.
    end: (db) => lastId(db, 'items') + lastId(db, 'calls'),
    next: (db, after) => {
      if (after === 0) createTables(db);
      const items = lastId(db, 'items');
      if (after < items) return copyAnswers(db, after, Math.min(items, after + ROWS_A_BATCH));
      const to = Math.min(lastId(db, 'calls'), after - items + ROWS_A_BATCH);
      nameCalls(db, after - items, to);
      return to > after - items ? items + to : null;
    },
  },
  change: (db) => {
    giveRecipe(db);
    db.exec(`
      DROP INDEX items_suspected;
      ALTER TABLE items DROP COLUMN suspected;
      ALTER TABLE items DROP COLUMN summary;
      ALTER TABLE items DROP COLUMN sentiment;
      ALTER TABLE items DROP COLUMN topics;
      ALTER TABLE items DROP COLUMN analysis;
    `);
  },
};

function createTables(db: Database): void {
  db.exec(`
    -- A recipe as it was used. Versions are never changed, so a batch says for ever what was asked.
    CREATE TABLE recipe_versions (
      id   INTEGER PRIMARY KEY,
      hash BLOB NOT NULL UNIQUE,
      body TEXT NOT NULL
    ) STRICT;

    -- "shown" is the value as people read it and "number" what it sorts by, if that is a number (a date's milliseconds,
    -- 1 for yes).
    CREATE TABLE answers (
      id       INTEGER PRIMARY KEY,
      item_id  INTEGER NOT NULL REFERENCES items (id),
      question TEXT NOT NULL,
      status   TEXT NOT NULL,
      proof    TEXT,
      shown    TEXT,
      number   REAL,
      value    TEXT,
      identity BLOB,
      note     TEXT,
      problem  TEXT,
      call_ids TEXT NOT NULL,
      coverage TEXT,
      evidence TEXT,
      raw      TEXT,
      UNIQUE (item_id, question)
    ) STRICT;

    ALTER TABLE batches ADD COLUMN recipe_version INTEGER REFERENCES recipe_versions (id);
    ALTER TABLE calls ADD COLUMN title TEXT;
  `);
}

function lastId(db: Database, table: 'items' | 'calls'): number {
  return db.prepare<[], number>(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get() ?? 0;
}

/** A result as version 6 has it, in the JSON of `items.analysis`. */
interface OldResult {
  readonly value: string | readonly string[] | null;
  readonly raw: string | null;
  readonly note: string | null;
  readonly problem: unknown;
  readonly callId: number | null;
}

const QUESTIONS = ['summary', 'sentiment', 'topics'] as const;

function copyAnswers(db: Database, after: number, to: number): number {
  const items = db
    .prepare<[number, number], { id: number; analysis: string }>(
      'SELECT id, analysis FROM items WHERE id > ? AND id <= ? AND analysis IS NOT NULL',
    )
    .all(after, to);
  const insert = db.prepare(
    `INSERT OR IGNORE INTO answers (item_id, question, status, shown, value, note, problem, call_ids, raw)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const { id, analysis } of items) {
    const results = JSON.parse(analysis) as Readonly<Record<(typeof QUESTIONS)[number], OldResult>>;
    for (const question of QUESTIONS) {
      const { value, raw, note, problem, callId } = results[question];
      insert.run(
        id,
        question,
        problem === null ? 'done' : 'failed',
        typeof value === 'string' ? value : (value?.join(', ') ?? null),
        value === null
          ? null
          : JSON.stringify(typeof value === 'string' ? { type: 'text', text: value } : { type: 'list', items: value }),
        note,
        problem === null ? null : JSON.stringify(problem),
        JSON.stringify(callId === null ? [] : [callId]),
        raw,
      );
    }
  }
  return to;
}

/** What their columns were called; the built-in engine's results are not called what a model's are. */
function nameCalls(db: Database, after: number, to: number): void {
  db.prepare(
    `UPDATE calls SET task = 'question', title = CASE task
         WHEN 'summary' THEN iif(llm, 'Summary', 'Extract')
         WHEN 'sentiment' THEN iif(llm, 'Sentiment', 'Word-list tone')
         ELSE iif(llm, 'Topics', 'Key terms') END
       WHERE id > ? AND id <= ? AND task IN ('summary', 'sentiment', 'topics')`,
  ).run(after, to);
}

/** The same batch is found again by its paths, destination and, from now on, its recipe. */
function giveRecipe(db: Database): void {
  const hash = createHash('sha256').update(STANDARD_RECIPE).digest();
  const hasBatch = db.prepare('SELECT 1 FROM batches LIMIT 1').get() !== undefined;
  if (!hasBatch) return;
  const { lastInsertRowid } = db
    .prepare('INSERT INTO recipe_versions (hash, body) VALUES (?, ?)')
    .run(hash, STANDARD_RECIPE);
  db.prepare('UPDATE batches SET recipe_version = ?').run(lastInsertRowid);
  db.prepare(
    `UPDATE batches SET source = json_insert(source, '$.recipe', ?) WHERE json_valid(source) AND json_type(source) = 'object'`,
  ).run(hash.toString('hex'));
}

/** The recipe of every batch until now, as it is written since. */
const STANDARD_RECIPE = JSON.stringify({
  id: 'standard',
  name: 'Sentiment, topics, summary',
  asked: 'separately',
  order: 'question_first',
  questions: [
    {
      id: 'summary',
      title: 'Summary',
      ask: 'Summarize in one sentence: ',
      answer: { type: 'text' },
      proof: false,
      maxTokens: 50,
      builtin: { task: 'summary', title: 'Extract' },
    },
    {
      id: 'sentiment',
      title: 'Sentiment',
      ask: 'Sentiment (one word): ',
      answer: { type: 'choice', choices: ['positive', 'negative', 'neutral', 'mixed'], open: true },
      proof: false,
      maxTokens: 5,
      builtin: { task: 'sentiment', title: 'Word-list tone' },
    },
    {
      id: 'topics',
      title: 'Topics',
      ask: 'List 3 topics (comma-separated): ',
      answer: { type: 'list', maxItems: 3 },
      proof: false,
      maxTokens: 30,
      builtin: { task: 'topics', title: 'Key terms' },
    },
  ],
});
