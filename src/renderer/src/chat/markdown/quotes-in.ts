import type { Token } from 'markdown-it';
import { MOST_MARKS } from '../../../../shared/page-picture.ts';
import { type QuoteSource, quoteSourceOf } from '../../../../shared/quote-source.ts';
import { MAX_QUOTED_CHARACTERS } from '../../../../shared/quoted-words.ts';
import { createBlockSplitter } from './blocks.ts';
import { parser } from './parser.ts';
import { lastLinkOf, paragraphsOf } from './quote-tokens.ts';
import { textOf } from './token-text.ts';

/** Words that a reply quotes. */
export interface Quote {
  readonly words: string;
  /** Where the built-in engine says they are; null for a model's. */
  readonly source: QuoteSource | null;
}

/** Quotation marks of most languages, in pairs. Within a paragraph: the same mark opens and closes in some. */
const inMarks = /“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|»([^«»]+)«|「([^「」]+)」|『([^『』]+)』|"([^"\n]+)"/gu;

/** What a reply quotes: its quotations set apart, and what stands between quotation marks. At most so many as are marked. */
export function quotesIn(markdown: string): readonly Quote[] {
  const { blocks } = createBlockSplitter()(markdown);
  const quotes: Quote[] = [];
  for (const block of blocks) {
    if (quotes.length >= MOST_MARKS) break;
    if (block.kind === 'markdown' || block.kind === 'table') quotes.push(...quotesOfTokens(tokensOf(block.text)));
    if (block.kind === 'list') quotes.push(...block.items.flatMap((item) => quotesOfTokens(tokensOf(item))));
  }
  return quotes.filter(({ words }) => words.length <= MAX_QUOTED_CHARACTERS).slice(0, MOST_MARKS);
}

/** Flat, as they are drawn. */
function tokensOf(text: string): readonly Token[] {
  return parser()
    .parse(text, { references: {}, notes: new Map() })
    .flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]));
}

function quotesOfTokens(tokens: readonly Token[]): readonly Quote[] {
  const quotes: Quote[] = [];
  for (let place = 0; place < tokens.length; place += 1) {
    const type = tokens[place]?.type;
    if (type !== 'blockquote_open' && type !== 'paragraph_open' && type !== 'td_open') continue;
    const end = endOf(tokens, place);
    const inner = tokens.slice(place + 1, end);
    quotes.push(...(type === 'blockquote_open' ? setApart(inner) : betweenMarks(textOf(inner))));
    place = end;
  }
  return quotes;
}

/** Where what is opened at a place is closed. */
function endOf(tokens: readonly Token[], place: number): number {
  let depth = 0;
  for (let at = place; at < tokens.length; at += 1) {
    depth += tokens[at]?.nesting ?? 0;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** The built-in engine's end with a link to where they are; of a model's, each paragraph may be found or not. */
function setApart(inner: readonly Token[]): readonly Quote[] {
  const paragraphs = paragraphsOf(inner);
  const link = lastLinkOf(inner);
  const source = link === null ? null : quoteSourceOf(link);
  if (source !== null) return [{ words: paragraphs.slice(0, -1).join(' '), source }];
  return paragraphs.map((words) => ({ words: words.replace(/^["“„«»]|["“”«»]$/gu, ''), source: null }));
}

function betweenMarks(text: string): readonly Quote[] {
  return [...text.matchAll(inMarks)]
    .map((match) => match.slice(1).find((words) => words !== undefined) ?? '')
    .filter(isMoreThanAName)
    .map((words) => ({ words, source: null }));
}

/** A single word in quotation marks is a term or a name as often as a quotation. */
function isMoreThanAName(words: string): boolean {
  if (words.trim().split(/\s+/u).length >= 3) return true;
  return (words.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0) >= 6;
}
