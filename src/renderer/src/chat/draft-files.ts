import { createStore } from 'zustand/vanilla';
import { MAX_ATTACHMENTS } from '../../../shared/attachments.ts';
import type { Attachment, PickedFile } from '../../../shared/chat-data.ts';
import type { Bridge } from '../../../shared/contract.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { TextStorage } from './drafts.ts';

interface FileOf {
  /** The id of the grant, and later of the attachment. */
  readonly id: string;
  readonly name: string;
  readonly bytes: number | null;
}

/** A file in a composer. */
export type DraftFile = FileOf &
  (
    | { readonly state: 'reading' }
    | { readonly state: 'read'; readonly attachment: Attachment }
    | { readonly state: 'failed'; readonly problem: Problem }
  );

type Outcome =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly attachment: Attachment }
  | { readonly state: 'failed'; readonly problem: Problem };

const storageKey = 'docket.draftFiles';
const none: readonly DraftFile[] = [];

function isFileOf(value: unknown): value is FileOf {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, bytes } = value as Partial<Record<keyof FileOf, unknown>>;
  return typeof id === 'string' && typeof name === 'string' && (bytes === null || typeof bytes === 'number');
}

function readStored(storage: TextStorage): Readonly<Record<string, readonly FileOf[]>> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).map(([key, files]) => [key, Array.isArray(files) ? files.filter(isFileOf) : []]),
    );
  } catch {
    // A damaged entry costs a draft, never the window.
    return {};
  }
}

/** Attached files that are not sent yet, by conversation. Main stores their texts; the window stores their list. */
export function createDraftFiles(
  bridge: Bridge,
  storage: TextStorage,
  newId: () => string = () => crypto.randomUUID(),
) {
  const stored = readStored(storage);
  const store = createStore<{ readonly files: Readonly<Record<string, readonly DraftFile[]>> }>(() => ({
    files: Object.fromEntries(
      Object.entries(stored).map(([key, files]) => [
        key,
        files.map((file) => ({ ...file, state: 'reading' as const })),
      ]),
    ),
  }));
  const filesOf = (key: string) => store.getState().files[key] ?? none;

  function set(key: string, files: readonly DraftFile[]): void {
    const { [key]: _old, ...others } = store.getState().files;
    const next = files.length === 0 ? others : { ...others, [key]: files };
    store.setState({ files: next });
    const kept = Object.entries(next).map(([name, list]) => [
      name,
      list.map(({ id, name, bytes }) => ({ id, name, bytes })),
    ]);
    try {
      storage.setItem(storageKey, JSON.stringify(Object.fromEntries(kept)));
    } catch {
      // The quota of localStorage is used up. The draft stays in memory.
    }
  }

  /** Finds the file in whichever draft has it. A file removed in the meantime is in none. */
  function settle(id: string, outcome: Outcome): void {
    for (const [key, files] of Object.entries(store.getState().files)) {
      if (!files.some((file) => file.id === id)) continue;
      set(
        key,
        files.map(({ name, bytes, ...file }) =>
          file.id === id ? { id, name, bytes, ...outcome } : { ...file, name, bytes },
        ),
      );
    }
  }

  async function read(id: string, without: 'nothing' | 'damaged_pages' = 'nothing'): Promise<void> {
    const answer = await (without === 'nothing'
      ? bridge.request('chat.attach', { grant: id })
      : bridge.request('chat.attachWithoutPages', { attachmentId: id }));
    settle(id, answer.ok ? { state: 'read', attachment: answer.value } : { state: 'failed', problem: answer.error });
  }

  /** Adds files and reads those that exist on this machine. */
  async function add(key: string, files: readonly (FileOf & { readonly granted: boolean })[]): Promise<Problem | null> {
    const before = filesOf(key);
    if (before.length + files.length > MAX_ATTACHMENTS) return tooMany();
    set(key, [
      ...before,
      ...files.map(
        ({ id, name, bytes, granted }): DraftFile =>
          granted ? { id, name, bytes, state: 'reading' } : withoutPlace({ id, name, bytes }),
      ),
    ]);
    await Promise.all(files.flatMap(({ id, granted }) => (granted ? [read(id)] : [])));
    return null;
  }

  return {
    ...store,
    of: filesOf,
    /** Asks main which files of earlier drafts it still has. */
    async start(): Promise<void> {
      const ids = Object.values(stored).flatMap((files) => files.map(({ id }) => id));
      if (ids.length === 0) return;
      const answer = await bridge.request('chat.attachments', { attachmentIds: ids });
      const kept = new Map(answer.ok ? answer.value.map((attachment) => [attachment.id, attachment]) : []);
      for (const id of ids) {
        const attachment = kept.get(id);
        settle(id, attachment === undefined ? { state: 'failed', problem: notRead() } : { state: 'read', attachment });
      }
    },
    /** Adds dropped or pasted files. Returns why none was attached; null if each was added, read or failed. */
    async addFiles(key: string, files: readonly File[]): Promise<Problem | null> {
      const grants = await Promise.all(files.map((file) => bridge.grantFiles([file])));
      return add(
        key,
        files.map(({ name, size }, index) => {
          const grant = grants[index] ?? null;
          return { id: grant ?? newId(), name, bytes: size, granted: grant !== null };
        }),
      );
    },
    /** Like `addFiles`, for files from the system's picker. */
    addPicked(key: string, files: readonly PickedFile[]): Promise<Problem | null> {
      return add(
        key,
        files.map(({ grant, name, bytes }) => ({ id: grant, name, bytes, granted: true })),
      );
    },
    /** Reads a file that failed for its damaged pages without these. */
    readWithoutPages(id: string): Promise<void> {
      settle(id, { state: 'reading' });
      return read(id, 'damaged_pages');
    },
    remove(key: string, id: string): void {
      set(
        key,
        filesOf(key).filter((file) => file.id !== id),
      );
      this.forget(id);
    },
    /** Removes every file that could not be read. */
    removeFailed(key: string): void {
      for (const { id, state } of filesOf(key)) if (state === 'failed') this.remove(key, id);
    },
    /** Removes each file that is there a second time. */
    removeCopies(key: string): void {
      for (const { id } of copiesIn(filesOf(key))) this.remove(key, id);
    },
    /** Tells main to delete the text of a file that is in no draft any more. Main keeps it if a message has it. */
    forget(id: string): void {
      void bridge.request('chat.detach', { attachmentId: id });
    },
    /** Empties a draft whose message is being sent. */
    take(key: string): readonly DraftFile[] {
      const files = filesOf(key);
      set(key, []);
      return files;
    },
    /** Returns the files of a refused message to their draft. */
    putBack(key: string, files: readonly DraftFile[]): void {
      set(key, [...files, ...filesOf(key)]);
    },
  };
}

/** A file of an existing question, for editing that question. */
export function readFile(attachment: Attachment): DraftFile {
  const { id, name, bytes } = attachment;
  return { id, name, bytes, state: 'read', attachment };
}

export function attachmentsOf(files: readonly DraftFile[]): readonly Attachment[] {
  return files.flatMap((file) => (file.state === 'read' ? [file.attachment] : []));
}

/** Files that are there already, with the same name and content: their text would be sent twice. */
export function copiesIn(files: readonly DraftFile[]): readonly DraftFile[] {
  const seen = new Set<string>();
  return files.filter((file) => {
    if (file.state !== 'read') return false;
    const same = `${file.attachment.sha256} ${file.name}`;
    return seen.has(same) || !seen.add(same);
  });
}

function tooMany(): Problem {
  return problem('invalid_input', { what: 'too_many_attached', limit: MAX_ATTACHMENTS });
}

/** Files from a web page have a name. A local file has none if Chromium could not decode it in the system's locale. */
function withoutPlace(file: FileOf): DraftFile {
  const reason = file.name === '' ? 'locale' : 'no_file_here';
  const name = file.name === '' ? 'File with an unreadable name' : file.name;
  return { ...file, name, state: 'failed', problem: problem('file_unreadable', { reason }) };
}

function notRead(): Problem {
  return problem('interrupted', { what: 'reading' });
}
