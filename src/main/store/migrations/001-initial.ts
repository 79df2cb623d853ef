import type { Migration } from '../migration.ts';

/** Version 1: the schema of Docket 0.1. */
export const initial: Migration = {
  change: (db) => void db.exec(SCHEMA),
};

const SCHEMA = `
CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;

-- Full texts, each stored once under the SHA-256 of its UTF-8 bytes.
CREATE TABLE bodies (
  id       INTEGER PRIMARY KEY,
  hash     BLOB NOT NULL UNIQUE,
  encoding TEXT NOT NULL CHECK (encoding IN ('identity', 'deflate-raw')),
  size     INTEGER NOT NULL,
  data     BLOB NOT NULL
) STRICT;

-- A call is "open" from its first phase to its second. An open row is small to write, because its request waits for it:
-- it holds the request's bytes itself, and no index but calls_open knows it. With the outcome the bytes move to
-- "bodies", each text once, and the row enters the indexes.
CREATE TABLE calls (
  id                INTEGER PRIMARY KEY,
  created_at        INTEGER NOT NULL,
  kind              TEXT NOT NULL CHECK (kind IN ('chat', 'analysis', 'probe')),
  task              TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('open', 'ok', 'error', 'cancelled', 'in_doubt')),
  provider_name     TEXT NOT NULL,
  host              TEXT NOT NULL,
  llm               INTEGER NOT NULL,
  local             INTEGER NOT NULL,
  model             TEXT NOT NULL,
  model_answered    TEXT,
  parameters        TEXT NOT NULL,
  attempt           INTEGER NOT NULL,
  user_id           TEXT NOT NULL,
  message           TEXT NOT NULL,
  reply             TEXT,
  file_name         TEXT,
  conversation_id   TEXT,
  message_id        TEXT,
  batch_id          TEXT,
  item_id           INTEGER,
  request_hash      BLOB,
  request_bytes     INTEGER NOT NULL,
  sent              INTEGER NOT NULL DEFAULT 1,
  reply_hash        BLOB,
  http_status       INTEGER,
  request_id        TEXT,
  finish_reason     TEXT,
  prompt_tokens     INTEGER,
  completion_tokens INTEGER,
  total_tokens      INTEGER,
  ttft_ms           REAL,
  latency_ms        REAL,
  note              TEXT,
  error_code        TEXT,
  error_message     TEXT,
  error_detail      TEXT,
  request           BLOB,
  shared_texts      TEXT,
  CHECK ((status = 'open') = (request_hash IS NULL)),
  CHECK ((status = 'open') = (request IS NOT NULL))
) STRICT;

CREATE INDEX calls_open      ON calls (id) WHERE status = 'open';
CREATE INDEX calls_by_time   ON calls (created_at) WHERE status <> 'open';
CREATE INDEX calls_by_kind   ON calls (kind, id) WHERE status <> 'open';
CREATE INDEX calls_by_status ON calls (status, id) WHERE status <> 'open';
CREATE INDEX calls_by_model  ON calls (model, id) WHERE status <> 'open';
CREATE INDEX calls_by_item   ON calls (item_id, id) WHERE status <> 'open' AND item_id IS NOT NULL;
CREATE INDEX calls_that_left ON calls (created_at, host, request_bytes)
  WHERE status <> 'open' AND local = 0 AND sent = 1;

-- The texts themselves are in "bodies"; the index keeps none.
CREATE VIRTUAL TABLE calls_text USING fts5 (
  request, reply, file_name,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE conversations (
  id         TEXT PRIMARY KEY,
  title      TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  leaf_id    TEXT,
  removed_at INTEGER
) STRICT;

CREATE INDEX conversations_by_update ON conversations (updated_at) WHERE removed_at IS NULL;

CREATE TABLE messages (
  id                TEXT PRIMARY KEY,
  conversation_id   TEXT NOT NULL REFERENCES conversations (id),
  parent_id         TEXT,
  role              TEXT NOT NULL CHECK (role IN ('user', 'assistant')),
  content           TEXT NOT NULL,
  status            TEXT NOT NULL CHECK (status IN ('streaming', 'done', 'stopped', 'failed', 'interrupted')),
  created_at        INTEGER NOT NULL,
  problem           TEXT,
  model             TEXT,
  provider_name     TEXT,
  llm               INTEGER,
  temperature       REAL,
  prompt_tokens     INTEGER,
  completion_tokens INTEGER,
  latency_ms        REAL,
  ttft_ms           REAL,
  finish_reason     TEXT,
  call_id           INTEGER
) STRICT;

CREATE INDEX messages_by_conversation ON messages (conversation_id, created_at);
CREATE INDEX messages_streaming ON messages (status) WHERE status = 'streaming';

-- Files of questions. The text of one that was read and not sent yet is in "draft", later in "bodies".
CREATE TABLE attachments (
  id         TEXT PRIMARY KEY,
  created_at INTEGER NOT NULL,
  name       TEXT NOT NULL,
  format     TEXT NOT NULL,
  bytes      INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  pages      INTEGER,
  characters INTEGER NOT NULL,
  text_bytes INTEGER NOT NULL,
  tokens     INTEGER NOT NULL,
  notes      TEXT NOT NULL,
  text_hash  BLOB,
  draft      TEXT,
  CHECK ((text_hash IS NULL) <> (draft IS NULL))
) STRICT;

CREATE INDEX attachments_drafted ON attachments (created_at) WHERE draft IS NOT NULL;

CREATE TABLE message_attachments (
  message_id    TEXT NOT NULL REFERENCES messages (id),
  position      INTEGER NOT NULL,
  attachment_id TEXT NOT NULL REFERENCES attachments (id),
  PRIMARY KEY (message_id, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX message_attachments_by_attachment ON message_attachments (attachment_id);

CREATE TABLE batches (
  id            TEXT PRIMARY KEY,
  name          TEXT NOT NULL,
  paths         TEXT NOT NULL,
  source        TEXT NOT NULL,
  created_at    INTEGER NOT NULL,
  started_at    INTEGER,
  finished_at   INTEGER,
  status        TEXT NOT NULL CHECK (status IN ('collecting', 'ready', 'running', 'cancelled', 'interrupted', 'finished')),
  provider_name TEXT NOT NULL,
  host          TEXT NOT NULL,
  model         TEXT NOT NULL,
  llm           INTEGER NOT NULL,
  local         INTEGER NOT NULL,
  temperature   REAL NOT NULL,
  skipped       INTEGER NOT NULL DEFAULT 0,
  problem       TEXT,
  removed_at    INTEGER
) STRICT;

CREATE INDEX batches_by_source ON batches (source, created_at);

CREATE TABLE items (
  id           INTEGER PRIMARY KEY,
  batch_id     TEXT NOT NULL REFERENCES batches (id),
  position     INTEGER NOT NULL,
  path         TEXT NOT NULL,
  name         TEXT NOT NULL,
  bytes        INTEGER,
  modified_at  REAL,
  status       TEXT NOT NULL CHECK (status IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  format       TEXT,
  encoding     TEXT,
  pages        INTEGER,
  characters   INTEGER,
  sha256       TEXT,
  notes        TEXT,
  summary      TEXT,
  sentiment    TEXT,
  topics       TEXT,
  total_tokens INTEGER,
  latency_ms   REAL,
  problem      TEXT,
  analysis     TEXT,
  UNIQUE (batch_id, position)
) STRICT;

CREATE INDEX items_by_status ON items (batch_id, status, position, bytes);
`;
