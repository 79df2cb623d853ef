/** Looks once more at what was dropped: a folder of work gets new files, and files are edited, renamed and deleted. */
import type { SeenFile } from '../../shared/watch-data.ts';
import { mayHoldFiles } from '../documents/containers/may-hold-files.ts';
import { hasOwnText, openedWalk } from '../documents/containers/opened-walk.ts';
import type { Extractor } from '../documents/extractor.ts';
import { type Found, type WalkSummary, walk } from '../documents/walk.ts';
import type { Store } from '../store/store.ts';
import { editedSince } from './edited-files.ts';
import type { EditedFile, ItemOnRecord, NewItem, Whereabouts } from './item-record.ts';
import { type Changed, compareFiles, isMissing, type Settling, those, type Unsettled, weigh } from './look-compare.ts';
import { matchNames } from './look-names.ts';
import type { LookOptions } from './looks.ts';
import { createReadArea } from './read-area.ts';

const CHECK_CHUNK = 500;
const RECORDS_CHUNK = 5_000;

export interface FolderLook {
  /** Puts finished files that were edited since back into the queue. @returns how many. */
  requeueEdited(batchId: string, options?: Pick<LookOptions, 'signal'>): Promise<number>;
  /** Compares the folder with what is on record, takes over what is different, and queues what is new or edited. */
  look(batchId: string, paths: readonly string[], options?: FolderLookOptions): Promise<Look>;
}

export interface FolderLookOptions extends Partial<LookOptions> {
  /** Only what lies at these paths; left out, everything. */
  readonly only?: ReadonlySet<string> | undefined;
  /** For a watch, which leaves alone what may still be written. */
  readonly settling?: Settling | undefined;
}

/** What a look has found. */
export interface Look {
  /** The files by what was seen of them. */
  readonly seen: readonly SeenFile[];
  /** What may still be written. */
  readonly unsettled: Unsettled;
  /** Names that were passed over. */
  readonly skipped: number;
}

interface Opened {
  readonly added: readonly NewItem[];
  /** Rows of archives that could not be opened before, and now give way to the files in them. */
  readonly opened: readonly ItemOnRecord[];
  readonly skipped: number;
}

interface FolderLookParts {
  readonly extractor: Pick<Extractor, 'list'>;
  readonly store: Pick<Store, 'read' | 'write'>;
  /** Files and folders that no batch reads. */
  readonly leaveOut: readonly string[];
  /** Ends a look early; what it has found by then is on record. */
  readonly signal: AbortSignal;
  readonly now: () => number;
}

export function createFolderLook(parts: FolderLookParts): FolderLook {
  const { extractor, leaveOut, signal, now } = parts;
  const { read, write } = parts.store;

  const onRecord = async (batchId: string, only: ReadonlySet<string> | undefined): Promise<readonly ItemOnRecord[]> => {
    if (only !== undefined) return read.itemsAtPaths(batchId, [...only]);
    const items: ItemOnRecord[] = [];
    for (let after = -1; ; ) {
      const page = await read.itemsOnRecord(batchId, after, RECORDS_CHUNK);
      items.push(...page);
      const last = page.at(-1);
      if (last === undefined) return items;
      after = last.position;
    }
  };

  /** What is new on disk, and what is new in a file that is there already. */
  const openNew = async (
    paths: readonly string[],
    records: readonly ItemOnRecord[],
    found: readonly Found[],
    stopped: boolean,
  ): Promise<Opened> => {
    // Whoever ends a look waits for no archive.
    const wanted = stopped ? found.filter(({ name }) => !mayHoldFiles(name)) : found;
    if (wanted.length === 0) return { added: [], opened: [], skipped: 0 };
    const known = new Set(records.map(keyOf));
    const whole = new Set(records.filter(isReadWhole).map(pathOf));
    const readArea = createReadArea(paths);
    const added: NewItem[] = [];
    const unopened = new Set<string>();
    const files = openedWalk(listed(wanted), {
      signal,
      list: (path, inside) => extractor.list(path, { signal, inside, roots: readArea(path) }),
      isWhole: (path) => whole.has(path),
    });
    for (;;) {
      const next = await files.next();
      if (next.done === true) {
        const looked = new Set(wanted.map(pathOf).filter((path) => !unopened.has(path)));
        const opened = records.filter(({ path, inside }) => inside.length === 0 && looked.has(path));
        return { added, opened: signal.aborted ? [] : opened, skipped: next.value.skipped };
      }
      if (next.value.inside.length === 0) unopened.add(next.value.path);
      if (!known.has(keyOf(next.value))) added.push(next.value);
    }
  };

  const look = async (
    batchId: string,
    paths: readonly string[],
    { only, settling, signal: ended = signal, onSeen }: FolderLookOptions = {},
  ): Promise<Look> => {
    const records = await onRecord(batchId, only);
    const files = walk(paths, { signal: ended, onSeen, leaveOut, only });
    const compared = await compareFiles(records, files, settling);
    const stopped = ended.aborted;
    const missing = stopped ? [] : await those(compared.unseen, ({ path }) => isMissing(path));
    const { edited, touched } = await weigh(compared.changed);
    const named = await matchNames(compared.fresh, [...missing, ...compared.stillGone], records);
    // By hand, all archives are opened: what is passed over in them is counted.
    const containers = settling === undefined ? compared.met : edited.map(({ file }) => file);
    const toOpen = new Set(containers.filter(({ name }) => mayHoldFiles(name)));
    const { added, opened, skipped } = await openNew(paths, records, [...named.fresh, ...toOpen], stopped);
    const moved = new Set(named.renamed.map(({ itemId }) => itemId));
    const gone = missing.filter(({ itemId }) => !moved.has(itemId));
    const { renamed } = named;
    await takeOver(batchId, settling !== undefined, { added, edited, touched, renamed, gone, back: compared.back });
    const itemIds = opened.map(({ itemId }) => itemId);
    if (itemIds.length > 0) await write.removeItems(batchId, itemIds);
    return {
      seen: [
        ...added.map(({ name, problem }) => ({ sight: problem === null ? 'added' : 'unreadable', name }) as const),
        ...edited.map(({ record: { name } }) => ({ sight: 'edited', name }) as const),
        ...renamed.map(({ name }) => ({ sight: 'renamed', name }) as const),
        ...gone.map(({ name }) => ({ sight: 'gone', name }) as const),
        ...compared.back.map(({ name }) => ({ sight: 'back', name }) as const),
      ],
      unsettled: compared.unsettled,
      skipped: compared.skipped + skipped,
    };
  };

  interface Taken {
    readonly added: readonly NewItem[];
    readonly edited: readonly Changed[];
    readonly touched: readonly Changed[];
    readonly renamed: Awaited<ReturnType<typeof matchNames>>['renamed'];
    readonly gone: readonly ItemOnRecord[];
    readonly back: readonly ItemOnRecord[];
  }

  /** In chunks: others write between them, and a batch of any size is on record bit by bit. */
  const takeOver = async (batchId: string, isWatch: boolean, taken: Taken) => {
    const longest = Math.max(...Object.values(taken).map((list) => list.length));
    for (let from = 0; from < longest; from += CHECK_CHUNK) {
      const some = <T>(list: readonly T[]) => list.slice(from, from + CHECK_CHUNK);
      const changes = {
        added: some(taken.added),
        edited: some(taken.edited).map(asEdited),
        touched: some(taken.touched).map(asEdited),
        renamed: some(taken.renamed),
        gone: some(taken.gone).map(({ itemId }) => itemId),
        back: some(taken.back).map(({ itemId }) => itemId),
      };
      await write.applyLook(batchId, changes, now(), isWatch ? now() : null);
    }
  };

  return {
    requeueEdited: async (batchId, options = { signal }) => {
      let edited = 0;
      for (let after = -1; !options.signal.aborted; ) {
        const files = await read.finishedFiles(batchId, after, CHECK_CHUNK);
        const since = await editedSince(files);
        await write.requeueEditedItems(since);
        edited += since.length;
        const last = files.at(-1);
        if (last === undefined) return edited;
        after = last.position;
      }
      return edited;
    },
    look,
  };
}

function keyOf({ path, inside = [] }: Pick<Whereabouts, 'path'> & Partial<Whereabouts>): string {
  return JSON.stringify([path, ...inside]);
}

function pathOf({ path }: Pick<Whereabouts, 'path'>): string {
  return path;
}

/** As a walk gives them. */
/**
 * A file that was read with all that it holds: its answer is about all of it. So are mailboxes of before their mails had rows
 * of their own.
 */
function isReadWhole({ inside, isWhole, sha256, apart, name }: ItemOnRecord): boolean {
  return inside.length === 0 && (isWhole || (sha256 !== null && !apart && !hasOwnText(name)));
}

async function* listed(files: readonly Found[]): AsyncGenerator<Found, WalkSummary> {
  yield* files;
  return { files: files.length, failed: 0, skipped: 0, repeated: 0, aborted: false };
}

function asEdited({ record, file }: Changed): EditedFile {
  const { itemId, inside } = record;
  return { itemId, isInside: inside.length > 0, bytes: file.bytes, modifiedAt: file.modifiedAt };
}
