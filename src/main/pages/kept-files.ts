import type { KeptFile, KeptText, StoredText } from '../../shared/kept-file.ts';
import type { PageBox, PagePicture } from '../../shared/page-picture.ts';
import type { Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Reads } from '../store/operations.ts';
import { createPageFinder, type PageWords, type WantedWords } from './find-on-page.ts';
import type { PageSource } from './messages.ts';
import type { PageDrawer } from './page-drawer.ts';
import { PARTS_OF_A_PAGE, type PlacedWords } from './placed-words.ts';

/** Files whose text is kept, as they are looked at: their text, and their pages as they look. */
export interface KeptFiles {
  /** What was read of a file; null if that was not kept. */
  text(file: KeptFile): Promise<Result<KeptText | null, Problem>>;
  /** @param page counted from 1. @param width in pixels. */
  picture(file: KeptFile, page: number, width: number): Promise<Result<PagePicture, Problem>>;
  /** Where on a page each of these parts of the file's text stands; null where that is not known. Empty: not on this page. */
  marks(
    file: KeptFile,
    page: number,
    spans: readonly Span[],
  ): Promise<Result<readonly (readonly PageBox[] | null)[], Problem>>;
}

/** Knows the files of a batch, or those of a chat. */
export interface FileKeeper<Id> {
  text(id: Id): Promise<Result<KeptText | null, Problem>>;
  /** The file itself, or why its pages cannot be drawn. */
  source(id: Id): Promise<Result<PageSource, Problem>>;
  /** Why a page was not drawn, with the way out that there is for a file of this kind. */
  explain(problem: Problem): Problem;
}

/** Offsets in the text of a file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Of the text around words that stand on a page more than once. */
const AROUND_CHARACTERS = 100;

interface KeptFilesParts {
  readonly items: FileKeeper<number>;
  readonly attachments: FileKeeper<string>;
  readonly drawer: Pick<PageDrawer, 'draw' | 'words'>;
  readonly findPlacedWords: Reads['findPlacedWords'];
}

/** Looks at files of batches and of chats alike, a page at a time. */
export function createKeptFiles({ items, attachments, drawer, findPlacedWords }: KeptFilesParts): KeptFiles {
  // One page is looked at at a time: what was asked for before it has been scrolled past.
  let looking = new AbortController();

  /** One file, whoever keeps it. */
  const keptBy = (file: KeptFile): FileKeeper<void> =>
    'itemId' in file ? withId(items, file.itemId) : withId(attachments, file.attachmentId);

  return {
    text: (file) => keptBy(file).text(),
    picture: async (file, page, width) => {
      looking.abort();
      looking = new AbortController();
      const { signal } = looking;
      const kept = keptBy(file);
      const source = await kept.source();
      return source.ok ? explained(await drawer.draw(source.value, page, width, signal), kept) : source;
    },
    marks: async (file, page, spans) => {
      const kept = keptBy(file);
      const [source, content] = await Promise.all([kept.source(), kept.text()]);
      if (!source.ok) return source;
      if (!content.ok) return content;
      const wanted = spans.map((span) => (content.value === null ? null : onPage(content.value, page, span)));
      if (wanted.every((words) => words === null)) return ok(wanted.map(() => []));
      const words = await drawer.words(source.value, page);
      if (!words.ok) return explained(words, kept);
      const find = createPageFinder(words.value);
      const found = wanted.map((one) => (one === null ? [] : find(one)));
      if (found.every((boxes) => boxes !== null)) return ok(found);
      // Where only a picture is, or a layer of text that says something else.
      const recognised = await findPlacedWords(source.value.sha256, page);
      if (recognised === null) return ok(found);
      const findRecognised = createPageFinder(pageWordsOf(recognised));
      return ok(found.map((boxes, at) => boxes ?? findRecognised(wanted[at] ?? NOTHING)));
    },
  };
}

function withId<Id>(keeper: FileKeeper<Id>, id: Id): FileKeeper<void> {
  return { text: () => keeper.text(id), source: () => keeper.source(id), explain: keeper.explain };
}

function explained<Value>(result: Result<Value, Problem>, { explain }: FileKeeper<void>): Result<Value, Problem> {
  return result.ok ? result : err(explain(result.error));
}

const NOTHING: WantedWords = { before: '', words: '', after: '' };

/** The part of a text that is on a page, with what is around it there; null if none is. */
function onPage({ text, places }: StoredText, page: number, span: Span): WantedWords | null {
  const starts = places?.starts ?? [0];
  const [first, last] = [starts[page - 1] ?? 0, starts[page] ?? text.length];
  const [start, end] = [Math.max(first, span.start), Math.min(last, span.end)];
  if (start >= end) return null;
  return {
    before: text.slice(Math.max(first, start - AROUND_CHARACTERS), start),
    words: text.slice(start, end),
    after: text.slice(end, Math.min(last, end + AROUND_CHARACTERS)),
  };
}

function pageWordsOf({ words, boxes }: PlacedWords): PageWords {
  let end = 0;
  const starts = words.map((word) => {
    const start = end;
    end += word.length + 1;
    return start;
  });
  return {
    text: words.join(' '),
    starts: Int32Array.from(starts),
    boxes: Float32Array.from(boxes, (parts) => parts / PARTS_OF_A_PAGE),
  };
}
