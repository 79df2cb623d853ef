import { err, ok, type Result } from '../../shared/result.ts';
import type { Reading, Sentence } from './reading.ts';
import { nextByMmr, sentencesByWord, textRank } from './textrank.ts';

export interface Extract {
  /** In source order, verbatim. */
  readonly sentences: readonly string[];
  /** The sentences joined into one text, with ` … ` where something between two of them was left out. */
  readonly text: string;
  /** How the extract was made, if that is not obvious; otherwise null. */
  readonly note: string | null;
}

const MAX_SENTENCES = 2;
/** Of all sentences; a longer one is used if there is no shorter one. */
const MAX_CHARACTERS = 300;
/** A longer sentence is not an extract but a table without delimiters, data, or text without full stops. */
const MAX_SENTENCE_CHARACTERS = 1_000;
/** Ranking is quadratic in the number of sentences, in time and memory. */
const MAX_RANKED = 400;

/** The most typical sentences of a text, or a sentence saying why there are none. */
export function extractFrom(reading: Reading): Result<Extract, string> {
  if (reading.text.trim() === '') return err('The document is empty.');
  const distinct = quotable(reading);
  if (distinct.length === 0) return withoutSentences(reading);

  const { ranked, note } = shortlist(distinct, reading.sentences.length);
  const relevance = relevanceOf(ranked, reading);
  const chosen = choose(ranked, relevance);
  const picked = chosen.map((index) => ranked[index]).filter((sentence) => sentence !== undefined);
  picked.sort((a, b) => a.start - b.start);
  return ok({
    sentences: picked.map((sentence) => reading.text.slice(sentence.start, sentence.end)),
    text: joined(reading, picked),
    note: notes([tableNote(reading), codeNote(reading), note]),
  });
}

/** The quotable sentences, without duplicates: repeated page headers would reinforce each other. */
function quotable(reading: Reading): Sentence[] {
  const seen = new Set<string>();
  return reading.sentences.filter((sentence) => {
    if (sentence.wordCount === 0 || sentence.end - sentence.start > MAX_SENTENCE_CHARACTERS) return false;
    const wording = reading.text
      .slice(sentence.start, sentence.end)
      .replace(/[\s\p{N}]+/gu, ' ')
      .toLowerCase();
    if (seen.has(wording)) return false;
    seen.add(wording);
    return true;
  });
}

/** All sentences if ranking can handle them, otherwise those whose words are most common in the text. */
function shortlist(
  sentences: readonly Sentence[],
  total: number,
): { ranked: readonly Sentence[]; note: string | null } {
  if (sentences.length <= MAX_RANKED) return { ranked: sentences, note: null };
  const byWord = sentencesByWord(sentences);
  const weight = ({ words }: Sentence): number =>
    words.reduce((sum, word) => sum + Math.log(byWord.get(word)?.length ?? 1), 0) / (words.length + 4);
  const ranked = sentences
    .map((sentence) => ({ sentence, weight: weight(sentence) }))
    .sort((a, b) => b.weight - a.weight)
    .slice(0, MAX_RANKED)
    .map(({ sentence }) => sentence)
    .sort((a, b) => a.start - b.start);
  const read = `All ${total.toLocaleString('en')} sentences were read`;
  const note = `${read}; the ${MAX_RANKED} whose words are most common in them were ranked against each other.`;
  return { ranked, note };
}

/** TextRank scores, reduced for sentences that read badly alone, scaled so that the best is 1. */
function relevanceOf(sentences: readonly Sentence[], reading: Reading): number[] {
  const scores = textRank(sentences).map((score, index) => {
    const sentence = sentences[index];
    return sentence === undefined ? 0 : score * fitness(sentence, reading);
  });
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  return scores.map((score) => (best > 0 ? score / best : 0));
}

/** How well a sentence stands alone, 0–1. */
function fitness(sentence: Sentence, reading: Reading): number {
  const text = reading.text.slice(sentence.start, sentence.end);
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  let value = 1;
  if (!/[.!?…。！？｡։۔।][\s"'”’»)\]」』*_]*$/u.test(text)) value *= 0.5;
  if (/[?？]["'”’»)\]」』]*$/u.test(text)) value *= 0.7;
  if (sentence.words.length < 4) value *= 0.5;
  if (sentence.words.length > 30) value *= 0.7;
  if (letters / text.length < 0.55) value *= 0.4;
  return value;
}

/** How relevant each further sentence must be, relative to the best. */
const MIN_RELEVANCE = 0.35;

function choose(sentences: readonly Sentence[], relevance: readonly number[]): number[] {
  const all = sentences.map((_, index) => index);
  const chosen: number[] = [];
  let left = MAX_CHARACTERS;
  while (chosen.length < MAX_SENTENCES) {
    const fitting = all.filter((index) => {
      if (chosen.includes(index) || lengthOf(sentences[index]) > left) return false;
      return chosen.length === 0 || (relevance[index] ?? 0) >= MIN_RELEVANCE;
    });
    // If no sentence fits, one that is too long is better than a truncated one.
    const next = nextByMmr(fitting.length === 0 && chosen.length === 0 ? all : fitting, chosen, relevance, sentences);
    if (next === null) break;
    chosen.push(next);
    left -= lengthOf(sentences[next]) + GAP.length;
  }
  return chosen;
}

function lengthOf(sentence: Sentence | undefined): number {
  return sentence === undefined ? 0 : sentence.end - sentence.start;
}

const GAP = ' … ';

function joined(reading: Reading, picked: readonly Sentence[]): string {
  let text = '';
  for (const [index, sentence] of picked.entries()) {
    const before = picked[index - 1];
    if (before !== undefined) {
      const between = reading.text.slice(before.end, sentence.start);
      text += between.trim() === '' ? between : GAP;
    }
    text += reading.text.slice(sentence.start, sentence.end);
  }
  return text;
}

function withoutSentences(reading: Reading): Result<Extract, string> {
  const { layout, text } = reading;
  if (layout.kind === 'table' && layout.table.header.end > layout.table.header.start) {
    const header = text.slice(layout.table.header.start, layout.table.header.end);
    if (header.length <= MAX_SENTENCE_CHARACTERS) {
      return ok({ sentences: [header], text: header, note: `${tableNote(reading)} The extract is its first row.` });
    }
  }
  if (layout.kind === 'code') return err('This is source code or data, without any sentences.');
  if (reading.sentences.length > 0) {
    return err(`No sentence in it is shorter than ${MAX_SENTENCE_CHARACTERS.toLocaleString('en')} characters.`);
  }
  return err('It contains no sentences.');
}

function tableNote({ layout }: Reading): string | null {
  if (layout.kind !== 'table') return null;
  const size = `A table of ${layout.table.rows.toLocaleString('en')} rows and ${layout.table.columns} columns`;
  const columns = layout.table.proseColumns.map((heading) => `“${heading}”`).join(', ');
  return columns === '' ? `${size}, without sentences.` : `${size}; its sentences are in ${columns}.`;
}

function codeNote({ layout }: Reading): string | null {
  return layout.kind === 'code' ? 'Source code or data: only its comments and texts were read.' : null;
}

function notes(parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null);
  return said.length === 0 ? null : said.join(' ');
}
