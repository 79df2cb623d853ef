import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNote, ReadingNoteCode } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { withPicturesNotRead } from '../documents/drawings/pictures.ts';
import type { UnreadPictures } from '../documents/extract-document.ts';
import type { Extractor, ExtractRequest } from '../documents/extractor.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { ChosenLanguages } from './languages.ts';
import { isLost, type PageOutcome, type Recognisable, type RecognisedPage, type RecognitionJob } from './messages.ts';
import { pictureNotes, pictureWords, withPictureWords } from './recognised-pictures.ts';
import { type CompletedText, recognitionNotes, withRecognised, worthUsing } from './recognised-text.ts';
import type { Recogniser } from './recogniser.ts';

/** Where recognised pages are kept, so that none is recognised twice. */
export interface KeptPages {
  find(sha256: string, readWith: string): Promise<readonly RecognisedPage[]>;
  keep(sha256: string, readWith: string, page: RecognisedPage): void;
}

export interface RecognisingParts {
  readonly extractor: Extractor;
  readonly recogniser: Recogniser;
  readonly kept: KeptPages;
  /** Null while recognition is turned off. */
  readonly languages: () => Promise<ChosenLanguages | null>;
}

/** Pages recognised by another one, or from another drawing, are not the same. */
const PROGRAM = 'tesseract.js-core 7.0.0, 200 dpi, straightened, cleared of shadows';

/** An extractor that has the words in pictures of pages recognised, and puts them in their places. */
export function createRecognisingExtractor({ extractor, recogniser, kept, languages }: RecognisingParts): Extractor {
  const recognise = async (
    job: RecognitionJob,
    { signal, onRecognising }: ExtractRequest,
  ): Promise<Result<readonly PageOutcome[], Problem>> => {
    const what = 'parts' in job ? 'pictures' : 'pages';
    const readWith = `${PROGRAM}:${job.languages.map(({ code }) => code).join('+')}${what === 'pages' ? '' : `:${what}`}`;
    const of = job.pages.length;
    const pages: PageOutcome[] = (await kept.find(job.sha256, readWith)).filter((page) =>
      job.pages.includes(page.number),
    );
    const done = new Set(pages.map(({ number }) => number));
    const left = job.pages.filter((number) => !done.has(number));
    if (left.length === 0) return ok(pages);
    onRecognising?.({ done: pages.length, of });
    const onPage = (page: PageOutcome) => {
      pages.push(page);
      if (!isLost(page)) kept.keep(job.sha256, readWith, page);
      onRecognising?.({ done: pages.length, of });
    };
    const ended = await recogniser.recognise({ ...job, pages: left }, { signal, onPage });
    onRecognising?.(null);
    return ended.ok ? ok(pages) : ended;
  };

  return {
    extract: async (path, request = {}) => {
      const read = await extractor.extract(path, request);
      // A text too long to be used does not become shorter.
      if (!read.ok || read.value.text === null) return read;
      const { text, ...document } = read.value;
      const unread = unreadOf({ ...document, text });
      if (unread === null) return read;
      const chosen = await languages();
      const { inside = [], roots = null, maxCharacters = Number.MAX_SAFE_INTEGER, wordless = false } = request;
      const mayBeWordless = wordless && !('parts' in unread.what);
      if (chosen === null) {
        const isNothing = unread.isAll && !mayBeWordless;
        return isNothing ? err(notRead('not_recognised', unread.pages)) : ok(unread.without);
      }
      const { what, pages: numbers } = unread;
      const job = { ...what, path, inside, roots, sha256: document.sha256, pages: numbers, languages: chosen.data };
      const pages = await recognise(job, request);
      if (!pages.ok) return pages;
      const completed = unread.completeWith(pages.value);
      if (completed === null && mayBeWordless) return ok({ ...unread.without, notes: withoutWords(document, numbers) });
      if (completed === null) return err(whyNoText(numbers, pages.value));
      return ok(measured(document, { ...completed, notes: withLanguages(completed.notes, chosen) }, maxCharacters));
    },
    list: extractor.list,
    close: async () => {
      await Promise.all([extractor.close(), recogniser.close()]);
    },
  };
}

function withoutWords({ notes, places }: Omit<ReadDocument, 'text'>, pages: readonly number[]): readonly ReadingNote[] {
  const kept = notes.filter(({ code }) => !aboutUnread.has(code));
  return [...kept, { code: 'pages_without_words', params: { pages, of: places?.starts.length ?? 1 } }];
}

/** What of a document only pictures hold. */
interface Unread {
  readonly what: Recognisable;
  /** Counted from 1. */
  readonly pages: readonly number[];
  /** The document has no other words. */
  readonly isAll: boolean;
  /** The document as it is if nothing is recognised. */
  readonly without: ReadDocument;
  /** Null if that leaves it without any words. */
  completeWith(outcomes: readonly PageOutcome[]): Completed | null;
}

type Completed = CompletedText & { readonly notes: readonly ReadingNote[] };
type WithText = ReadDocument & { readonly text: string };

/** Null if all of the document has been read. */
function unreadOf(document: WithText): Unread | null {
  const { unread, pictures } = document;
  if (unread !== undefined) return unreadPages(document, unread);
  return pictures === undefined ? null : unreadPictures(document, pictures);
}

/** Notes on pages that are recognised now. */
const aboutUnread: ReadonlySet<ReadingNoteCode> = new Set(['pages_without_text', 'pages_as_images']);

function unreadPages(document: WithText, pages: readonly number[]): Unread {
  const before = { text: document.text, places: document.places };
  return {
    what: { format: isImageFormat(document.format) ? document.format : 'pdf' },
    pages,
    isAll: before.text === '',
    without: document,
    completeWith: (outcomes) => {
      const used = worthUsing(before, outcomes);
      const completed = withRecognised(before, new Map(used.map((page) => [page.number, page])));
      if (completed.text === '') return null;
      const kept = document.notes.filter(({ code }) => !aboutUnread.has(code));
      return { ...completed, notes: [...kept, ...recognitionNotes(used, document.places?.starts.length ?? 1)] };
    },
  };
}

function unreadPictures(document: WithText, { in: format, all: pictures }: UnreadPictures): Unread {
  const before = { text: document.text, places: document.places };
  const isAll = document.isWordless ?? false;
  return {
    what: { format, parts: pictures.map(({ part }) => part) },
    pages: pictures.map((_, index) => index + 1),
    isAll,
    without: { ...document, notes: withPicturesNotRead(document.notes, pictures.length) },
    completeWith: (outcomes) => {
      const read = pictureWords(outcomes);
      if (isAll && read.length === 0) return null;
      const notes = pictureNotes(document.notes, pictures, outcomes);
      return { ...withPictureWords(before, pictures, read), notes };
    },
  };
}

function withLanguages(
  notes: readonly ReadingNote[],
  { data, missing, damaged }: ChosenLanguages,
): readonly ReadingNote[] {
  const languages = data.map(({ code }) => code);
  const told = notes.map((note): ReadingNote => {
    if (note.code === 'recognised') return { ...note, params: { ...note.params, languages } };
    return note.code === 'pictures_recognised' ? { ...note, params: { ...note.params, languages } } : note;
  });
  if (missing.length > 0) told.push({ code: 'languages_missing', params: { languages: missing } });
  if (damaged.length > 0) told.push({ code: 'languages_damaged', params: { languages: damaged } });
  return told;
}

function measured(
  document: Omit<ReadDocument, 'text'>,
  { text, places, notes }: Completed,
  maxCharacters: number,
): ReadDocument {
  return {
    ...document,
    text: text.length > maxCharacters ? null : text,
    places,
    characters: text.length,
    tokens: estimateTokens(text),
    notes,
  };
}

function whyNoText(unread: readonly number[], outcomes: readonly PageOutcome[]): Problem {
  const lost = outcomes.find(isLost);
  if (lost === undefined) return notRead('no_words', unread);
  return problem('file_no_text', { what: 'pages_lost', pages: unread.length, lost: lost.lost });
}

function notRead(what: 'not_recognised' | 'no_words', unread: readonly number[]): Problem {
  return problem('file_no_text', { what, pages: unread.length });
}
