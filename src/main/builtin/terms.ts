import type { Token } from './token.ts';

/** Counts candidate terms while a text is read, and ranks them at the end. */
export interface TermTable {
  /** A run of adjacent words that may be a term, or have terms in it. */
  add(run: readonly Token[], text: string): void;
  /** The best `count` terms that share no word, best first, each as it is most often written. */
  best(count: number): string[];
}

interface Term {
  readonly words: readonly string[];
  count: number;
  /** Occurrences inside of longer candidates, and how many candidates those are. */
  nested: number;
  containers: number;
  /** The spelling that leads a majority vote (Boyer & Moore 1981), and its lead. */
  spelling: string;
  lead: number;
  readonly order: number;
}

/** Longest term, in words. */
const MAX_WORDS = 3;

/** At this size terms seen once are forgotten (lossy counting, Manku & Motwani 2002): they will not win. */
const MAX_TERMS = 150_000;

export interface TermOptions {
  /** Between the words of a term: a space, or nothing in scripts without spaces. */
  readonly joiner: string;
  /** Longest term, in words; at most three. */
  readonly maxWords: number;
  /** Terms of several words must be seen this often, where no grammar vouches for them. */
  readonly minPhraseCount: number;
}

/**
 * Ranks by C-value (Frantzi, Ananiadou & Mima 2000): how often a term is used, minus what it owes to longer
 * terms around it, times log₂ of its length in words plus one.
 */
export function createTermTable({ joiner, maxWords, minPhraseCount }: TermOptions): TermTable {
  const terms = new Map<string, Term>();
  let order = 0;

  function count(part: readonly Token[], text: string): { isNew: boolean } {
    const words = part.map((token) => token.normal);
    const key = words.join(' ');
    const first = part[0];
    const last = part.at(-1);
    const spelling = text.slice(first?.start ?? 0, last?.end ?? 0).replace(/\s+/gu, joiner);
    const known = terms.get(key);
    if (known !== undefined) {
      known.count += 1;
      vote(known, spelling);
      return { isNew: false };
    }
    order += 1;
    terms.set(key, { words, count: 1, nested: 0, containers: 0, spelling, lead: 1, order });
    return { isNew: true };
  }

  function add(run: readonly Token[], text: string): void {
    const longest = Math.min(maxWords, MAX_WORDS);
    for (let length = 1; length <= longest; length += 1) {
      for (let start = 0; start + length <= run.length; start += 1) {
        const part = run.slice(start, start + length);
        if (part.at(-1)?.noun !== true) continue;
        const { isNew } = count(part, text);
        for (const inner of innerKeys(part)) {
          const nested = terms.get(inner);
          if (nested === undefined) continue;
          nested.nested += 1;
          if (isNew) nested.containers += 1;
        }
      }
    }
    if (terms.size > MAX_TERMS) {
      for (const [key, term] of terms) if (term.count === 1) terms.delete(key);
    }
  }

  function best(wanted: number): string[] {
    const candidates = [...terms.values()].filter((term) => term.words.length === 1 || term.count >= minPhraseCount);
    candidates.sort((a, b) => weightOf(b) - weightOf(a) || a.order - b.order);
    const used = new Set<string>();
    const chosen: string[] = [];
    for (const { words, spelling } of candidates) {
      if (chosen.length >= wanted) break;
      if (words.some((word) => used.has(word)) || spelling.includes(',')) continue;
      for (const word of words) used.add(word);
      chosen.push(spelling);
    }
    return chosen;
  }

  return { add, best };
}

function weightOf(term: Term): number {
  const own = term.count - (term.containers > 0 ? term.nested / term.containers : 0);
  return Math.log2(term.words.length + 1) * own;
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

/** The proper parts of a candidate that are candidates themselves. */
function* innerKeys(part: readonly Token[]): Generator<string> {
  for (let length = 1; length < part.length; length += 1) {
    for (let start = 0; start + length <= part.length; start += 1) {
      if (part[start + length - 1]?.noun !== true) continue;
      yield part
        .slice(start, start + length)
        .map((token) => token.normal)
        .join(' ');
    }
  }
}

/**
 * Maximal runs of words that stand next to each other and may form a term: nouns, with adjectives before
 * them.
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
