/** What ranking needs to know about a sentence: its distinct content words. */
export interface RankedText {
  readonly words: readonly string[];
}

/** Share of a sentence's score that comes from its neighbours; the value from the paper. */
const DAMPING = 0.85;
const MAX_ROUNDS = 40;
/** The ranking has converged when no score changes by more than this. */
const TOLERANCE = 1e-4;

/**
 * TextRank (Mihalcea & Tarau 2004): a sentence matters as much as the sentences that share words with it. Quadratic in
 * the number of sentences, in time and memory.
 */
export function textRank(sentences: readonly RankedText[]): number[] {
  const size = sentences.length;
  const weights = similarities(sentences);
  const outgoing = rowSums(weights, size);
  let scores = new Float64Array(size).fill(1);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const next = new Float64Array(size).fill(1 - DAMPING);
    for (let from = 0; from < size; from += 1) {
      const out = outgoing[from] ?? 0;
      if (out === 0) continue;
      const share = (DAMPING * (scores[from] ?? 0)) / out;
      for (let to = 0; to < size; to += 1) next[to] = (next[to] ?? 0) + share * (weights[from * size + to] ?? 0);
    }
    const change = next.reduce((most, score, index) => Math.max(most, Math.abs(score - (scores[index] ?? 0))), 0);
    scores = next;
    if (change < TOLERANCE) break;
  }
  return Array.from(scores);
}

/** Shared words divided by the logarithms of both lengths, as a full row-major matrix; 0 on the diagonal. */
function similarities(sentences: readonly RankedText[]): Float64Array {
  const size = sentences.length;
  const shared = new Float64Array(size * size);
  for (const holders of sentencesByWord(sentences).values()) {
    for (const a of holders) {
      for (const b of holders) if (a !== b) shared[a * size + b] = (shared[a * size + b] ?? 0) + 1;
    }
  }
  const lengths = sentences.map(({ words }) => Math.log(1 + words.length));
  for (const [a, lengthA] of lengths.entries()) {
    for (const [b, lengthB] of lengths.entries()) {
      const index = a * size + b;
      if ((shared[index] ?? 0) > 0) shared[index] = (shared[index] ?? 0) / (lengthA + lengthB);
    }
  }
  return shared;
}

export function sentencesByWord(sentences: readonly RankedText[]): Map<string, number[]> {
  const byWord = new Map<string, number[]>();
  for (const [index, { words }] of sentences.entries()) {
    for (const word of words) {
      const holders = byWord.get(word);
      if (holders === undefined) byWord.set(word, [index]);
      else holders.push(index);
    }
  }
  return byWord;
}

function rowSums(matrix: Float64Array, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) sums[row] = (sums[row] ?? 0) + (matrix[row * size + column] ?? 0);
  }
  return sums;
}

/**
 * The next pick by Maximal Marginal Relevance (Carbonell & Goldstein 1998): relevant, and unlike those already chosen.
 * Null if none are left. `relevance` is scaled to 0–1; a `lambda` of 1 ignores similarity.
 */
export function nextByMmr(
  candidates: readonly number[],
  chosen: readonly number[],
  relevance: readonly number[],
  sentences: readonly RankedText[],
  lambda = 0.7,
): number | null {
  let best: { index: number; value: number } | null = null;
  for (const index of candidates) {
    const likeness = Math.max(0, ...chosen.map((other) => overlap(sentences[index], sentences[other])));
    const value = lambda * (relevance[index] ?? 0) - (1 - lambda) * likeness;
    if (best === null || value > best.value) best = { index, value };
  }
  return best?.index ?? null;
}

/** Shared words divided by the geometric mean of both lengths, 0–1. */
function overlap(a: RankedText | undefined, b: RankedText | undefined): number {
  if (a === undefined || b === undefined || a.words.length === 0 || b.words.length === 0) return 0;
  const words = new Set(a.words);
  const shared = b.words.filter((word) => words.has(word)).length;
  return shared / Math.sqrt(a.words.length * b.words.length);
}
