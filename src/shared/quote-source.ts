/** Where words stand that the built-in engine quotes. */
export interface QuoteSource {
  readonly file: string;
  /** 1-based; null when only the file is named. */
  readonly line: number | null;
}

const SCHEME = 'docket-quote:';

/** A source as the address of a link, so that a reply carries it as data beside the words that a person reads. */
export function quoteSourceLink({ file, line }: QuoteSource): string {
  const place = new URLSearchParams({ file, ...(line === null ? {} : { line: String(line) }) });
  return `${SCHEME}?${place}`;
}

/** The source that a link of a reply leads to; null for every other link. */
export function quoteSourceOf(link: string): QuoteSource | null {
  if (!link.startsWith(`${SCHEME}?`)) return null;
  const place = new URLSearchParams(link.slice(SCHEME.length));
  const file = place.get('file');
  const line = Number(place.get('line'));
  return file === null ? null : { file, line: Number.isInteger(line) && line > 0 ? line : null };
}

/** A reply for another program, in which such a link leads nowhere: its words stay. */
export function withoutQuoteLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]\\]*(?:\\.[^\]\\]*)*)\]\(<docket-quote:[^>]*>\)/gu, '$1');
}
