/** The pieces of a document that is sent as pictures of its pages: whole pages, in order. */
import type { Places } from '../../shared/places.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { TurnPicture } from '../llm/model-call.ts';
import type { DrawnPage, SentPages } from './recipe-input.ts';

/**
 * What a picture of a page is estimated at: one of 28 × 28 pixels a token (Qwen) at 1,568 by 1,109. OpenAI, Anthropic and Google
 * count between 1,100 and 1,700. The server has the last word.
 */
export const PICTURE_TOKENS = 2_240;

/**
 * The most pictures in one request, unless the server takes fewer: Anthropic has other rules above 20, and a request of them
 * stays under most proxies' limits in bytes.
 */
export const MOST_PICTURES = 20;

/** How much goes into one request. */
export interface Portion {
  readonly tokens: number;
  readonly pictures: number;
}

/** Pages that go into one request. */
export interface PagePiece {
  /** What stands for the document beside the pictures. */
  readonly text: string;
  /** Counted from 1, one after the other. */
  readonly pages: readonly number[];
  /** Estimated. */
  readonly tokens: number;
}

interface PagedDocument {
  readonly text: string;
  readonly places: Places | null;
  readonly pages: Pick<SentPages, 'count' | 'withText'>;
}

/** All pages in as few pieces as fit, none much smaller than the others. At least one page goes into each. */
export function pagePieces(document: PagedDocument, portion: Portion): readonly PagePiece[] {
  const all = Array.from({ length: document.pages.count }, (_, index) => index + 1);
  return piecesOf(document, all, portion);
}

/** Some pages in smaller pieces. */
export function piecesOf(document: PagedDocument, pages: readonly number[], most: Portion): readonly PagePiece[] {
  const fitting = Math.max(1, Math.min(most.pictures, Math.floor(most.tokens / PICTURE_TOKENS)));
  const evenly = Math.ceil(pages.length / Math.ceil(pages.length / fitting));
  const pieces: { readonly pages: number[]; tokens: number }[] = [];
  for (const page of pages) {
    const tokens = PICTURE_TOKENS + (document.pages.withText ? estimateTokens(textOfPage(document, page)) : 0);
    const last = pieces.at(-1);
    if (last !== undefined && last.pages.length < evenly && last.tokens + tokens <= most.tokens) {
      last.pages.push(page);
      last.tokens += tokens;
    } else pieces.push({ pages: [page], tokens });
  }
  return pieces.map((piece) => ({ ...piece, text: besidePictures(document, piece.pages) }));
}

function besidePictures(document: PagedDocument, pages: readonly number[]): string {
  const words = whichPages(pages, document.pages.count);
  if (!document.pages.withText) return words;
  const text = pages.map((page) => textOfPage(document, page)).join('');
  return `${words} This is the text that was read from ${pages.length === 1 ? 'it' : 'them'}:\n\n${text}`;
}

function whichPages(pages: readonly number[], count: number): string {
  const [first = 1, last = first] = [pages[0], pages.at(-1)];
  if (count === 1) return 'It is the picture above.';
  if (count === 2 && pages.length === 2) return 'Both pages are the pictures above.';
  if (first === last) return `Page ${first} of ${count} is the picture above.`;
  return `${pages.length === count ? `All ${count} pages` : `Pages ${first} to ${last} of ${count}`} are the pictures above.`;
}

function textOfPage({ text, places }: Pick<PagedDocument, 'text' | 'places'>, page: number): string {
  if (places === null) return page === 1 ? text : '';
  return text.slice(places.starts[page - 1] ?? text.length, places.starts[page] ?? text.length);
}

/**
 * The pages as they are sent. Of one that could not be drawn the text is sent in place of the picture.
 * @param drawn in the order of the pages; null for one that could not be drawn.
 */
export function turnPictures(
  document: PagedDocument,
  pages: readonly number[],
  drawn: readonly (readonly DrawnPage[] | null)[],
): readonly TurnPicture[] {
  const { count, withText } = document.pages;
  return pages.flatMap((page, index): readonly TurnPicture[] => {
    const images = drawn[index] ?? [];
    const [image, ...more] = images;
    if (image !== undefined && more.length === 0) return [{ label: count === 1 ? '' : `Page ${page}:`, image }];
    if (image !== undefined) {
      const label = (piece: number) => `Page ${page}, piece ${piece + 1} of ${images.length} from the top:`;
      return images.map((one, piece) => ({ label: label(piece), image: one }));
    }
    const text = textOfPage(document, page).trim();
    const words =
      text === '' || withText
        ? 'There is no picture of this page.'
        : `There is no picture of this page. Its text:\n${text}`;
    return [{ label: `Page ${page}: ${words}`, image: null }];
  });
}
