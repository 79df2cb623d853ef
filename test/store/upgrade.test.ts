/** Updates of a store written by Docket 0.1, including updates that are killed. */

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../src/main/batch/destination.ts';
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { migrations, readVersion } from '../../src/main/store/migrations.ts';
import { openForWriting } from '../../src/main/store/open-database.ts';
import { type Store, storeFile } from '../../src/main/store/store.ts';
import { shownValue } from '../../src/shared/answer-words.ts';
import type { StoreUpdate } from '../../src/shared/app-data.ts';
import { problem } from '../../src/shared/problem.ts';
import { cellsOf } from '../support/answers.ts';
import { pageOfItems } from '../support/items.ts';
import { putStoreFixture } from '../support/store-fixture.ts';
import { makeFolder, openReader, openTestStore } from './open-test-store.ts';
import { intent, newBatch, outcome } from './records.ts';
import { firstSteps, ROWS, steps } from './slow-update.ts';

/** A store of the given version, opened by the current code. */
async function openFixture(version = 1): Promise<{ readonly store: Store; readonly folder: string }> {
  const folder = makeFolder();
  putStoreFixture(version, folder);
  return { store: await openTestStore(folder), folder };
}

describe('a store of version 1', () => {
  it('is updated in place, completely, with a backup', async () => {
    const { store, folder } = await openFixture();
    expect(store.salvage).toBeNull();
    const reader = openReader(folder);
    expect(readVersion(reader)).toBe(migrations.length);
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
    const backup = new Database(`${storeFile(folder)}.v1.backup`, { readonly: true });
    expect(readVersion(backup)).toBe(1);
    backup.close();
  });

  it('has exactly the schema of a new store', () => {
    const schemaOf = (folder: string) => {
      const { db } = openForWriting(storeFile(folder));
      const rows = db
        .prepare<[], { name: string; sql: string }>(
          "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'calls\\_text%' ESCAPE '\\' ORDER BY name",
        )
        .all();
      db.close();
      return rows;
    };
    const old = makeFolder();
    putStoreFixture(1, old);
    const schema = schemaOf(old);
    expect(schema).toEqual(schemaOf(makeFolder()));
    expect(schema.filter(({ sql }) => / IN \(/.test(sql))).toEqual([]);
  });

  it('keeps its history, conversation and settings', async () => {
    const { store } = await openFixture();
    const { rows } = await store.read.pageOfCalls({ limit: 20 });
    expect(rows.map((row) => row.status)).toEqual(['in_doubt', 'ok', 'error', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    const detail = await store.read.callDetail(1);
    expect(detail).toMatchObject({
      message: 'What is in the quarterly report?',
      replyBody: 'Costs rose in the north.',
    });
    expect(JSON.parse(detail?.requestBody ?? '').messages[0].content).toBe('What is in the quarterly report?');
    expect(await store.read.callDetail(7)).toMatchObject({
      errorCode: 'server_error',
      problem: problem('recorded', { code: 'server_error', message: 'The server had an error.' }),
    });
    const talk = await store.read.readConversation('c1');
    expect(talk?.messages.at(-1)).toMatchObject({ status: 'interrupted', content: 'What had arr' });
    expect(await store.read.readSetting('settings')).toEqual({ theme: 'dark' });
  });

  it('can be searched in every spelling of a text', async () => {
    const { store } = await openFixture();
    const found = async (search: string) =>
      (await store.read.pageOfCalls({ search, limit: 9 })).rows.map((row) => row.id);
    expect(await found('강남역')).toEqual([3]);
    expect(await found('كتب')).toEqual([4]);
    expect(await found('Gesamtkonzept')).toEqual([5]);
    expect(await found('besancon')).toEqual([2]);
    expect(await found('人口')).toEqual([6]);
    expect(await found('quart')).toEqual([1]);
    expect(await found('on its way'), 'what the kill left open is indexed after').toEqual([9]);
    expect(await found('four.txt'), 'by the name of its file').toEqual([8]);
  });

  it('keeps its batch, which resumes where it was', async () => {
    const { store } = await openFixture();
    const batch = await store.read.findUnfinishedBatch('reports|gpt-4o-mini');
    expect(batch).toMatchObject({ status: 'interrupted', counts: { total: 4, done: 2, failed: 1, queued: 1 } });
    const [item] = await store.write.claimItems('b1', 9);
    expect(item?.path).toBe('/reports/four.txt');
    const summaries = (await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 9 })).map(
      (row) => cellsOf(row).summary,
    );
    expect(summaries).toEqual(['Summary of one.txt', 'Summary of two.txt', undefined, undefined]);
    const again = intent('Summarize four.txt', { kind: 'analysis', batchId: 'b1', itemId: item?.row.id ?? 0 });
    expect(await store.write.beginCall(again)).toMatchObject({ finished: { reply: 'Summary of four.txt' } });
  });

  it('accepts new data', async () => {
    const { store } = await openFixture();
    const begun = await store.write.beginCall(intent('A question'));
    if (!('callId' in begun)) throw new Error('It was asked before.');
    await store.write.endCall(outcome(begun.callId, 'An answer'));
    expect(await store.read.callDetail(begun.callId)).toMatchObject({ status: 'ok', replyBody: 'An answer' });
  });
});

describe('a store of version 5', () => {
  it('keeps its conversation without reasoning, and continues it with reasoning', async () => {
    const { store } = await openFixture(5);
    const read = async () => (await store.read.readConversation('c1'))?.messages.at(-1);
    const reply = await read();
    if (reply === undefined) throw new Error('There is no reply.');
    expect(reply).toMatchObject({ content: 'What had arr', reasoning: '', reasoningMs: null });
    const thought = { ...reply, status: 'done', reasoning: 'Hm.', reasoningMs: 12.5 } as const;
    await store.write.finishReply(thought);
    expect(await read()).toEqual(thought);
  });

  it('keeps its history and batch, and has the schema of a new store', async () => {
    const { store, folder } = await openFixture(5);
    const { rows } = await store.read.pageOfCalls({ limit: 20 });
    expect(rows.map((row) => row.status)).toEqual(['in_doubt', 'ok', 'error', 'ok', 'ok', 'ok', 'ok', 'ok', 'ok']);
    expect(await store.read.findUnfinishedBatch('reports|gpt-4o-mini')).toMatchObject({ status: 'interrupted' });
    const reader = openReader(folder);
    expect(readVersion(reader)).toBe(migrations.length);
    expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
  });
});

describe('a store of version 6', () => {
  it('has its results as answers, each with what the model said', async () => {
    const { store } = await openFixture(6);
    const rows = await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 9 });
    const first = { summary: 'Summary of one.txt', sentiment: 'Neutral', topics: 'reports' };
    expect(rows.map(cellsOf)).toEqual([first, { ...first, summary: 'Summary of two.txt' }, {}, {}]);
    const detail = await store.read.readItemDetail(rows[0]?.id ?? 0);
    expect(detail?.answers).toMatchObject([
      { question: 'summary', status: 'done', raw: 'Summary of one.txt', problem: null, callIds: [] },
      { question: 'sentiment', value: { type: 'text', text: 'Neutral' } },
      { question: 'topics', value: { type: 'list', items: ['reports'] } },
    ]);
  });

  it('has its batch with the recipe that was built in, which is the standard one of today', async () => {
    const { store, folder } = await openFixture(6);
    expect((await store.read.readBatch('b1'))?.batch.recipe).toEqual(standardRecipe);
    await store.write.insertBatch(newBatch('b2'));
    const reader = openReader(folder);
    expect(reader.prepare('SELECT count(DISTINCT recipe_version) FROM batches').pluck().get()).toBe(1);
  });

  it('is found again by the command that made it', async () => {
    const folder = makeFolder();
    putStoreFixture(6, folder);
    const to = { host: 'api.openai.com', model: 'gpt-4o-mini', temperature: 0 };
    const before = new Database(storeFile(folder));
    before.prepare('UPDATE batches SET source = ?').run(JSON.stringify({ paths: ['/reports'], ...to }));
    before.close();
    const store = await openTestStore(folder);
    const source = sourceOf(['/reports'], { ...to, providerName: 'OpenAI', llm: true, local: false }, standardRecipe);
    expect((await store.read.findUnfinishedBatch(source))?.id).toBe('b1');
  });

  it('names the questions of its calls by their columns', async () => {
    const { store } = await openFixture(6);
    const { rows } = await store.read.pageOfCalls({ limit: 9, kind: 'analysis' });
    expect(rows.map(({ task, title }) => [task, title])).toEqual([['question', 'Summary']]);
  });
});

describe('a store of version 7', () => {
  it('keeps recipes from now on, beside those that its batches asked', async () => {
    const { store } = await openFixture(7);
    expect(await store.read.listRecipes()).toEqual([]);
    await store.write.putRecipe({ ...standardRecipe, id: 'own' }, 1_750_000_000_000);
    expect(await store.read.findRecipe('own')).toEqual({ ...standardRecipe, id: 'own' });
    expect((await store.read.readBatch('b1'))?.batch.recipe).toEqual(standardRecipe);
  });
});

describe('a store of version 9', () => {
  it('has no texts of the files that were read before, and keeps those that are read from now on', async () => {
    const { store } = await openFixture(9);
    const [item] = await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 1 });
    if (item === undefined) throw new Error('There is no file.');
    expect(cellsOf(item)).toMatchObject({ summary: 'Summary of one.txt' });
    expect(await store.read.readItemText(item.id)).toBeNull();
  });
});

describe('a store of version 10', () => {
  it('has what its batches were called, and takes corrections, ticks and names from now on', async () => {
    const { store } = await openFixture(10);
    const [item] = await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 1 });
    if (item === undefined) throw new Error('There is no file.');
    expect(item.checkedAt).toBeNull();
    expect(cellsOf(item)).toMatchObject({ summary: 'Summary of one.txt' });
    await store.write.correctItem(item.id, 'summary', { type: 'text', text: 'Mine' }, 1_750_000_000_000);
    await store.write.checkItems('b1', [item.id], 1_750_000_000_000);
    await store.write.renameBatch('b1', 'Reports of May');
    const batch = (await store.read.readBatch('b1'))?.batch;
    expect(batch).toMatchObject({ name: 'Reports of May', dropped: 'reports', counts: { checked: 1 } });
    const corrected = await store.read.readItemDetail(item.id);
    expect(corrected?.answers.map(shownValue)).toMatchObject([
      { text: 'Mine' },
      { text: 'neutral' },
      { items: ['reports'] },
    ]);
  });
});

describe('a store of version 11', () => {
  it('has a batch that asks nothing again, and makes one that does', async () => {
    const { store } = await openFixture(11);
    expect((await store.read.readBatch('b1'))?.batch).toMatchObject({ status: 'interrupted', againOf: null });
    const again = await store.write.insertBatchAgain({ ...newBatch('b2'), againOf: 'b1' });
    expect(again?.batch).toMatchObject({ status: 'ready', againOf: 'b1', counts: { total: 4, queued: 4 } });
  });
});

describe('a store of version 12', () => {
  it('has its ticks, and lets files be removed from now on and brought back', async () => {
    const { store } = await openFixture(12);
    const [item] = await pageOfItems(store.read, { batchId: 'b1', offset: 0, limit: 1 });
    if (item === undefined) throw new Error('There is no file.');
    await store.write.checkItems('b1', [item.id], 1_750_000_000_000);
    await store.write.removeItems('b1', [item.id]);
    const counts = async () => (await store.read.readBatch('b1'))?.batch.counts;
    expect(await counts()).toMatchObject({ total: 3, checked: 0, removed: 1 });
    await store.write.restoreItems('b1', [item.id]);
    expect(await counts()).toMatchObject({ total: 4, checked: 1, removed: 0 });
  });
});

describe('a store of version 13', () => {
  it('keeps recognised pages from now on', async () => {
    const { store } = await openFixture(13);
    const page = { number: 2, text: 'Words of a scan.', confidence: 93, missed: null };
    await store.write.keepRecognisedPage('b'.repeat(64), 'eng', page, Date.now());
    expect(await store.read.findRecognisedPages('b'.repeat(64), 'eng')).toEqual([page]);
    expect(await store.read.findRecognisedPages('b'.repeat(64), 'deu')).toEqual([]);
  });
});

describe('a store of version 16', () => {
  it('keeps where the words of a page stand from now on', async () => {
    const { store } = await openFixture(16);
    const sha256 = 'b'.repeat(64);
    const page = { number: 2, text: 'Words', confidence: 93 };
    const words = { words: ['Words'], boxes: [100, 200, 300, 400] };
    await store.write.keepRecognisedPage(sha256, 'eng', page, 1);
    expect(await store.read.findPlacedWords(sha256, 2)).toBeNull();
    await store.write.keepRecognisedPage(sha256, 'eng+deu', { ...page, words }, 2);
    expect(await store.read.findPlacedWords(sha256, 2)).toEqual(words);
  });
});

describe('a store of version 17', () => {
  it('can have its folders watched from now on, and keeps what was used of the limits of a day', async () => {
    const { store } = await openFixture(17);
    const limits = { filesPerDay: 5, tokensPerDay: null };
    expect(await store.read.readWatch('b1')).toBeNull();
    await store.write.putWatch('b1', limits, 1_000);
    const midnight = new Date().setHours(0, 0, 0, 0);
    await store.write.addWatchUse('b1', midnight - 1, { files: 4, tokens: 700 });
    await store.write.addWatchUse('b1', midnight, { files: 2, tokens: 30 });
    await store.write.addWatchUse('b1', midnight, { files: -1, tokens: 5 });
    expect(await store.read.readWatch('b1')).toMatchObject({
      since: 1_000,
      limits,
      usedToday: { files: 1, tokens: 35 },
    });
    expect(await store.read.watchedBatches()).toEqual(['b1']);
    expect(await store.read.readWatchLog('b1')).toMatchObject([{ what: 'on', limits, at: 1_000 }]);
  });
});

describe('a store of version 18', () => {
  it('has its attached files without their pages, and keeps those of files attached from now on', async () => {
    const { store } = await openFixture(18);
    const [question] = (await store.read.readConversation('c1'))?.messages ?? [];
    expect(question?.attachments).toMatchObject([{ id: 'a1', name: 'plan.pdf', pages: 2 }]);
    expect(await store.read.readAttachmentText('a1')).toEqual({
      text: 'Page one.\n\nPage two.',
      format: 'pdf',
      places: null,
    });
    expect(await store.read.readAttachedPlace('a1')).toEqual({
      path: '/reports/plan.pdf',
      inside: [],
      format: 'pdf',
      sha256: 'c'.repeat(64),
      arePlacesKept: false,
    });
    const [before] = await store.read.readAttachments(['a1']);
    if (before === undefined) throw new Error('There is no attachment.');
    const places = { unit: 'page', starts: [0, 11], names: null } as const;
    const file = { path: '/mails.zip', inside: ['offer.eml', 'plan.pdf'], text: 'Page one.\n\nPage two.', places };
    await store.write.addAttachment({ ...before, id: 'a2' }, file, 1_750_000_000_000);
    expect(await store.read.readAttachmentText('a2')).toMatchObject({ places });
    expect(await store.read.readAttachedPlace('a2')).toMatchObject({
      path: '/mails.zip',
      inside: file.inside,
      arePlacesKept: true,
    });
  });

  it('is as it was if its update is cut off, and is updated at the next start', async () => {
    const folder = makeFolder();
    putStoreFixture(18, folder);
    const columns = (db: Database.Database) => db.pragma('table_info(attachments)') as { name: string }[];
    const cut = migrations.map((step, at) =>
      at < 18 ? step : { ...step, change: (db: Database.Database) => fail(() => step.change(db)) },
    );
    expect(() => openForWriting(storeFile(folder), { steps: cut })).toThrow('The power is out.');
    const reader = openReader(folder);
    expect(readVersion(reader)).toBe(18);
    expect(columns(reader).map(({ name }) => name)).not.toContain('places');
    const store = await openTestStore(folder);
    expect(await store.read.readAttachmentText('a1')).toMatchObject({ text: 'Page one.\n\nPage two.' });
    expect(columns(openReader(folder)).map(({ name }) => name)).toEqual(expect.arrayContaining(['places', 'inside']));
  });
});

/** Does it, and then what a loss of power does. */
function fail(change: () => void): void {
  change();
  throw new Error('The power is out.');
}

describe('a store of version 19', () => {
  it('keeps how much of a page was missed from now on', async () => {
    const { store } = await openFixture(19);
    const sha256 = 'b'.repeat(64);
    const pages = [
      { number: 1, text: 'Whole', confidence: 93, missed: null },
      { number: 2, text: 'Half', confidence: 71, missed: 0.5 },
    ];
    for (const page of pages) await store.write.keepRecognisedPage(sha256, 'eng', page, 1);
    expect(await store.read.findRecognisedPages(sha256, 'eng')).toEqual(pages);
  });
});

describe('an update that is killed', () => {
  /** Kills a process that is updating the file once it has reported a given place. */
  async function killAt(file: string, place: number): Promise<void> {
    const child = fork(fileURLToPath(new URL('./update-child.ts', import.meta.url)), [file], { execArgv: [] });
    const exited = once(child, 'exit');
    await new Promise<void>((resolve) => {
      child.on('message', (update: StoreUpdate) => {
        if (update.stage === 'updating' && update.done >= place) resolve();
      });
    });
    child.kill('SIGKILL');
    expect(await exited, 'it was killed in the middle').toEqual([null, 'SIGKILL']);
  }

  it('resumes at the next start and keeps its backup', async () => {
    const file = storeFile(makeFolder());
    openForWriting(file, { steps: firstSteps }).db.close();
    await killAt(file, 20);
    await killAt(file, 60);

    const told: StoreUpdate[] = [];
    const { db } = openForWriting(file, { steps, tell: (update) => told.push(update) });

    expect(readVersion(db)).toBe(2);
    const rows = db.prepare<[], { x: number; pid: number }>('SELECT x, pid FROM b ORDER BY x').all();
    expect(rows.map(({ x }) => x)).toEqual(Array.from({ length: ROWS }, (_, n) => n + 1));
    expect(new Set(rows.map(({ pid }) => pid)).size, 'each of the three did its part').toBe(3);
    expect(told[0], 'no second copy is made').toMatchObject({ stage: 'updating', total: ROWS });
    expect(told[0]).toHaveProperty(
      'done',
      rows.findIndex(({ pid }) => pid === process.pid),
    );
    db.close();
    expect(readdirSync(dirname(file)).sort()).toEqual(['docket.db', 'docket.db.v1.backup']);
    const backup = new Database(`${file}.v1.backup`, { readonly: true });
    expect(backup.prepare('SELECT count(*) FROM a').pluck().get()).toBe(ROWS);
    expect(backup.prepare('SELECT count(*) FROM b').pluck().get()).toBe(0);
    backup.close();
  });

  it('during its backup leaves no partial file under its final name', () => {
    const file = storeFile(makeFolder());
    openForWriting(file, { steps: firstSteps }).db.close();
    writeFileSync(`${file}.v1.backup.part`, 'what a kill left');
    openForWriting(file, { steps }).db.close();
    expect(readdirSync(dirname(file)).sort()).toEqual(['docket.db', 'docket.db.v1.backup']);
  });
});
