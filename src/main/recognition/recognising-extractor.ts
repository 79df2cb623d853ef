import { type Problem, problem } from '../../shared/problem.ts';
import type { ReadingNoteCode } from '../../shared/reading-note.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { Extractor, ExtractRequest } from '../documents/extractor.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { ExtractResult, ReadDocument } from '../documents/thread-messages.ts';
import type { LanguageData, PageOutcome, RecognitionJob } from './messages.ts';
import { isLost } from './messages.ts';
import { recognitionNotes, withRecognised, worthUsing } from './recognised-text.ts';
import type { Recogniser } from './recogniser.ts';

export interface RecognisingParts {
  readonly extractor: Extractor;
  readonly recogniser: Recogniser;
  /** Null while recognition is turned off. */
  readonly languages: () => readonly LanguageData[] | null;
}

/** An extractor that has the words in pictures of pages recognised, and puts them in their places. */
export function createRecognisingExtractor({ extractor, recogniser, languages }: RecognisingParts): Extractor {
  const recognised = async (
    path: string,
    document: ReadDocument,
    unread: readonly number[],
    request: ExtractRequest,
  ): Promise<Result<readonly PageOutcome[], Problem>> => {
    const chosen = languages();
    if (chosen === null) return ok([]);
    const { signal, roots = null } = request;
    const { sha256 } = document;
    const pages: PageOutcome[] = [];
    const job: RecognitionJob = { path, roots, sha256, format: pictured(document), pages: unread, languages: chosen };
    const ended = await recogniser.recognise(job, { signal, onPage: (page) => pages.push(page) });
    return ended.ok ? ok(pages) : ended;
  };

  return {
    extract: async (path, request = {}) => {
      const read = await extractor.extract(path, request);
      // A text too long to be used does not become shorter.
      if (!read.ok || read.value.unread === undefined || read.value.text === null) return read;
      const pages = await recognised(path, read.value, read.value.unread, request);
      return pages.ok ? completed(read.value, read.value.text, pages.value, request) : pages;
    },
    close: async () => {
      await Promise.all([extractor.close(), recogniser.close()]);
    },
  };
}

/** Notes on pages that are recognised now. */
const aboutUnread: ReadonlySet<ReadingNoteCode> = new Set(['pages_without_text', 'pages_as_images']);

function pictured({ format }: ReadDocument): RecognitionJob['format'] {
  return isImageFormat(format) ? format : 'pdf';
}

function completed(
  { unread = [], ...document }: ReadDocument,
  textBefore: string,
  outcomes: readonly PageOutcome[],
  { maxCharacters = Number.MAX_SAFE_INTEGER }: ExtractRequest,
): ExtractResult {
  const of = document.places?.starts.length ?? 1;
  const before = { text: textBefore, places: document.places };
  const used = worthUsing(before, outcomes);
  const { text, places } = withRecognised(before, new Map(used.map((page) => [page.number, page])));
  if (text === '') return err(whyNoText(unread.length, outcomes));
  const notes = outcomes.length === 0 ? document.notes : document.notes.filter(({ code }) => !aboutUnread.has(code));
  return ok({
    ...document,
    text: text.length > maxCharacters ? null : text,
    places,
    characters: text.length,
    tokens: estimateTokens(text),
    notes: [...notes, ...recognitionNotes(used, of)],
  });
}

function whyNoText(pages: number, outcomes: readonly PageOutcome[]): Problem {
  const lost = outcomes.find(isLost);
  if (lost !== undefined) return problem('file_no_text', { what: 'pages_lost', pages, lost: lost.lost });
  return problem('file_no_text', { what: outcomes.length === 0 ? 'not_recognised' : 'no_words', pages });
}
