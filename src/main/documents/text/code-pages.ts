import iconv from 'iconv-lite';

const names: ReadonlyMap<number, string> = new Map([
  [1_200, 'utf-16le'],
  [1_201, 'utf-16be'],
  [10_000, 'macintosh'],
  [10_007, 'maccyrillic'],
  [20_127, 'ascii'],
  [20_866, 'koi8-r'],
  [20_932, 'euc-jp'],
  [21_866, 'koi8-u'],
  [51_932, 'euc-jp'],
  [51_936, 'gb2312'],
  [51_949, 'euc-kr'],
  [54_936, 'gb18030'],
  [65_000, 'utf-7'],
  [65_001, 'utf-8'],
]);

const LATIN_1 = 28_591;
const LAST_LATIN = 28_606;

/** The encoding that Windows knows under this number; null if it is not known here. */
export function encodingOfPage(page: number): string | null {
  const isLatin = page >= LATIN_1 && page <= LAST_LATIN;
  const name = names.get(page) ?? (isLatin ? `iso-8859-${page - LATIN_1 + 1}` : `cp${page}`);
  return iconv.encodingExists(name) ? name : null;
}
