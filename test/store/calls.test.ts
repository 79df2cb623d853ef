import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toRequestBody } from '../../src/main/audit/request-body.ts';
import { openStore, type Store, storeFile } from '../../src/main/store/store.ts';
import type { HistoryFilter } from '../../src/shared/call-data.ts';
import { begin, makeFolder, openReader, openTestStore, record, workerUrl } from './open-test-store.ts';
import { intent, outcome } from './records.ts';

/** Counts commits in the store's log since it was last restarted: frames that carry the size of the database. */
function countCommits(folder: string): number {
  const wal = readFileSync(`${storeFile(folder)}-wal`);
  if (wal.length === 0) return 0;
  const pageBytes = wal.readUInt32BE(8);
  const salts = wal.subarray(16, 24);
  let commits = 0;
  for (let at = 32; at + 24 <= wal.length; at += 24 + pageBytes) {
    if (!wal.subarray(at + 8, at + 16).equals(salts)) break;
    if (wal.readUInt32BE(at + 4) > 0) commits += 1;
  }
  return commits;
}

const USAGE = '{"total_tokens":7,"prompt_tokens_details":{"cached_tokens":2}}';

describe('many writers at once', () => {
  it('share commits, in order of arrival', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const before = countCommits(folder);
    const ids = await Promise.all(Array.from({ length: 500 }, (_, n) => begin(store, intent(`Question ${n}`))));
    expect(ids).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
    expect(countCommits(folder) - before).toBeLessThan(50);
    const rows = openReader(folder).prepare('SELECT message FROM calls ORDER BY id').all();
    expect(rows).toEqual(ids.map((id) => ({ message: `Question ${id - 1}` })));
  });

  it('do not fail because another one does', async () => {
    const store = await openTestStore();
    const bad = intent('bad', { kind: 'nonsense' as 'chat' });
    const results = await Promise.allSettled([
      store.write.beginCall(intent('first')),
      store.write.beginCall(bad),
      store.write.beginCall(intent('second')),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({
      reason: { name: 'StoreError', message: '"nonsense" is not a valid callKind.' },
    });
    expect((await store.read.pageOfCalls({ limit: 9 })).rows.map((row) => row.message)).toEqual(['second', 'first']);
  });

  it('are committed by the time they are answered', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const reader = openReader(folder).prepare('SELECT status FROM calls WHERE id = ?');
    const id = await begin(store, intent('A question'));
    expect(reader.get(id)).toEqual({ status: 'open' });
    await store.write.endCall(outcome(id, 'An answer'));
    expect(reader.get(id)).toEqual({ status: 'ok' });
  });
});

describe('a call', () => {
  it('is returned with all its details', async () => {
    const store = await openTestStore();
    const of = intent('A question', {
      conversationId: 'c',
      messageId: 'm',
      batchId: 'b',
      itemId: 3,
      fileName: 'a.txt',
      attempt: 2,
      kind: 'analysis',
      task: 'question',
      title: 'Topics',
      local: true,
    });
    const id = await begin(store, of);
    expect(await store.read.callDetail(id)).toMatchObject({
      status: 'open',
      reply: null,
      replyBody: null,
      totalTokens: null,
      latencyMs: null,
    });
    await store.write.endCall(outcome(id, 'An answer', { note: 'a note', usage: USAGE }));
    expect(await store.read.callDetail(id)).toEqual({
      id,
      createdAt: of.createdAt,
      kind: 'analysis',
      task: 'question',
      title: 'Topics',
      status: 'ok',
      providerName: 'OpenAI',
      host: 'api.openai.com',
      llm: true,
      model: 'gpt-4o-mini',
      attempt: 2,
      userId: 'anonymous',
      message: 'A question',
      reply: 'An answer',
      fileName: 'a.txt',
      latencyMs: 12.3,
      timeToFirstTokenMs: 1.5,
      promptTokens: 3,
      completionTokens: 4,
      totalTokens: 7,
      requestBytes: of.requestBytes,
      errorCode: null,
      modelAnswered: 'gpt-4o-mini-2024-07-18',
      parameters: '{"temperature":0}',
      httpStatus: 200,
      requestId: 'req_1',
      finishReason: 'stop',
      problem: null,
      conversationId: 'c',
      messageId: 'm',
      batchId: 'b',
      itemId: 3,
      note: 'a note',
      cachedTokens: 2,
      reasoningTokens: null,
      usage: USAGE,
      sent: true,
      requestBody: Buffer.from(of.body.bytes).toString('utf8'),
      replyBody: 'An answer',
      damagedTexts: [],
    });
    expect(await store.read.callDetail(id + 1)).toBeNull();
  });

  it.each([
    ['<think>\nLet me see.\n</think>\n\nFine.', 'Fine.'],
    ['<think>Let me see.', 'Let me see.'],
  ])('is listed with its answer, not with the reasoning before it: %j', async (reply, listed) => {
    const store = await openTestStore(makeFolder());
    const id = await record(store, 'How is it?', reply);
    expect((await store.read.pageOfCalls({ limit: 1 })).rows).toMatchObject([{ id, reply: listed }]);
    expect(await store.read.callDetail(id)).toMatchObject({ replyBody: reply });
  });

  it('keeps its first outcome', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const id = await record(store, 'A question', 'The first answer');
    await store.write.endCall(outcome(id, 'A second answer'));
    expect(await store.read.callDetail(id)).toMatchObject({ replyBody: 'The first answer' });
    expect((await store.read.pageOfCalls({ search: 'second', limit: 9 })).rows).toEqual([]);
    expect(openReader(folder).prepare('SELECT count(*) AS n FROM bodies').get(), 'no orphan').toEqual({ n: 2 });
  });

  it('shows the first hundred characters, without splitting one', async () => {
    const store = await openTestStore();
    const id = await record(store, '👍'.repeat(150), 'é'.repeat(150));
    const detail = await store.read.callDetail(id);
    expect(detail?.message).toBe('👍'.repeat(100));
    expect(detail?.reply).toBe('é'.repeat(100));
    expect(detail?.replyBody).toBe('é'.repeat(150));
  });

  it('without an outcome is in doubt at the next start, whatever its kind', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    await begin(store, intent('GET /models', { kind: 'probe', task: 'models', body: toRequestBody('', []) }));
    await begin(store, intent('A question'));
    await store.close();
    const next = await openTestStore(folder);
    expect(next.recovery.callsInDoubt).toBe(2);
    const { rows } = await next.read.pageOfCalls({ status: 'in_doubt', limit: 9 });
    expect(rows.map((row) => row.message)).toEqual(['A question', 'GET /models']);
  });

  it('is not repeated for the same item and request if it succeeded', async () => {
    const store = await openTestStore();
    const of = (itemId: number | null, asked = 'Sum up') => intent(asked, { itemId });
    const failed = await begin(store, of(7));
    await store.write.endCall(outcome(failed, null));
    const open = await begin(store, of(7));
    const done = await begin(store, of(7));
    await store.write.endCall(outcome(done, 'The sum', { note: 'n', finishReason: 'length', usage: null }));
    expect(await store.write.beginCall(of(7))).toEqual({
      finished: { callId: done, reply: 'The sum', note: 'n', finishReason: 'length', totalTokens: 7, usage: null },
    });
    expect(open).not.toBe(done);
    const elsewhere = { ...of(7), host: '127.0.0.1:11434' };
    for (const other of [of(8), of(7, 'Sum up!'), of(null), elsewhere]) {
      expect(await store.write.beginCall(other)).toHaveProperty('callId');
    }
  });
});

describe('bodies', () => {
  const bodies = (folder: string) =>
    openReader(folder)
      .prepare<[], { encoding: string; size: number; stored: number }>(
        'SELECT encoding, size, length(data) AS stored FROM bodies ORDER BY size DESC',
      )
      .all();

  it('are stored once, however many requests carry them', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const document = 'A long sentence with ünïcödé and "quotes".\n'.repeat(500);
    for (const title of ['Summary', 'Topics', 'Sentiment']) {
      const json = JSON.stringify({ messages: [{ content: `${title}: ${document}` }] });
      const id = await begin(store, intent(document, { title, body: toRequestBody(json, [document]) }));
      expect((await store.read.callDetail(id))?.requestBody, 'on its way').toBe(json);
      await store.write.endCall(outcome(id, 'ok'));
      expect((await store.read.callDetail(id))?.requestBody, 'ended').toBe(json);
    }
    const stored = bodies(folder);
    expect(stored.filter((body) => body.size > 10_000)).toHaveLength(1);
    expect(stored, 'three manifests, and the one reply').toHaveLength(5);
    expect(stored[0]).toMatchObject({ encoding: 'deflate-raw', size: Buffer.byteLength(document) });
    expect(stored[0]?.stored).toBeLessThan(Buffer.byteLength(document) / 5);
  });

  it('are stored as they are if deflate would make them larger', async () => {
    const folder = makeFolder();
    const store = await openTestStore(folder);
    const noise = randomBytes(4_000).toString('latin1');
    const id = await record(store, 'Noise?', noise);
    expect((await store.read.callDetail(id))?.replyBody).toBe(noise);
    const short = await record(store, 'Short?', 'Short.');
    expect((await store.read.callDetail(short))?.replyBody).toBe('Short.');
  });
});

describe('a request', () => {
  const folder = mkdtempSync(join(tmpdir(), 'docket-requests-'));
  let store: Store;

  beforeAll(async () => {
    store = await openStore(folder, workerUrl);
  });

  afterAll(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });

  const a = 'Texts may overlap: ananas. '.repeat(30);
  it.each([
    ['none', ['short'], []],
    ['one', [`Before ${a} after`], [a]],
    ['one that is the whole text', [a], [a]],
    ['one that occurs twice', [`${a}|${a}`], [a]],
    ['one that is listed twice', [`${a}|${a}`], [a, a]],
    ['several', [`x ${a}`, 'Other text', a], [a, 'Other text', a]],
    ['several in another order', ['first', 'second'], ['second', 'first']],
    ['overlapping ones', ['abcabcabc'], ['abcab', 'cabc']],
    ['one inside another', [a], [a, a.slice(5, 100)]],
    ['one that does not occur', ['something'], ['else']],
    ['an empty one', ['something'], ['']],
    ['quotes, escapes and controls', ['say "hi" \\ \n\t\u0000\u2028'], ['"hi" \\ \n\t\u0000\u2028']],
    ['one that ends inside an escape', ['a\nb'], ['n']],
    ['whole pairs', ['👍🏽 ok 👩‍👧'], ['🏽 ok 👩']],
    ['half a pair', ['x \ud83d y \ude00'], ['\ud83d', 'x \ud83d y', '\ude00']],
    ['half of a whole pair', ['x👍y'], ['\ud83d', '\udc4d']],
    ['what looks like an escaped half', ['\\ud83d'], ['\\ud83d', 'ud83d']],
  ])('is restored byte for byte, with %s shared', async (_name, contents, texts) => {
    const json = JSON.stringify({ model: 'm', messages: contents.map((content) => ({ role: 'user', content })) });
    const id = await record(store, 'x', 'y', { body: toRequestBody(json, texts) });
    expect((await store.read.callDetail(id))?.requestBody).toBe(json);
  });

  it('is restored byte for byte, whatever it contains', async () => {
    const alphabet = [
      'a',
      'b',
      '"',
      '\\',
      '\n',
      '\u0000',
      'é',
      '日',
      '👍',
      '\ud83d',
      '\udc4d',
      'ud83d',
      '\\u',
      '\u2028',
      '{',
      'body',
    ];
    let seed = 20_260_301;
    const below = (n: number) => {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
      return (seed >>> 8) % n;
    };
    const word = (most: number) => Array.from({ length: below(most) }, () => alphabet[below(alphabet.length)]).join('');
    for (let round = 0; round < 150; round += 1) {
      const content = word(60);
      const cut = () => content.slice(below(content.length + 1), below(content.length + 1));
      const texts = [cut(), word(4), cut(), content];
      const json = JSON.stringify({ messages: [{ content }, { content: word(20) + content }] });
      const id = await record(store, 'x', 'y', { body: toRequestBody(json, texts) });
      expect((await store.read.callDetail(id))?.requestBody, JSON.stringify(texts)).toBe(json);
    }
  });
});

describe('the history', () => {
  const found = async (store: Awaited<ReturnType<typeof openTestStore>>, filter: HistoryFilter) =>
    (await store.read.pageOfCalls({ ...filter, limit: 50 })).rows.map((row) => row.id);

  it('finds questions, answers and file names in any language', async () => {
    const store = await openTestStore();
    const paris = await record(store, 'Où est Besançon, près de Dijon?', 'À l’Est.');
    const tokyo = await record(store, '東京都の人口は何人ですか', '約1400万人です。');
    const thai = await record(store, 'สวัสดีชาวโลก', 'สวัสดี');
    const file = await record(store, 'Summarize in one sentence', 'Costs rose.', {
      fileName: 'Quartalsbericht-2026.pdf',
    });
    const code = await record(store, 'What does C++ `a OR b*` mean? "quoted" user@example.org', 'NOT what you think');
    const cases: readonly (readonly [string, readonly number[]])[] = [
      ['besancon', [paris]],
      ['BESANÇON', [paris]],
      ['bese', []],
      ['be', []],
      ['de', [paris]],
      ['bes dijon', []],
      ['dijon bes', [paris]],
      ['cafe\u0301', []],
      ['东京', []],
      ['東京', [tokyo]],
      ['人口', [tokyo]],
      ['口人', []],
      ['1400万', [tokyo]],
      ['ชาวโลก', [thai]],
      ['quartalsbericht', [file]],
      ['quartals', [file]],
      ['2026', [file]],
      ['costs rose', [file]],
      ['rose costs', [file]],
      ['"a OR b*', [code]],
      ['a OR besancon', []],
      ['C++', [code]],
      ['user@example.org', [code]],
      ['"quoted"', [code]],
      ['NOT', [code]],
      ['NEAR(a b)', []],
      ['reply:costs', []],
      ['{reply} : costs', []],
      ['-costs', [file]],
      ['^costs', [file]],
      ['(costs', [file]],
      ['costs\u0000rose', [file]],
      ["'; DROP TABLE calls; --", []],
      ['***', []],
      ['👍', []],
    ];
    for (const [search, expected] of cases) expect(await found(store, { search }), search).toEqual(expected);
    for (const search of ['', '   ']) expect(await found(store, { search })).toHaveLength(5);
  });

  it('finds a text in any spelling, in both directions', async () => {
    const store = await openTestStore();
    const hangul = '테스트 보고서: 3월 남품과 연계';
    const composed = await record(store, hangul, 'One');
    const decomposed = await record(store, hangul.normalize('NFD'), 'Two');
    const named = await record(store, 'Summarize', 'Three', { fileName: '연계 보고서.txt'.normalize('NFD') });
    const pointed = await record(store, 'كَتَبَ المُحَاسِبُ التَّقْرِيرَ السَّنَوِيَّ فِي الشَّهْرِ المَاضِي', 'Four');
    const bare = await record(store, 'كتب المحاسب', 'Five');
    const stretched = await record(store, 'Who?', 'كـتـب أحمد');
    const shy = await record(store, 'Das Ge\u00adsamt\u00adkon\u00adzept wurde vor\u200bge\u2060stellt.', 'Six');
    const russian = await record(store, 'Какои\u0306 первый итог?', 'Семён');
    const greek = await record(store, 'Πόσο κοστίζει;', 'Η ΟΔΟΣ');
    const kana = await record(store, 'ｶﾞｯｺｳ', 'か゛くせい');
    const latin = await record(store, 'Ｄｏｃｋｅｔ ２０２６, the ﬁnal ﬁgures', 'Đà Nẵng, Łódź, Straße');
    const hebrew = await record(store, 'שָׁלוֹם עוֹלָם', 'Seven');
    const hindi = await record(store, 'हिन्दी में लिखो', 'Eight');
    const cases: readonly (readonly [string, readonly number[]])[] = [
      ['보고서', [named, decomposed, composed]],
      ['보고서'.normalize('NFD'), [named, decomposed, composed]],
      ['연계', [named, decomposed, composed]],
      ['계연', []],
      ['كتب', [stretched, bare, pointed]],
      ['كَتَبَ', [stretched, bare, pointed]],
      ['كـتب', [stretched, bare, pointed]],
      ['التقرير', [pointed]],
      ['السنوي', [pointed]],
      ['احمد', [stretched]],
      ['كتب ا', []],
      ['Gesamtkonzept', [shy]],
      ['gesamt', [shy]],
      ['Ge\u00adsamtkonzept', [shy]],
      ['vorgestellt', [shy]],
      ['какой', [russian]],
      ['первыи\u0306', [russian]],
      ['какои', []],
      ['семен', [russian]],
      ['ποσο', [greek]],
      ['οδός', [greek]],
      ['ガッコウ', [kana]],
      ['がくせい', [kana]],
      ['かくせい', []],
      ['docket', [latin]],
      ['2026', [latin]],
      ['٢٠٢٦', [latin]],
      ['final figures', [latin]],
      ['ﬁnal', [latin]],
      ['da nang', [latin]],
      ['lodz', [latin]],
      ['STRASSE', [latin]],
      ['שלום', [hebrew]],
      ['עולם שלום', [hebrew]],
      ['हिन्दी', [hindi]],
      ['हन्द', []],
      ['हिन्', [hindi]],
    ];
    for (const [search, expected] of cases) expect(await found(store, { search }), search).toEqual(expected);
    const detail = await store.read.callDetail(shy);
    expect(detail?.requestBody, 'what is stored is as it was sent').toContain('Ge\u00adsamt\u00adkon\u00adzept');
  });

  it('finds a question that follows more text than is indexed', async () => {
    const store = await openTestStore();
    const json = JSON.stringify({ messages: [{ role: 'user', content: `${'word '.repeat(50_000)}Which gearbox?` }] });
    const id = await record(store, 'Which gearbox?', 'That one.', { body: toRequestBody(json, []) });
    expect(await found(store, { search: 'gearbox' })).toEqual([id]);
  });

  it('combines search and filters', async () => {
    const store = await openTestStore();
    const at = (createdAt: number) => ({ createdAt });
    const old = await record(store, 'budget one', 'x', { ...at(100), model: 'gpt-4o' });
    const failed = await begin(store, intent('budget two', { ...at(200), kind: 'analysis' }));
    await store.write.endCall(outcome(failed, null));
    const analysis = await record(store, 'budget three', 'x', { ...at(300), kind: 'analysis' });
    const open = await begin(store, intent('budget four', at(400)));
    expect(await found(store, {})).toEqual([open, analysis, failed, old]);
    expect(await found(store, { search: 'budget' }), 'what is on its way is not searchable yet').toEqual([
      analysis,
      failed,
      old,
    ]);
    expect(await found(store, { search: 'budget', kind: 'analysis' })).toEqual([analysis, failed]);
    expect(await found(store, { search: 'budget', kind: 'analysis', status: 'error' })).toEqual([failed]);
    expect(await found(store, { search: 'budget', model: 'gpt-4o' })).toEqual([old]);
    expect(await found(store, { from: 200, to: 400 })).toEqual([analysis, failed]);
    expect(await found(store, { search: 'bud', from: 200, to: 400, status: 'ok' })).toEqual([analysis]);
    expect(await found(store, { status: 'open' })).toEqual([open]);
    expect(await found(store, { model: 'unknown' })).toEqual([]);
  });

  it.each([undefined, 'report'])('pages without gaps or repeats while new rows arrive (search: %s)', async (search) => {
    const store = await openTestStore();
    await Promise.all(Array.from({ length: 25 }, (_, n) => record(store, `report ${n}`, 'x')));
    const seen: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await store.read.pageOfCalls({ search, before, limit: 10 });
      seen.push(...page.rows.map((row) => row.id));
      await record(store, 'report, new', 'x');
      if (page.nextBefore === null) break;
      before = page.nextBefore;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, n) => 25 - n));
  });

  it('ends where the rows end', async () => {
    const store = await openTestStore();
    for (const n of [1, 2, 3, 4]) await record(store, `report ${n}`, 'x');
    const first = await store.read.pageOfCalls({ limit: 2 });
    expect(first.nextBefore).toBe(3);
    const last = await store.read.pageOfCalls({ limit: 2, before: 3 });
    expect([last.rows.length, last.nextBefore]).toEqual([2, null]);
  });

  it('lists its models and counts its rows', async () => {
    const store = await openTestStore();
    expect(await store.read.historyFacets()).toEqual({ models: [], total: 0 });
    for (const model of ['b', 'a', 'c', 'a', 'b']) await record(store, 'x', 'y', { model });
    expect(await store.read.historyFacets()).toEqual({ models: ['a', 'b', 'c'], total: 5 });
  });

  it('sums up what has left the machine', async () => {
    const store = await openTestStore();
    const of = (host: string, createdAt: number, requestBytes: number, local = false, sent = true) =>
      record(store, 'x', 'y', { host, createdAt, requestBytes, local }, { sent });
    await of('old', 99, 1);
    await of('a', 100, 10);
    await of('b', 200, 20);
    await of('a', 300, 30);
    await of('127.0.0.1', 300, 1_000, true);
    await of('given-up', 300, 1_000, false, false);
    expect(await store.read.departuresSince(100)).toEqual({ calls: 3, bytes: 60, hosts: ['a', 'b'] });
    expect(await store.read.departuresSince(301)).toEqual({ calls: 0, bytes: 0, hosts: [] });
  });
});
