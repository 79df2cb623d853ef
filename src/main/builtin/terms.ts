import type { Token } from './token.ts';

/** Counts candidate terms while a text is read and ranks them at the end. */
export interface TermTable {
  /** A run of adjacent words that may be a term or contain terms. */
  add(run: readonly Token[], text: string): void;
  /** The best `count` terms without words in common, best first, each in its most frequent spelling. */
  best(count: number): string[];
}

interface Term {
  readonly words: readonly string[];
  count: number;
  /** The leading spelling in a majority vote (Boyer & Moore 1981), and its lead. */
  spelling: string;
  lead: number;
  readonly order: number;
}

/** Longest term, in words. */
const MAX_WORDS = 3;

/** At this size, terms seen only once are dropped (lossy counting, Manku & Motwani 2002): they will not win. */
const MAX_TERMS = 150_000;

export interface TermOptions {
  /** Between the words of a term: a space, or nothing in scripts without spaces. */
  readonly joiner: string;
  /** Longest term, in words; at most three. */
  readonly maxWords: number;
  /** Terms of several words must occur this often if no grammar confirms them. */
  readonly minPhraseCount: number;
  /** Shows the normalised forms of the words, if those are real words and the text inflects them. */
  readonly showNormal?: boolean;
}

/**
 * Ranks like the C-value (Frantzi, Ananiadou & Mima 2000): how often a term is used, minus its uses within the most
 * frequent longer term around it, times log₂ of its length in words plus one. If "boards" is nearly always "circuit
 * boards", the longer term wins.
 */
export function createTermTable({ joiner, maxWords, minPhraseCount, showNormal }: TermOptions): TermTable {
  const terms = new Map<string, Term>();
  let order = 0;

  function count(part: readonly Token[], text: string): void {
    const words = part.map((token) => token.normal);
    const key = words.join(' ');
    const written = text.slice(part[0]?.start ?? 0, part.at(-1)?.end ?? 0).replace(/\s+/gu, joiner);
    const spelling = showNormal === true ? words.join(joiner) : written;
    const known = terms.get(key);
    if (known === undefined) {
      order += 1;
      terms.set(key, { words, count: 1, spelling, lead: 1, order });
    } else {
      known.count += 1;
      vote(known, spelling);
    }
  }

  function add(run: readonly Token[], text: string): void {
    for (let length = 1; length <= Math.min(maxWords, MAX_WORDS); length += 1) {
      for (let start = 0; start + length <= run.length; start += 1) {
        if (run[start + length - 1]?.noun === true) count(run.slice(start, start + length), text);
      }
    }
    if (terms.size > MAX_TERMS) {
      for (const [key, term] of terms) if (term.count === 1) terms.delete(key);
    }
  }

  function best(wanted: number): string[] {
    const phrases = [...terms.values()].filter((term) => term.words.length === 1 || term.count >= minPhraseCount);
    const owed = owedToLonger(phrases);
    const candidates = phrases.map((term) => ({ term, weight: weightOf(term, owed) }));
    candidates.sort((a, b) => b.weight - a.weight || a.term.order - b.term.order);
    const used = new Set<string>();
    const chosen: string[] = [];
    for (const { term } of candidates) {
      const { words, spelling } = term;
      if (chosen.length >= wanted) break;
      if (words.some((word) => used.has(word)) || spelling.includes(',')) continue;
      for (const word of words) used.add(word);
      chosen.push(spelling);
    }
    return chosen;
  }

  return { add, best };
}

function weightOf({ words, count }: Term, owed: ReadonlyMap<string, number>): number {
  return Math.log2(words.length + 1) * (count - (owed.get(words.join(' ')) ?? 0));
}

/** For each term inside longer ones, the uses of the most frequent of those. */
function owedToLonger(terms: readonly Term[]): Map<string, number> {
  const owed = new Map<string, number>();
  for (const { words, count } of terms) {
    for (let length = 1; length < words.length; length += 1) {
      for (let start = 0; start + length <= words.length; start += 1) {
        const key = words.slice(start, start + length).join(' ');
        owed.set(key, Math.max(owed.get(key) ?? 0, count));
      }
    }
  }
  return owed;
}

function vote(term: Term, spelling: string): void {
  if (term.spelling === spelling) {
    term.lead += 1;
  } else if (term.lead > 1) {
    term.lead -= 1;
  } else {
    term.spelling = spelling;
    term.lead = 1;
  }
}

/**
 * Maximal runs of adjacent words that may form a term: nouns, with adjectives before them.
 */
export function* termRuns(tokens: readonly Token[], text: string): Generator<readonly Token[]> {
  let run: Token[] = [];
  for (const token of tokens) {
    const last = run.at(-1);
    const adjacent = last === undefined || /^\s{0,3}$/u.test(text.slice(last.end, token.start));
    const fits = token.noun || (token.adjective && last?.noun !== true);
    if (!adjacent || !fits) {
      if (run.some((member) => member.noun)) yield run;
      run = [];
    }
    if (token.noun || token.adjective) run.push(token);
  }
  if (run.some((member) => member.noun)) yield run;
}
