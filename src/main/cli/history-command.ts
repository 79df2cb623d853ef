import { lstatSync } from 'node:fs';
import type { CallRow, HistoryFilter } from '../../shared/call-data.ts';
import { neverSetOut } from '../../shared/never-set-out.ts';
import { whyNoFolder } from '../common/make-folder.ts';
import { isLost } from '../store/lost-store.ts';
import type { Reads } from '../store/operations.ts';
import { openStoreForReading, storeFile } from '../store/store.ts';
import { StoreError } from '../store/store-error.ts';
import { storeErrorInWords, whyNotOpened } from '../store/why-not-opened.ts';
import type { HistoryCommand } from './arguments.ts';
import type { CliContext } from './context.ts';
import { localTime, oneLine, writeAll } from './output.ts';

const PAGE = 200;

/** Prints the history. It only reads, so it works beside a running app, without a network and without a provider. */
export async function runHistory(command: HistoryCommand, context: CliContext): Promise<number> {
  const wrong = whyNoFolder(context.dataDir);
  if (wrong !== null) throw whyNotOpened(new Error(wrong), context.dataDir);
  const file = storeFile(context.dataDir);
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined && !isLost(file)) {
    context.progress.write(`There is no history in ${context.dataDir} yet.\n`);
    return 0;
  }
  const store = await openStoreForReading(context.dataDir, context.storeWorker).catch((error: unknown) => {
    throw whyNotOpened(error, context.dataDir);
  });
  if (store.isSnapshot) {
    context.progress.write(`${context.dataDir} is read-only: this is the history as stored there.\n`);
  }
  try {
    const shown: Shown = { count: 0, all: null };
    await writeAll(lines(store.read, command, shown), context.out).catch((error: unknown) => {
      throw error instanceof StoreError ? error : notWritten(error);
    });
    if (shown.all === true && shown.count === 0) context.progress.write('No call was found.\n');
    if (shown.all === false) context.progress.write(await moreWords(store.read, command, shown.count));
    return 0;
  } catch (error) {
    throw storeErrorInWords(error, context.dataDir);
  } finally {
    await store.close();
  }
}

/** A full disk behind `> FILE`, for one. */
function notWritten(error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new Error(`The list could not be written in full: ${reason}. Write it somewhere else.`);
}

interface Shown {
  count: number;
  /** Null until the list has ended, which it does not if its reader stops. */
  all: boolean | null;
}

function filterOf({ search, kind, status }: HistoryCommand): HistoryFilter {
  return { search: search ?? undefined, kind: kind ?? undefined, status: status ?? undefined };
}

async function* lines(read: Pick<Reads, 'pageOfCalls'>, command: HistoryCommand, shown: Shown): AsyncGenerator<string> {
  let left = command.limit;
  let before: number | null | undefined;
  while (left > 0 && before !== null) {
    const page = await read.pageOfCalls({ ...filterOf(command), before, limit: Math.min(PAGE, left) });
    for (const row of page.rows) yield command.json ? `${JSON.stringify(row)}\n` : line(row);
    shown.count += page.rows.length;
    left -= page.rows.length;
    before = page.nextBefore;
  }
  shown.all = before === null;
}

/** Says on the side that the list was cut short. */
async function moreWords(read: Pick<Reads, 'countCalls'>, command: HistoryCommand, shown: number): Promise<string> {
  const count = await read.countCalls(filterOf(command));
  const all = count === null ? 'more than 10,000 calls' : `${count.toLocaleString('en-US')} calls`;
  return `The newest ${shown.toLocaleString('en-US')} of ${all} are shown. --limit N shows more.\n`;
}

function line(row: CallRow): string {
  const tokens = row.llm ? (row.totalTokens ?? 'unknown') : 'n/a';
  const cells = [
    localTime(row.createdAt),
    row.status.padEnd(9),
    (row.title ?? row.task).padEnd(9),
    row.host,
    row.model,
    neverSetOut(row) ? 'not sent' : `${row.latencyMs ?? '?'} ms`,
    `${tokens} tokens`,
    oneLine(row.fileName ?? row.message),
    oneLine(row.reply ?? row.errorCode ?? ''),
  ];
  return `${cells.join('  ')}\n`;
}
