/** The source of words that the built-in engine quotes. */
export interface QuoteSource {
  readonly file: string;
  /** 1-based; null if only the file is named. */
  readonly line: number | null;
}

const SCHEME = 'docket-quote:';

/** Encodes a source as a link address, so that a reply carries it as data beside the words the user reads. */
export function quoteSourceLink({ file, line }: QuoteSource): string {
  const place = new URLSearchParams({ file, ...(line === null ? {} : { line: String(line) }) });
  return `${SCHEME}?${place}`;
}

/** The source that a reply's link points to; null for any other link. */
export function quoteSourceOf(link: string): QuoteSource | null {
  if (!link.startsWith(`${SCHEME}?`)) return null;
  const place = new URLSearchParams(link.slice(SCHEME.length));
  const file = place.get('file');
  const line = Number(place.get('line'));
  return file === null ? null : { file, line: Number.isInteger(line) && line > 0 ? line : null };
}

/** Removes such links from a reply for another program, where they would lead nowhere; their words stay. */
export function withoutQuoteLinks(markdown: string): string {
  return markdown.replaceAll(/\[([^\]\\]*(?:\\.[^\]\\]*)*)\]\(<docket-quote:[^>]*>\)/gu, '$1');
}
