/**
 * Files attached to questions: read on the extractor's threads and kept as drafts until a question is sent with them.
 */
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { MAX_ATTACHED_CHARACTERS, MAX_ATTACHMENTS } from '../../shared/attachments.ts';
import type { Attachment, PickedFile } from '../../shared/chat-data.ts';
import type { Inside } from '../../shared/inside.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { nameOf } from '../documents/containers/location.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { FileKeeper } from '../pages/kept-files.ts';
import type { Store } from '../store/store.ts';
import { createAttachedFiles, notKept } from './attached-files.ts';

export interface Attachments {
  /** Reads a file and stores its text; resolves once it is read. */
  attach(id: string, path: string, inside?: Inside): Promise<Result<Attachment, Problem>>;
  /** Reads a file that could not be attached for its damaged pages without these. */
  attachWithoutPages(id: string): Promise<Result<Attachment, Problem>>;
  /** Stops reading the file, or discards what was read but not sent. */
  detach(id: string): Promise<void>;
  /** Which of these are still stored. */
  kept(ids: readonly string[]): Promise<readonly Attachment[]>;
  /** All of these attachments, or why a question cannot include them. */
  forQuestion(ids: readonly string[]): Promise<Result<readonly Attachment[], Problem>>;
  text(id: string): Promise<Result<string, Problem>>;
  /** Where the files were when they were attached, also those whose text is too much for a message. */
  paths(ids: readonly string[]): Promise<Result<readonly string[], Problem>>;
  readonly files: FileKeeper<string>;
  /** Stops all reading, including any requested later. */
  close(): void;
}

export interface AttachmentsParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly extractor: Pick<Extractor, 'extract'>;
  readonly now: () => number;
}

/** A file to be read. */
interface ChosenFile {
  readonly path: string;
  readonly inside: Inside;
  readonly withoutPages: readonly number[];
}

export function createAttachments({ store, extractor, now }: AttachmentsParts): Attachments {
  const reading = new Map<string, AbortController>();
  /** Of files with too much text for a message, which are not stored. */
  const tooLong = new Map<string, Pick<ChosenFile, 'path' | 'inside'>>();
  /** What could not be attached for damaged pages, which a person may choose to do without. */
  const damaged = new Map<string, ChosenFile>();
  let closed = false;

  const read = async (id: string, file: ChosenFile, signal: AbortSignal): Promise<Result<Attachment, Problem>> => {
    const { path, inside, withoutPages } = file;
    if (closed) return err(closedBefore());
    const maxCharacters = MAX_ATTACHED_CHARACTERS;
    const document = await extractor.extract(path, { inside, signal, maxCharacters, withoutPages });
    if (closed) return err(closedBefore());
    if (!document.ok) {
      const pages = damagedPagesOf(document.error);
      if (pages !== null && !signal.aborted) damaged.set(id, { ...file, withoutPages: pages });
      return document;
    }
    // Detached just as it was read: if it were stored now, nothing would ever remove it.
    if (signal.aborted) return err(problem('cancelled', { what: 'reading' }));
    const { text, characters } = document.value;
    if (text === null) {
      tooLong.set(id, { path, inside });
      return err(tooMuchText(characters));
    }
    const attachment = toAttachment(id, nameOf({ path, inside }), document.value, text);
    const { places } = document.value;
    await store.write.addAttachment(attachment, { path, inside, text, places }, now());
    return ok(attachment);
  };

  const attach = (id: string, file: ChosenFile): Promise<Result<Attachment, Problem>> => {
    const controller = new AbortController();
    reading.set(id, controller);
    return read(id, file, controller.signal).finally(() => reading.delete(id));
  };

  return {
    attach: (id, path, inside = []) => attach(id, { path, inside, withoutPages: [] }),
    attachWithoutPages: async (id) => {
      const file = damaged.get(id);
      if (file === undefined) return err(problem('not_allowed', { what: 'grant_expired', use: 'attach' }));
      damaged.delete(id);
      return attach(id, file);
    },
    detach: async (id) => {
      reading.get(id)?.abort();
      tooLong.delete(id);
      damaged.delete(id);
      await store.write.removeAttachment(id);
    },
    kept: (ids) => store.read.readAttachments(ids),
    forQuestion: async (ids) => {
      const found = await store.read.readAttachments(ids);
      const refused = whyNot(ids, found);
      return refused === null ? ok(found) : err(refused);
    },
    text: async (id) => {
      const stored = await store.read.readAttachmentText(id);
      return stored === null ? err(notKept()) : ok(stored.text);
    },
    paths: async (ids) => {
      const places = await Promise.all(ids.map(async (id) => tooLong.get(id) ?? store.read.readAttachedPlace(id)));
      // Of a file that lies in another one, no batch can be made alone.
      const known = places.flatMap((place) => (place?.path == null || place.inside.length > 0 ? [] : [place.path]));
      return known.length === ids.length ? ok(known) : err(problem('file_vanished', { what: 'attached_file' }));
    },
    files: createAttachedFiles(store.read),
    close: () => {
      closed = true;
      for (const controller of reading.values()) controller.abort();
    },
  };
}

/** The damaged pages that a file can be read without; null if that is not why it could not be read. */
function damagedPagesOf({ code, params }: Problem): readonly number[] | null {
  if (code !== 'file_damaged' || params.what !== 'pdf_damaged_pages') return null;
  return params.damaged.length < params.pages ? params.damaged : null;
}

/** Makes a token that stands for paths, or for a file that lies in the file at a path. */
type Grant = (paths: readonly string[], inside?: Inside) => string;

/** Names, sizes and grants of the files the user picked; their paths stay in main. */
export function offerFiles(paths: readonly string[], grant: Grant): Promise<readonly PickedFile[]> {
  return Promise.all(
    paths.map(async (path) => {
      // Any problem with the file is reported when it is read.
      const bytes = await stat(path).then(
        ({ size }) => size,
        () => null,
      );
      return offerFile(path, grant, [], bytes);
    }),
  );
}

/** The same for one file, which may lie in the one at the path. */
export function offerFile(path: string, grant: Grant, inside: Inside, bytes: number | null): PickedFile {
  return { grant: grant([path], inside), name: basename(nameOf({ path, inside })), bytes };
}

function toAttachment(id: string, name: string, document: ReadDocument, text: string): Attachment {
  const { format, bytes, sha256, places, characters, tokens, notes } = document;
  return {
    id,
    name: basename(name),
    format,
    bytes,
    sha256,
    pages: places?.starts.length ?? null,
    characters,
    textBytes: Buffer.byteLength(text),
    tokens,
    notes,
  };
}

function whyNot(ids: readonly string[], found: readonly Attachment[]): Problem | null {
  if (ids.length > MAX_ATTACHMENTS)
    return problem('invalid_input', { what: 'too_many_attached', limit: MAX_ATTACHMENTS });
  if (found.length < ids.length) return notKept();
  const characters = found.reduce((sum, attachment) => sum + attachment.characters, 0);
  return characters > MAX_ATTACHED_CHARACTERS ? tooMuchText(characters) : null;
}

function tooMuchText(characters: number): Problem {
  return problem('file_too_large', {
    what: 'attached_text',
    characters,
    limitCharacters: MAX_ATTACHED_CHARACTERS,
  });
}

/** The window uses the same words for a file it finds unread at its next start. */
function closedBefore(): Problem {
  return problem('shutting_down', { what: 'attaching' });
}
