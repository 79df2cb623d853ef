/**
 * Writes a small store of the version that the code has now, as a kill leaves it in the middle of work:
 * `node test/support/write-store-fixture.ts`. To be run before a migration is added; the file is committed, so that the
 * update from that version stays tested.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { openForWriting } from '../../src/main/store/open-database.ts';
import { writeOperations as write } from '../../src/main/store/operations.ts';
import type { Attachment } from '../../src/shared/chat-data.ts';
import { problem } from '../../src/shared/problem.ts';
import { intent, message, newBatch, outcome } from '../store/records.ts';
import { makeAnswer } from './answers.ts';
import { storeFixture } from './store-fixture.ts';

/** What is asked and answered in the fixture's history: one of each script that a search treats specially. */
const TALKS = [
  ['What is in the quarterly report?', 'Costs rose in the north.'],
  ['Où est Besançon?', 'À l’Est.'],
  ['\u1100\u1161\u11bc\u1102\u1161\u11b7\u110b\u1167\u11a8'.normalize('NFD'), 'Station two'],
  ['كَتَبَ الوَلَدُ الدَّرْسَ', 'The boy wrote'],
  ['Das Gesamt\u00adkonzept', 'The overall concept'],
  ['東京都の人口は何人ですか', '約1400万人です。'],
] as const;

/** What the question of the conversation was sent with. */
const attached: Attachment = {
  id: 'a1',
  name: 'plan.pdf',
  format: 'pdf',
  bytes: 900,
  sha256: 'c'.repeat(64),
  pages: 2,
  characters: 20,
  textBytes: 20,
  tokens: 5,
  notes: [],
};

function fill(db: Database): void {
  write.writeSetting(db, 'settings', { theme: 'dark' });
  for (const [asked, answered] of TALKS) end(db, begin(db, asked), answered);
  const failed = begin(db, 'A question that failed');
  write.endCall(
    db,
    outcome(failed, null, {
      problem: problem('server_error', { host: 'api.openai.com', during: 'request' }),
    }),
  );
  const places = { unit: 'page', starts: [0, 11], names: null } as const;
  write.addAttachment(
    db,
    attached,
    { path: '/reports/plan.pdf', inside: [], text: 'Page one.\n\nPage two.', places },
    1_750_000_000_000,
  );
  const question = message('m1', { attachments: [attached] });
  const reply = message('m2', { role: 'assistant', parentId: 'm1', status: 'streaming', content: 'What had arr' });
  write.appendMessages(db, { id: 'c1', title: 'A talk' }, [question, reply], 1_750_000_000_000);
  fillBatch(db);
  begin(db, 'A question that was on its way');
}

/** Two of four files are done, one failed, and of the last one call of three was answered. */
function fillBatch(db: Database): void {
  write.insertBatch(db, newBatch('b1'));
  const names = ['one.txt', 'two.txt', 'three.txt', 'four.txt'];
  const found = names.map((name) => ({ path: `/reports/${name}`, name, bytes: 9, modifiedAt: 1, problem: null }));
  write.addItems(db, 'b1', found);
  write.changeBatch(db, 'b1', { status: 'running', at: 1_750_000_000_001 });
  const items = write.claimItems(db, 'b1', names.length);
  for (const { row } of items.slice(0, 3)) {
    write.finishItem(db, {
      itemId: row.id,
      status: row.name === 'three.txt' ? 'failed' : 'done',
      bytes: 9,
      format: 'text',
      encoding: 'UTF-8',
      characters: 9,
      sha256: 'a'.repeat(64),
      text: row.name === 'three.txt' ? null : 'The text.',
      places: null,
      notes: [],
      totalTokens: 7,
      latencyMs: 12.3,
      problem: row.name === 'three.txt' ? problem('file_empty', { what: 'no_bytes' }) : null,
      answers: row.name === 'three.txt' ? [] : answers(`Summary of ${row.name}`),
    });
  }
  const last = items.at(-1)?.row;
  if (last === undefined) throw new Error('There is no last file.');
  const of = {
    kind: 'analysis',
    task: 'question',
    title: 'Summary',
    batchId: 'b1',
    itemId: last.id,
    fileName: last.name,
  } as const;
  end(db, begin(db, 'Summarize four.txt', of), 'Summary of four.txt');
}

function answers(summary: string) {
  return [makeAnswer('summary', summary), makeAnswer('sentiment', 'neutral'), makeAnswer('topics', ['reports'])];
}

function begin(db: Database, asked: string, over: Parameters<typeof intent>[1] = {}): number {
  const begun = write.beginCall(db, intent(asked, over));
  if (!('callId' in begun)) throw new Error('It was asked before.');
  return begun.callId;
}

function end(db: Database, callId: number, answered: string): void {
  write.endCall(db, outcome(callId, answered));
}

const temporary = `${fileURLToPath(import.meta.url)}.db`;
const { db } = openForWriting(temporary);
const version = Number(db.pragma('user_version', { simple: true }));
fill(db);
db.exec('VACUUM');
db.close();
writeFileSync(storeFixture(version), gzipSync(readFileSync(temporary), { level: 9 }));
rmSync(temporary);
