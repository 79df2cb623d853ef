import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import type { Worker } from 'node:worker_threads';
import { utils, write } from '@e965/xlsx';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createExtractor, type ExtractorOptions } from '../../src/main/documents/extractor.ts';
import { docx, pdf, writeManyFiles } from '../support/corpus.ts';
import { mail, part } from '../support/mail-files.ts';
import { id, msg } from '../support/msg-files.ts';
import { flateBombPdf, packZip, slowPdf } from './hostile-files.ts';
import { odfParts, p } from './odf/odf-parts.ts';
import { tempFolder } from './temp-folder.ts';

const workerUrl = new URL('../../src/main/documents/extract-worker.ts', import.meta.url);

function extractorWith(options: Partial<ExtractorOptions> = {}) {
  const extractor = createExtractor({ workerUrl, threads: 2, ...options });
  onTestFinished(() => extractor.close());
  return extractor;
}

/** A thread script that announces the file `endless` and hangs on it, and reads every other file at once. */
const holdableUrl = new URL(
  `data:text/javascript,${encodeURIComponent(`
    import { parentPort } from 'node:worker_threads';
    const announcements = new BroadcastChannel('reading');
    parentPort.on('message', ({ path }) => {
      if (path !== 'endless') return parentPort.postMessage({ result: { ok: true, value: { text: path } } });
      announcements.postMessage(path);
      for (;;);
    });`)}`,
);

/** Resolves when a thread hangs on the file `endless`. */
function nextHeldThread(): Promise<void> {
  const announcements = new BroadcastChannel('reading');
  return new Promise((resolve) => {
    announcements.onmessage = () => {
      announcements.close();
      resolve();
    };
  });
}

/** Threads still running, across all extractors of this file. */
let threadsAlive = 0;
subscribe('worker_threads', (message) => {
  const { worker } = message as { worker: Worker };
  threadsAlive += 1;
  worker.once('exit', () => {
    threadsAlive -= 1;
  });
});

describe('the extractor', () => {
  it('reads documents on threads and returns the results', async () => {
    const folder = tempFolder();
    const extractor = extractorWith();
    const [text, contract, plan, gone] = await Promise.all([
      extractor.extract(folder.put('a.txt', 'Plain words.')),
      extractor.extract(folder.put('b.pdf', await pdf('supplier-contract.txt'))),
      extractor.extract(folder.put('c.docx', await docx('project-plan.txt'))),
      extractor.extract(`${folder.path}/gone.txt`),
    ]);
    expect(text).toMatchObject({ ok: true, value: { text: 'Plain words.', format: 'text', encoding: 'utf-8' } });
    expect(contract).toMatchObject({ ok: true, value: { places: { starts: { length: 7 } } } });
    expect(plan).toMatchObject({ ok: true, value: { format: 'docx' } });
    expect(gone).toMatchObject({ ok: false, error: { code: 'file_vanished' } });
  });

  it('reads every format there, without what the test runner adds', async () => {
    const folder = tempFolder();
    const extractor = extractorWith();
    const written = (name: string) => readFileSync(new URL(`./files/${name}`, import.meta.url));
    const old = utils.book_new();
    utils.book_append_sheet(old, utils.aoa_to_sheet([['Budget']]), 'A');
    const letter = mail(['Subject: Budget'], part('text/plain', 'Words'));
    const files: Readonly<Record<string, string | Uint8Array>> = {
      ...Object.fromEntries(
        ['rich.doc', 'budget.xlsx', 'budget.ods', 'harbour.pptx', 'harbour.odp', 'languages.rtf'].map((name) => [
          name,
          written(name),
        ]),
      ),
      'a.odt': packZip(odfParts('text', p('Words'))),
      'a.xls': write(old, { type: 'buffer', bookType: 'biff8' }),
      'a.msg': msg([{ id: id.subject, value: 'Budget' }]),
      'a.eml': letter,
      'a.mbox': Buffer.concat([Buffer.from('From ana@example.org Tue Mar  4 10:15:00 2025\n'), letter]),
      'a.html': '<p>Words</p>',
      'a.epub': packZip({
        'META-INF/container.xml': '<container><rootfile full-path="book.opf"/></container>',
        'book.opf':
          '<package><manifest><item id="a" href="a.xhtml"/></manifest><spine><itemref idref="a"/></spine></package>',
        'a.xhtml': '<p>Words</p>',
      }),
    };
    const formats = await Promise.all(
      Object.entries(files).map(async ([name, bytes]) => {
        const read = await extractor.extract(folder.put(name, bytes));
        return [name, read.ok ? read.value.format : read.error];
      }),
    );
    expect(formats).toEqual(Object.keys(files).map((name) => [name, name.split('.').at(-1)]));
  });

  it('leaves a text longer than requested in its thread, and reports its length', async () => {
    const folder = tempFolder();
    const extractor = extractorWith();
    const path = folder.put('long.txt', 'Plain words.');
    expect(await extractor.extract(path, { maxCharacters: 11 })).toMatchObject({
      value: { text: null, characters: 12, tokens: 3, format: 'text', notes: [] },
    });
    expect(await extractor.extract(path, { maxCharacters: 12 })).toMatchObject({ value: { text: 'Plain words.' } });
  });

  it('reads more documents than it has threads, each once', async () => {
    const folder = tempFolder();
    const paths = await writeManyFiles(folder.path, 300, { bytes: 10_000 });
    // A busy machine makes a file look slow, which has threads of its own.
    const extractor = extractorWith({ quickMs: 60_000 });
    let most = 0;
    const results = await Promise.all(
      paths.map(async (path) => {
        const result = await extractor.extract(path);
        most = Math.max(most, threadsAlive);
        return result.ok ? result.value.text?.split('.')[0] : result.error.code;
      }),
    );
    expect(results).toEqual(paths.map((_, index) => `Note ${index + 1}`));
    expect(most).toBe(2);
  });

  it('gives up on a document that takes more work than its size explains', async () => {
    const extractor = extractorWith({ threads: 1, workMs: () => 1_500 });
    const takesMinutes = slowPdf();
    expect(await extractor.extract(tempFolder().put('endless.pdf', takesMinutes))).toMatchObject({
      ok: false,
      error: { code: 'extract_timeout', params: { limitMs: 1_500 } },
    });
  });

  it('continues on a new thread after giving one up', async () => {
    const extractor = extractorWith({ threads: 1, workMs: () => 1_500, workerUrl: holdableUrl });
    const results = await Promise.all([extractor.extract('endless'), extractor.extract('next')]);
    expect(results).toMatchObject([
      { ok: false, error: { code: 'extract_timeout' } },
      { ok: true, value: { text: 'next' } },
    ]);
  });

  it('limits work by the size of the document', async () => {
    const sizes = new Set<number | null>();
    const workMs = (bytes: number | null) => {
      sizes.add(bytes);
      return bytes === null ? 60_000 : 1_000;
    };
    const extractor = extractorWith({ threads: 1, workMs });
    const endless = slowPdf();
    expect(await extractor.extract(tempFolder().put('endless.pdf', endless))).toMatchObject({
      error: { code: 'extract_timeout', params: { limitMs: 1_000 } },
    });
    expect([...sizes]).toContain(endless.length);
  });

  it('gives up on a document whose drive does not respond, and says so', async () => {
    const silent = `import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => {});`;
    const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(silent)}`);
    const extractor = extractorWith({ threads: 1, stallMs: 300, workerUrl });
    expect(await extractor.extract('far away')).toMatchObject({
      error: { code: 'extract_timeout', params: { limitMs: 300, stalled: true } },
    });
  });

  it('lets others overtake slow documents, however many there are', async () => {
    const extractor = extractorWith({ threads: 1, quickMs: 200, workMs: () => 600_000, workerUrl: holdableUrl });
    const abort = new AbortController();
    const hostile = Array.from({ length: 6 }, () => extractor.extract('endless', { signal: abort.signal }));
    const good = await Promise.all(['a', 'b', 'c'].map((path) => extractor.extract(path)));
    expect(good).toMatchObject(['a', 'b', 'c'].map((text) => ({ ok: true, value: { text } })));
    // One quick thread, two slow ones: no more run at a time (one may still be ending), and no document is lost.
    await expect.poll(() => threadsAlive).toBeLessThanOrEqual(4);
    abort.abort();
    for (const result of await Promise.all(hostile)) expect(result).toMatchObject({ error: { code: 'cancelled' } });
  });

  it('has a thread for the next document before it lets that overtake a slow one', async () => {
    const extractor = extractorWith({ threads: 1, quickMs: 4_000, workMs: () => 600_000, workerUrl: holdableUrl });
    const abort = new AbortController();
    let isRead = false;
    const slow = extractor.extract('endless', { signal: abort.signal });
    const next = extractor.extract('next').then(() => {
      isRead = true;
    });
    await expect.poll(() => threadsAlive).toBe(2);
    expect(isRead).toBe(false);
    await next;
    abort.abort();
    await slow;
  });

  it('lets others overtake documents whose drive does not respond', async () => {
    const stuck = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ path }) => {
        if (path !== 'far') parentPort.postMessage({ result: { ok: true, value: { text: path } } });
      });`;
    const workerUrl = new URL(`data:text/javascript,${encodeURIComponent(stuck)}`);
    const extractor = extractorWith({ threads: 1, quickMs: 100, workerUrl });
    for (let each = 0; each < 5; each += 1) void extractor.extract('far');
    expect(await extractor.extract('near')).toMatchObject({ value: { text: 'near' } });
  });

  it('leaves a slow document alone while nobody waits', async () => {
    const extractor = extractorWith({ threads: 1, quickMs: 50, workMs: () => 1_500, workerUrl: holdableUrl });
    let started = 0;
    const onStart = () => {
      started += 1;
    };
    subscribe('worker_threads', onStart);
    onTestFinished(() => void unsubscribe('worker_threads', onStart));
    expect(await extractor.extract('endless')).toMatchObject({ error: { code: 'extract_timeout' } });
    expect(started).toBe(1);
  });

  it('finishes overtaken documents once nothing else is waiting', async () => {
    const folder = tempFolder();
    const extractor = extractorWith({ threads: 1, quickMs: 1 });
    const paths = await Promise.all(
      [1, 2, 3, 4, 5, 6].map(async (number) => folder.put(`${number}.pdf`, await pdf('supplier-contract.txt'))),
    );
    const results = await Promise.all(paths.map((path) => extractor.extract(path)));
    for (const result of results)
      expect(result).toMatchObject({ ok: true, value: { places: { starts: { length: 7 } } } });
  });

  it('ends a thread whose heap exceeds the limit, and no other', async () => {
    const folder = tempFolder();
    const extractor = extractorWith({ maxHeapMb: 64 });
    const [big, small] = await Promise.all([
      extractor.extract(folder.put('big.html', '<p>Größe “und” mehr '.repeat(700_000))),
      extractor.extract(folder.put('small.txt', 'Still here.')),
    ]);
    expect(big).toMatchObject({
      ok: false,
      error: { code: 'extract_memory', params: { limitBytes: 64_000_000 } },
    });
    expect(small).toMatchObject({ ok: true });
    expect(await extractor.extract(folder.put('next.txt', 'And here.'))).toMatchObject({ ok: true });
  });

  it('ends a thread whose buffers exceed the limit: a page that unpacks to hundreds of megabytes', async () => {
    const folder = tempFolder();
    const extractor = extractorWith({ threads: 1, maxHeapMb: 64 });
    const bomb = folder.put('bomb.pdf', await flateBombPdf(400));
    const before = process.memoryUsage().rss;
    let peak = before;
    const during = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().rss);
    }, 20);
    expect(await extractor.extract(bomb)).toMatchObject({ ok: false, error: { code: 'extract_memory' } });
    clearInterval(during);
    expect(peak - before).toBeLessThan(300_000_000);
    expect(await extractor.extract(folder.put('next.txt', 'Still here.'))).toMatchObject({ ok: true });
  });

  it('stops reading a document when it is cancelled', async () => {
    const extractor = extractorWith({ threads: 1, workerUrl: holdableUrl });
    const controller = new AbortController();
    const held = nextHeldThread();
    const reading = extractor.extract('endless', { signal: controller.signal });
    await held;
    controller.abort();
    expect(await reading).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(await extractor.extract('next')).toMatchObject({ ok: true });
  });

  it('removes a cancelled document from the queue and never starts one cancelled beforehand', async () => {
    const extractor = extractorWith({ threads: 1, workerUrl: holdableUrl });
    const first = new AbortController();
    const second = new AbortController();
    const reading = extractor.extract('endless', { signal: first.signal });
    const queued = extractor.extract('queued', { signal: second.signal });
    const after = extractor.extract('after');
    second.abort();
    expect(await queued).toMatchObject({ error: { code: 'cancelled' } });
    expect(await extractor.extract('never', { signal: AbortSignal.abort() })).toMatchObject({
      error: { code: 'cancelled' },
    });
    first.abort();
    expect(await reading).toMatchObject({ error: { code: 'cancelled' } });
    expect(await after).toMatchObject({ ok: true });
  });

  it('ends everything on close, and accepts nothing afterwards', async () => {
    const extractor = extractorWith({ threads: 1, workerUrl: holdableUrl });
    const held = nextHeldThread();
    const jobs = [extractor.extract('endless'), extractor.extract('queued')];
    await held;
    await extractor.close();
    for (const result of await Promise.all(jobs)) expect(result).toMatchObject({ error: { code: 'shutting_down' } });
    expect(await extractor.extract('late.txt')).toMatchObject({ error: { code: 'shutting_down' } });
    expect(threadsAlive).toBe(0);
  });

  it('ends idle threads, and starts one again when needed', async () => {
    const folder = tempFolder();
    const path = folder.put('a.txt', 'Plain words.');
    const extractor = extractorWith({ idleMs: 50 });
    await extractor.extract(path);
    expect(threadsAlive).toBe(1);
    await expect.poll(() => threadsAlive).toBe(0);
    expect(await extractor.extract(path)).toMatchObject({ ok: true });
  });

  it('reports a crashing thread as a bug', async () => {
    const extractor = extractorWith({ workerUrl: new URL('data:text/javascript,throw new Error("bug")') });
    expect(await extractor.extract('any.txt')).toMatchObject({
      ok: false,
      error: { code: 'unexpected', detail: expect.stringContaining('bug') },
    });
  });

  it('gives its threads no environment, which may hold keys', async () => {
    const script = `
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', () => parentPort.postMessage({ result: { ok: true, value: Object.keys(process.env) } }));`;
    const extractor = extractorWith({ workerUrl: new URL(`data:text/javascript,${encodeURIComponent(script)}`) });
    expect(await extractor.extract('any.txt')).toEqual({ ok: true, value: [] });
  });
});
