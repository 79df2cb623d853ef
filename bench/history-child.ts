/** Builds a long history in one of two ways, or runs typical queries on it and reports how long each took. */
import Database from 'better-sqlite3';
import { openStoreForReading } from '../src/main/store/store.ts';
import { collectGarbage, readTask, sendReport } from './child.ts';
import { storeWorker } from './docket-parts.ts';
import { buildPlainTable, buildStore, plainFile } from './history-build.ts';
import { type Figure, makeQuestions, type Page } from './history-questions.ts';
import { createRandom } from './history-rows.ts';

export interface HistoryTask {
  readonly contender: 'docket' | 'plain';
  readonly folder: string;
  readonly calls: number;
  /** How often to run each kind of query; 0 builds the history instead. */
  readonly each: number;
}

export interface Answered {
  readonly figure: Figure | 'detail';
  readonly sort: string;
  readonly ms: number;
}

interface Asked {
  page(page: Page): Promise<unknown> | unknown;
  detail(id: number): Promise<unknown> | unknown;
  close(): Promise<void> | void;
}

const task = readTask<HistoryTask>();

/** Through the thread that serves the window. */
async function openDocket(): Promise<Asked> {
  const { read, close } = await openStoreForReading(task.folder, storeWorker);
  return { page: read.pageOfCalls, detail: read.callDetail, close };
}

/** In this thread: a page by OFFSET, a word by LIKE. */
function openPlain(): Asked {
  const db = new Database(plainFile(task.folder), { readonly: true });
  return {
    page: (page) => {
      const { sql, bound } = plainPage(page);
      return db.prepare(sql).all(...bound);
    },
    detail: (id) => db.prepare('SELECT * FROM calls WHERE id = ?').get(id),
    close: () => void db.close(),
  };
}

function plainPage({ search, kind, status, model, from, to, before, limit }: Page) {
  const words = search?.split(' ').map((word) => `%${word}%`) ?? [];
  const conditions: readonly (readonly [string, string | number | undefined])[] = [
    ['kind = ?', kind],
    ['status = ?', status],
    ['model = ?', model],
    ['created_at >= ?', from],
    ['created_at < ?', to],
    ...words.map(
      (word) => ["request || ' ' || ifnull(reply, '') || ' ' || ifnull(file_name, '') LIKE ?", word] as const,
    ),
  ];
  const used = conditions.flatMap(([sql, value]) => (value === undefined ? [] : [{ sql, value }]));
  const where = used.length === 0 ? '' : `WHERE ${used.map(({ sql }) => sql).join(' AND ')}`;
  const offset = before === undefined ? 0 : task.calls - before + 1;
  return {
    sql: `SELECT id, created_at, kind, task, status, model, host, file_name, substr(request, 1, 100), substr(reply, 1, 100),
      tokens, latency_ms, error FROM calls ${where} ORDER BY id DESC LIMIT ? OFFSET ?`,
    bound: [...used.map(({ value }) => value), limit, offset],
  };
}

async function askAll(asked: Asked, each: number): Promise<readonly Answered[]> {
  const random = createRandom(11);
  const answered: Answered[] = [];
  const time = async (figure: Answered['figure'], sort: string, ask: () => Promise<unknown> | unknown) => {
    const startedAt = performance.now();
    await ask();
    answered.push({ figure, sort, ms: performance.now() - startedAt });
  };
  for (const { figure, sort, page } of makeQuestions(task.calls, each)) {
    await time(figure, sort, () => asked.page(page));
    const id = 1 + Math.floor(random() * task.calls);
    await time('detail', 'any', () => asked.detail(id));
  }
  return answered;
}

if (task.each === 0) {
  const build = task.contender === 'docket' ? buildStore : buildPlainTable;
  build(task.folder, task.calls);
  await sendReport([]);
} else {
  const asked = task.contender === 'docket' ? await openDocket() : openPlain();
  await askAll(asked, 1);
  collectGarbage();
  await sendReport(await askAll(asked, task.each));
  await asked.close();
}
process.exit(0);
