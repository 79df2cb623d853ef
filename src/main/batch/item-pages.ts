import type { ItemText } from '../../shared/batch-data.ts';
import { hasPagePictures, type PageBox, type PagePicture } from '../../shared/page-picture.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import { createPageFinder, type PageWords, type WantedWords } from '../pages/find-on-page.ts';
import type { PageSource } from '../pages/messages.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { PARTS_OF_A_PAGE, type PlacedWords } from '../recognition/messages.ts';
import type { Store } from '../store/store.ts';
import { createReadArea } from './read-area.ts';

/** The pages of a batch's files as they look. */
export interface ItemPages {
  /** @param page counted from 1. @param width in pixels. */
  picture(itemId: number, page: number, width: number): Promise<Result<PagePicture, Problem>>;
  /** Where on a page each of these parts of the file's text stands; null where that is not known. Empty: not on this page. */
  marks(
    itemId: number,
    page: number,
    spans: readonly Span[],
  ): Promise<Result<readonly (readonly PageBox[] | null)[], Problem>>;
}

/** Offsets in the text of a file. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** Of the text around words that stand on a page more than once. */
const AROUND_CHARACTERS = 100;

interface ItemPagesParts {
  readonly store: {
    readonly read: Pick<Store['read'], 'readBatch' | 'readItemDetail' | 'readItemText' | 'findPlacedWords'>;
  };
  readonly drawer: PageDrawer;
}

export function createItemPages({ store, drawer }: ItemPagesParts): ItemPages {
  // One page is looked at at a time: what was asked for before it has been scrolled past.
  let looking = new AbortController();

  const sourceOf = async (itemId: number): Promise<Result<PageSource, Problem>> => {
    const item = await store.read.readItemDetail(itemId);
    const setup = item === null ? null : await store.read.readBatch(item.row.batchId);
    if (item === null || setup === null) return err(problem('invalid_input', { what: 'item_gone' }));
    const { path, inside, sha256, format } = item;
    if (sha256 === null || format === null || !hasPagePictures(format)) {
      return err(problem('page_not_drawn', { why: 'not_drawn' }));
    }
    const roots = createReadArea(setup.paths)(path);
    return ok({ path, inside, roots, sha256, format: isImageFormat(format) ? format : 'pdf' });
  };

  return {
    picture: async (itemId, page, width) => {
      looking.abort();
      looking = new AbortController();
      const { signal } = looking;
      const source = await sourceOf(itemId);
      return source.ok ? drawer.draw(source.value, page, width, signal) : source;
    },
    marks: async (itemId, page, spans) => {
      const [source, content] = await Promise.all([sourceOf(itemId), store.read.readItemText(itemId)]);
      if (!source.ok) return source;
      const wanted = spans.map((span) => (content === null ? null : onPage(content, page, span)));
      if (wanted.every((words) => words === null)) return ok(wanted.map(() => []));
      const words = await drawer.words(source.value, page);
      if (!words.ok) return words;
      const find = createPageFinder(words.value);
      const found = wanted.map((one) => (one === null ? [] : find(one)));
      if (found.every((boxes) => boxes !== null)) return ok(found);
      // Where only a picture is, or a layer of text that says something else.
      const recognised = await store.read.findPlacedWords(source.value.sha256, page);
      if (recognised === null) return ok(found);
      const findRecognised = createPageFinder(pageWordsOf(recognised));
      return ok(found.map((boxes, at) => boxes ?? findRecognised(wanted[at] ?? NOTHING)));
    },
  };
}

const NOTHING: WantedWords = { before: '', words: '', after: '' };

/** The part of a text that is on a page, with what is around it there; null if none is. */
function onPage({ text, places }: ItemText, page: number, span: Span): WantedWords | null {
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
