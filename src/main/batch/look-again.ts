/** Looks once more at what was dropped: a folder of work gets new files, and files are edited. */

import type { Extractor } from '../documents/extractor.ts';
import type { Store } from '../store/store.ts';
import { collectFiles, type KnownFiles } from './collect.ts';
import { editedSince } from './edited-files.ts';
import type { Whereabouts } from './item-record.ts';
import type { LookOptions } from './looks.ts';

const CHECK_CHUNK = 500;
const PATHS_CHUNK = 5_000;

export interface FolderLook {
  /** Puts finished files that were edited since back into the queue. @returns how many. */
  requeueEdited(batchId: string, options?: Pick<LookOptions, 'signal'>): Promise<number>;
  /** Queues the files that are not on record. */
  addNew(batchId: string, paths: readonly string[], options: LookOptions): Promise<NewFiles>;
}

export interface NewFiles {
  /** How many were added, those that cannot be read included. */
  readonly added: number;
  /** Names that were passed over. */
  readonly skipped: number;
}

function keyOf({ path, inside }: Whereabouts): string {
  return JSON.stringify([path, ...inside]);
}

interface FolderLookParts {
  readonly extractor: Pick<Extractor, 'list'>;
  readonly store: Pick<Store, 'read' | 'write'>;
  /** Files and folders that no batch reads. */
  readonly leaveOut: readonly string[];
  /** Ends a look early; what it has found by then is on record. */
  readonly signal: AbortSignal;
}

export function createFolderLook({ store: { read, write }, extractor, leaveOut, signal }: FolderLookParts): FolderLook {
  const known = async (batchId: string): Promise<KnownFiles> => {
    const files = new Map<string, boolean>();
    for (let after = -1; ; ) {
      const page = await read.filesOnRecord(batchId, after, PATHS_CHUNK);
      for (const file of page) files.set(keyOf(file), file.isWhole);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last.position;
    }
    return {
      has: (file) => files.has(keyOf(file)),
      isWhole: (path) => files.get(keyOf({ path, inside: [] })) === true,
    };
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
    addNew: async (batchId, paths, look) => {
      let added = 0;
      const options = { ...look, leaveOut, list: extractor.list, known: await known(batchId) };
      const skipped = await collectFiles(write, batchId, paths, options, ({ queued, failed }) => {
        added += queued + failed;
      });
      return { added, skipped };
    },
  };
}
