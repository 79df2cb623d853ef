/** What decides whether a page was read or only what stands on an image of it. */
export interface ImagePage {
  readonly text: string;
  /** Area of the images drawn on it, by the area of the page. */
  readonly imageShare: number;
}

/** A smaller image is an illustration. */
const LEAST_SHARE = 0.4;
/** Letters and digits: a stamp, a page number, the line of a scanner. Less than two lines of a letter. */
const MOST_LETTERS = 100;
/** Apart from what stands on most pages: as much as the stamp of a single page. A slide has more. */
const MOST_OWN_LETTERS = 40;
const NEARLY_ALL = 0.9;

/** Whether a page is an image with hardly any text on it. One without any is told apart. */
export function isImagePage({ text, imageShare }: ImagePage): boolean {
  return text !== '' && imageShare >= LEAST_SHARE && lettersIn(text) < MOST_LETTERS;
}

/** Whether nearly all pages are images, and what text is on them says nothing of their contents. */
export function isOnlyImages(pages: readonly ImagePage[]): boolean {
  const images = pages.filter(isImagePage);
  const empty = pages.filter(({ text }) => text === '');
  if (images.length === 0 || images.length + empty.length < pages.length * NEARLY_ALL) return false;
  const stamps = linesOnMost(images);
  return images.every(({ text }) => lettersIn(ownLines(text, stamps).join('\n')) < MOST_OWN_LETTERS);
}

/** Lines that stand on more than half of the pages, whatever their numbers; of few pages, none are known. */
function linesOnMost(pages: readonly ImagePage[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { text } of pages) {
    for (const line of new Set(linesOf(text))) counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1 && count > pages.length / 2).map(([line]) => line));
}

function ownLines(text: string, stamps: ReadonlySet<string>): readonly string[] {
  return linesOf(text).filter((line) => !stamps.has(line));
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').map((line) => line.replace(/\p{N}+/gu, '#').trim());
}

function lettersIn(text: string): number {
  return text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
}
