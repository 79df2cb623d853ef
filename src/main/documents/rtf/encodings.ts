import { encodingOfPage } from '../text/code-pages.ts';

/** Code pages of Windows' character sets (`\fcharset`). */
const pagesOfCharsets: ReadonlyMap<number, number> = new Map([
  [77, 10_000],
  [78, 932],
  [79, 949],
  [80, 936],
  [81, 950],
  [128, 932],
  [129, 949],
  [134, 936],
  [136, 950],
  [161, 1253],
  [162, 1254],
  [163, 1258],
  [177, 1255],
  [178, 1256],
  [186, 1257],
  [204, 1251],
  [222, 874],
  [238, 1250],
  [254, 437],
  [255, 850],
]);

const WESTERN = 1252;
const ANSI = 0;

/** Decides which encoding the bytes of a text are in: that of its font, or that of the document. */
export function createEncodings() {
  let page = WESTERN;
  const pageOfFont = new Map<number, number>();
  const charsets = new Map<number, number>();

  /** Whether a font has the set of the document's code page; null until it is asked for. */
  let isByWord: boolean | null = null;

  /**
   * Fonts for western letters, in a document whose code page is another one. Word gives each font its own set; simple
   * programs write all text in the document's code page and leave the sets as they are.
   */
  function pageOfAnsiFont(): number {
    isByWord ??= [...charsets.values()].some((charset) => pagesOfCharsets.get(charset) === page);
    return isByWord ? WESTERN : page;
  }

  return {
    setPage(number: number): void {
      if (number > 0) page = number;
      isByWord = null;
    },
    setCharset(font: number, charset: number): void {
      charsets.set(font, charset);
      isByWord = null;
    },
    setPageOfFont(font: number, number: number): void {
      pageOfFont.set(font, number);
    },
    of(font: number): string {
      const charset = charsets.get(font) ?? null;
      const own = pageOfFont.get(font) ?? (charset === null ? undefined : pagesOfCharsets.get(charset));
      const chosen = own ?? (charset === ANSI ? pageOfAnsiFont() : page);
      return encodingOfPage(chosen) ?? 'cp1252';
    },
  };
}
