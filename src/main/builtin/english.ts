import type { ItemSentence, ItsFunction, Model, WinkMethods } from 'wink-nlp';
import { genericAdjectives, genericNouns } from './stop-words.ts';
import type { Token } from './token.ts';

interface EnglishPiece {
  readonly tokens: readonly Token[];
  /** Offsets at which sentences begin, by wink's own rules. */
  readonly sentenceStarts: readonly number[];
  /** For each of those sentences, the mean score of its words in wink's sentiment list, −1 to 1; 0 if it has none. */
  readonly tone: readonly number[];
}

/** Reads a piece of English text; `offset` is its position in the source. */
export type EnglishReader = (piece: string, offset: number) => EnglishPiece;

/**
 * wink keeps every new word for the lifetime of an instance and packs the index into 20 bits. A long batch would fill
 * them, so the instance is replaced after this many new words.
 */
const MAX_NEW_WORDS = 150_000;

/** Loads wink-nlp and its English model; takes ~0.5 s the first time. */
export async function loadEnglishReader(): Promise<EnglishReader> {
  const [{ default: winkNlp }, { default: model }] = await Promise.all([
    import('wink-nlp'),
    import('wink-eng-lite-web-model'),
  ]);
  const create = (): WinkMethods => winkNlp(model satisfies Model, ['sbd', 'pos', 'negation', 'sentiment']);
  let wink = create();
  let firstNewWord: number | null = null;
  return (piece, offset) => {
    const { result, lastWord } = readPiece(wink, piece, offset);
    firstNewWord ??= lastWord;
    if (lastWord - firstNewWord > MAX_NEW_WORDS) {
      wink = create();
      firstNewWord = null;
    }
    return result;
  };
}

function readPiece(wink: WinkMethods, piece: string, offset: number): { result: EnglishPiece; lastWord: number } {
  const { its } = wink;
  const document = wink.readDoc(piece);
  const words = document.tokens();
  const values = words.out(its.value);
  const starts = align(piece, values);
  const types = words.out(its.type);
  const tags = words.out(its.pos);
  const lemmas = words.out(lemmaOf(wink));
  const functionWords = words.out<boolean>(its.stopWordFlag);
  const ids = words.out<number>(its.uniqueId);

  const tokens: Token[] = [];
  let lastWord = 0;
  for (const [index, value] of values.entries()) {
    lastWord = Math.max(lastWord, Number(ids[index] ?? 0));
    const start = starts[index];
    const type = types[index];
    if (start === undefined || (type !== 'word' && type !== 'number') || !/[\p{L}\p{N}]/u.test(value)) continue;
    const normal = lemmas[index] ?? value.toLowerCase();
    const tag = tags[index];
    tokens.push({
      start: offset + start,
      end: offset + start + value.length,
      normal,
      content: functionWords[index] !== true && value.length > 1,
      noun: (tag === 'NOUN' || tag === 'PROPN') && isTermWord(value, normal),
      adjective: tag === 'ADJ' && value.length > 2 && !genericAdjectives.has(normal),
    });
  }
  const sentenceStarts: number[] = [];
  const tone: number[] = [];
  document.sentences().each((sentence: ItemSentence) => {
    const first = starts[Number(sentence.out(its.span)[0])];
    if (first === undefined) return;
    sentenceStarts.push(offset + first);
    tone.push(Number(sentence.out(its.sentiment)));
  });
  return { result: { tokens, sentenceStarts, tone }, lastWord };
}

/** wink's types do not list `its.lemma` as an argument of `out`, but it is accepted. */
function lemmaOf({ its }: WinkMethods): ItsFunction<string> {
  return its.lemma as unknown as ItsFunction<string>;
}

function isTermWord(value: string, normal: string): boolean {
  return value.length > 1 && /^[\p{L}][\p{L}\p{N}'’.&-]*$/u.test(value) && !genericNouns.has(normal.replace(/\.$/, ''));
}

/** How far ahead to search for a token when wink has changed a character before it. */
const RESYNC_CHARACTERS = 64;

/**
 * Finds each token's offset in the piece. wink returns tokens without offsets and normalises white space, so each token
 * is looked up in the piece again; what is quoted then comes from the source.
 */
function align(piece: string, values: readonly string[]): number[] {
  const starts: number[] = [];
  let cursor = 0;
  for (const value of values) {
    if (value.trim() === '') {
      // Line breaks are tokens too.
      starts.push(cursor);
      continue;
    }
    while (cursor < piece.length && piece.charCodeAt(cursor) <= 32) cursor += 1;
    if (!piece.startsWith(value, cursor)) {
      const ahead = piece.slice(cursor, cursor + RESYNC_CHARACTERS + value.length).indexOf(value);
      if (ahead !== -1) cursor += ahead;
    }
    starts.push(Math.min(cursor, piece.length));
    cursor += value.length;
  }
  return starts;
}
