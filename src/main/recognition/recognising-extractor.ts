import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNote, ReadingNoteCode } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { Extractor, ExtractRequest } from '../documents/extractor.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { ExtractResult, ReadDocument } from '../documents/thread-messages.ts';
import type { ChosenLanguages } from './languages.ts';
import { isLost, type PageOutcome, type RecognisedPage, type RecognitionJob } from './messages.ts';
import { recognitionNotes, withRecognised, worthUsing } from './recognised-text.ts';
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
const PROGRAM = 'tesseract.js-core 7.0.0, 200 dpi';

/** An extractor that has the words in pictures of pages recognised, and puts them in their places. */
export function createRecognisingExtractor({ extractor, recogniser, kept, languages }: RecognisingParts): Extractor {
  const recognise = async (
    job: RecognitionJob,
    { signal, onRecognising }: ExtractRequest,
  ): Promise<Result<readonly PageOutcome[], Problem>> => {
    const readWith = `${PROGRAM}:${job.languages.map(({ code }) => code).join('+')}`;
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
      if (!read.ok || read.value.unread === undefined || read.value.text === null) return read;
      const { text, unread, ...document } = read.value;
      const chosen = await languages();
      if (chosen === null) return text === '' ? err(notRead('not_recognised', unread)) : read;
      const { roots = null } = request;
      const format = isImageFormat(document.format) ? document.format : 'pdf';
      const { data } = chosen;
      const job = { path, roots, sha256: document.sha256, format, pages: unread, languages: data } as const;
      const pages = await recognise(job, request);
      if (!pages.ok) return pages;
      const completed = complete(document, text, pages.value, chosen.missing, request);
      return completed ?? err(whyNoText(unread, pages.value));
    },
    close: async () => {
      await Promise.all([extractor.close(), recogniser.close()]);
    },
  };
}

/** Notes on pages that are recognised now. */
const aboutUnread: ReadonlySet<ReadingNoteCode> = new Set(['pages_without_text', 'pages_as_images']);

/** The document with what was recognised; null if that leaves it without any text. */
function complete(
  document: Omit<ReadDocument, 'text'>,
  textBefore: string,
  outcomes: readonly PageOutcome[],
  missing: readonly string[],
  { maxCharacters = Number.MAX_SAFE_INTEGER }: ExtractRequest,
): ExtractResult | null {
  const before = { text: textBefore, places: document.places };
  const used = worthUsing(before, outcomes);
  const { text, places } = withRecognised(before, new Map(used.map((page) => [page.number, page])));
  if (text === '') return null;
  const notes: ReadingNote[] = document.notes.filter(({ code }) => !aboutUnread.has(code));
  notes.push(...recognitionNotes(used, document.places?.starts.length ?? 1));
  if (missing.length > 0) notes.push({ code: 'languages_missing', params: { languages: missing } });
  return ok({
    ...document,
    text: text.length > maxCharacters ? null : text,
    places,
    characters: text.length,
    tokens: estimateTokens(text),
    notes,
  });
}

function whyNoText(unread: readonly number[], outcomes: readonly PageOutcome[]): Problem {
  const lost = outcomes.find(isLost);
  if (lost === undefined) return notRead('no_words', unread);
  return problem('file_no_text', { what: 'pages_lost', pages: unread.length, lost: lost.lost });
}

function notRead(what: 'not_recognised' | 'no_words', unread: readonly number[]): Problem {
  return problem('file_no_text', { what, pages: unread.length });
}
