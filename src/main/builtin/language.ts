import type { Span } from './span.ts';

/** Detects the language of a text: an ISO 639-1 code, or null if there is too little to go by. */
export type LanguageDetector = (sample: string) => string | null;

/**
 * Loads eld's smallest database (60 languages, 98.7 % of single sentences correct in its own benchmark). Takes ~0.2 s.
 */
export async function loadLanguageDetector(): Promise<LanguageDetector> {
  const { eld } = await import('eld/extrasmall');
  return (sample) => {
    const result = eld.detect(sample);
    if (result.language !== '' && result.isReliable()) return result.language;
    return shortEnglish(sample) ? 'en' : null;
  };
}

/** eld is unsure about short texts; English function words are a clear enough sign. */
function shortEnglish(sample: string): boolean {
  const words = sample.toLowerCase().match(/[a-z']+/g) ?? [];
  return words.some((word) => englishSigns.has(word)) && !/[^\p{ASCII}\p{P}\s]/u.test(sample);
}

const englishSigns = new Set('the and is was are this that with for you it not of very good great bad'.split(' '));

/** eld only reads the first 1,000 characters, so the sample is drawn from across the text. */
const SAMPLE_PIECES = 4;
const SAMPLE_PIECE_CHARACTERS = 245;

/** Up to ~1,000 characters of the prose, in equal pieces from its beginning to its end. */
export function sampleOf(text: string, prose: readonly Span[]): string {
  const total = prose.reduce((sum, span) => sum + span.end - span.start, 0);
  if (total <= SAMPLE_PIECES * SAMPLE_PIECE_CHARACTERS) return joinSpans(text, prose);
  const pieces: string[] = [];
  for (let piece = 0; piece < SAMPLE_PIECES; piece += 1) {
    pieces.push(sliceOfProse(text, prose, Math.floor((total * piece) / SAMPLE_PIECES), SAMPLE_PIECE_CHARACTERS));
  }
  return pieces.join('\n');
}

function joinSpans(text: string, spans: readonly Span[]): string {
  return spans.map((span) => text.slice(span.start, span.end)).join('\n');
}

/** `length` characters of prose starting at its `offset`-th character, across span boundaries. */
function sliceOfProse(text: string, prose: readonly Span[], offset: number, length: number): string {
  let skip = offset;
  let result = '';
  for (const span of prose) {
    const size = span.end - span.start;
    if (skip >= size) {
      skip -= size;
      continue;
    }
    const start = span.start + skip;
    result += `${text.slice(start, Math.min(span.end, start + length - result.length))}\n`;
    skip = 0;
    if (result.length >= length) break;
  }
  return result;
}

/** "German" for `de`; "an unknown language" for null. */
export function languageName(code: string | null): string {
  if (code === null) return 'an unknown language';
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}
