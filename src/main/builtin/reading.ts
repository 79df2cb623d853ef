import { type Block, blocksOf } from './blocks.ts';
import type { EnglishReader } from './english.ts';
import { type LanguageDetector, sampleOf } from './language.ts';
import { type Layout, layoutOf } from './layout.ts';
import { isMail, mailProse } from './mail-prose.ts';
import { maskPiece } from './mask.ts';
import type { Pacer } from './pacer.ts';
import { sentencesOf, unicodeSentenceStarts } from './sentences.ts';
import { linesOf, type Span, trimSpan } from './span.ts';
import { createTermTable, type TermTable, termRuns } from './terms.ts';
import type { Token } from './token.ts';
import { wordsOf } from './words.ts';

/** A sentence, by its position in the source. */
export interface Sentence extends Span {
  /** 1-based line of its first character. */
  readonly line: number;
  /** Its distinct content words, normalised. */
  readonly words: readonly string[];
  /** All its words, including function words. */
  readonly wordCount: number;
}

/** A text, read once for all tasks. */
export interface Reading {
  readonly text: string;
  readonly name: string;
  readonly layout: Layout;
  /** ISO 639-1 code, or null if the language is unclear. */
  readonly language: string | null;
  /** All sentences, in order. */
  readonly sentences: readonly Sentence[];
  /** Candidates for key terms, best first. */
  readonly terms: readonly string[];
  /** A score (−1 to 1) for each sentence as wink splits them; null if the text is not English. */
  readonly tone: readonly number[] | null;
  /** The words of a question, normalised in the same way as this reading's sentences. */
  readonly wordsOfQuestion: (question: string) => readonly string[];
}

export interface ReadOptions {
  readonly name?: string | undefined;
  readonly language?: string | null | undefined;
  /** `quote`: allow quoting any line of a table or program, not only its prose. */
  readonly purpose?: 'analysis' | 'quote' | undefined;
}

export interface Models {
  readonly english: EnglishReader;
  readonly detect: LanguageDetector;
}

/** How many characters to read between checks of the clock. */
const PIECE_CHARACTERS = 6_000;
/** Number of key-term candidates kept. */
const KEPT_TERMS = 30;

/** Reads all of `text`, whatever its length. */
export async function readText(text: string, models: Models, pace: Pacer, options: ReadOptions = {}): Promise<Reading> {
  const name = options.name ?? '';
  const layout = layoutOf(text, name);
  const byLine = options.purpose === 'quote' && layout.kind !== 'prose';
  const prose = isMail(name) ? mailProse(text, options.purpose === 'quote') : layout.prose;
  const sample = sampleOf(text, prose);
  const language = options.language === undefined ? models.detect(sample) : options.language;
  const blocks = splitLong(text, byLine ? lineBlocks(text) : blocksOf(text, prose));
  // wink's grammar is made for prose; for code and tables, words are enough to match a question.
  const english = language === 'en' && !byLine ? models.english : null;

  const terms = createTermTable(termOptions(language));
  const tone: number[] = [];
  const sentences: Sentence[] = [];
  const lineAt = lineCounter(text);
  for (const piece of piecesOf(blocks)) {
    const read = readPiece(text, piece, language, english);
    for (const score of read.tone) tone.push(score);
    for (const { span, tokens } of read.sentences) {
      sentences.push({ ...span, line: lineAt(span.start), words: distinctWords(tokens), wordCount: tokens.length });
      addTerms(terms, tokens, text);
    }
    await pace();
  }
  return {
    text,
    name,
    layout,
    language,
    sentences,
    terms: terms.best(KEPT_TERMS),
    tone: english === null ? null : tone,
    wordsOfQuestion: (question) => {
      const whole = { start: 0, end: question.length };
      const masked = maskPiece(question, [whole], 0, question.length);
      return distinctWords(english?.(masked, 0).tokens ?? wordsOf(masked, whole, language));
    },
  };
}

interface PieceRead {
  readonly sentences: readonly { readonly span: Span; readonly tokens: readonly Token[] }[];
  readonly tone: readonly number[];
}

function readPiece(
  text: string,
  blocks: readonly Block[],
  language: string | null,
  english: EnglishReader | null,
): PieceRead {
  const from = blocks[0]?.start ?? 0;
  const to = blocks.at(-1)?.end ?? from;
  const masked = maskPiece(text, blocks, from, to);
  const moved = blocks.map((block) => ({ start: block.start - from, end: block.end - from }));
  if (english !== null) {
    const read = english(masked, 0);
    const spans = moved.flatMap((block) => sentencesOf(masked, block, read.sentenceStarts, language));
    return { sentences: deal(read.tokens, spans, from), tone: read.tone };
  }
  const spans = moved.flatMap((block) =>
    sentencesOf(masked, block, unicodeSentenceStarts(masked, block, language), language),
  );
  return {
    sentences: spans.map((span) => ({
      span: shift(span, from),
      tokens: wordsOf(masked, span, language).map((token) => shift(token, from)),
    })),
    tone: [],
  };
}

/** Assigns each token to its sentence. Both are in order. */
function deal(tokens: readonly Token[], spans: readonly Span[], offset: number): PieceRead['sentences'] {
  let next = 0;
  return spans.map((span) => {
    const own: Token[] = [];
    for (let token = tokens[next]; token !== undefined && token.start < span.end; token = tokens[next]) {
      if (token.start >= span.start) own.push(shift(token, offset));
      next += 1;
    }
    return { span: shift(span, offset), tokens: own };
  });
}

function shift<T extends Span>(span: T, offset: number): T {
  return { ...span, start: span.start + offset, end: span.end + offset };
}

function distinctWords(tokens: readonly Token[]): string[] {
  return [...new Set(tokens.filter((token) => token.content).map((token) => token.normal))];
}

function addTerms(terms: TermTable, tokens: readonly Token[], text: string): void {
  for (const run of termRuns(tokens, text)) terms.add(run, text);
}

function termOptions(language: string | null): Parameters<typeof createTermTable>[0] {
  if (language === 'en') return { joiner: ' ', maxWords: 3, minPhraseCount: 1 };
  if (language === 'ja') return { joiner: '', maxWords: 3, minPhraseCount: 1 };
  if (language === 'zh') return { joiner: '', maxWords: 2, minPhraseCount: 2 };
  if (language === 'ko') return { joiner: ' ', maxWords: 2, minPhraseCount: 2, showNormal: true };
  return { joiner: ' ', maxWords: language === 'de' ? 1 : 2, minPhraseCount: 2 };
}

/** Longest block split into sentences in one go, in characters; a longer one is first cut at a space. */
const MAX_BLOCK = 16_000;

function* splitLong(text: string, blocks: Iterable<Block>): Generator<Block> {
  for (const block of blocks) {
    let start = block.start;
    while (block.end - start > MAX_BLOCK) {
      const end = cutNear(text, start + MAX_BLOCK);
      yield { start, end };
      start = end;
    }
    yield { start, end: block.end };
  }
}

/** The last sentence end in the 4,000 characters before `limit`, or the last space, or else `limit`. */
function cutNear(text: string, limit: number): number {
  const from = limit - 4_000;
  const tail = text.slice(from, limit);
  const stop = Math.max(...['. ', '.\n', '! ', '? ', '。', '！', '？'].map((mark) => tail.lastIndexOf(mark)));
  if (stop !== -1) return from + stop + 1;
  const space = Math.max(tail.lastIndexOf(' '), tail.lastIndexOf('\n'));
  return space === -1 ? limit : from + space;
}

/** Groups blocks so that each group takes about one time slice. */
function* piecesOf(blocks: Iterable<Block>): Generator<Block[]> {
  let piece: Block[] = [];
  for (const block of blocks) {
    const first = piece[0];
    if (first !== undefined && block.end - first.start > PIECE_CHARACTERS) {
      yield piece;
      piece = [];
    }
    piece.push(block);
  }
  if (piece.length > 0) yield piece;
}

function* lineBlocks(text: string): Generator<Block> {
  for (const line of linesOf(text)) {
    const block = trimSpan(text, line);
    if (block !== null) yield block;
  }
}

/** Line numbers for offsets queried in ascending order. */
function lineCounter(text: string): (offset: number) => number {
  let line = 1;
  let next = text.indexOf('\n');
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      next = text.indexOf('\n', next + 1);
    }
    return line;
  };
}
