import { type QuoteSource, quoteSourceLink } from '../../shared/quote-source.ts';
import { extractFrom } from './extract.ts';
import type { Reading, Sentence } from './reading.ts';
import { questionWords } from './stop-words.ts';

/** A sentence found in a file. */
interface Quote {
  readonly file: string;
  /** 1-based, as is `sentence`. */
  readonly line: number;
  readonly sentence: number;
  /** Number of sentences in the file. */
  readonly of: number;
  /** Verbatim. */
  readonly text: string;
}

export type Answer =
  | { readonly kind: 'no-model' }
  | {
      readonly kind: 'quotes';
      readonly quotes: readonly Quote[];
      readonly sentencesRead: number;
      readonly files: number;
    }
  | {
      readonly kind: 'no-match';
      readonly extracts: readonly { file: string; text: string }[];
      readonly sentencesRead: number;
    };

/** Maximum number of quotes; fewer if the rest match much worse. */
const MAX_QUOTES = 5;
/** Lowest score of a quote shown, relative to the best. */
const MIN_MATCH = 0.35;
/** Longer sentences are not quoted. */
const MAX_QUOTE_CHARACTERS = 1_000;

/** Finds the sentences that best match the question. Never answers in words of its own. */
export function answerFrom(question: string, documents: readonly Reading[]): Answer {
  if (documents.length === 0) return { kind: 'no-model' };
  const sentencesRead = documents.reduce((sum, { sentences }) => sum + sentences.length, 0);
  const matches = bestMatches(question, documents);
  if (matches.length > 0) return { kind: 'quotes', quotes: matches, sentencesRead, files: documents.length };
  const extracts = documents.flatMap((reading) => {
    const extract = extractFrom(reading);
    return extract.ok ? [{ file: fileName(reading), text: extract.value.text }] : [];
  });
  return { kind: 'no-match', extracts, sentencesRead };
}

interface Match {
  readonly reading: Reading;
  readonly sentence: Sentence;
  readonly index: number;
  readonly score: number;
}

function bestMatches(question: string, documents: readonly Reading[]): Quote[] {
  const matches = documents
    .flatMap((reading) => matchesIn(question, reading, documents))
    .sort((a, b) => b.score - a.score);
  const best = matches[0]?.score ?? 0;
  const quotes = new Map<string, Quote>();
  for (const { reading, sentence, index, score } of matches) {
    if (quotes.size >= MAX_QUOTES || score < best * MIN_MATCH) break;
    const text = reading.text.slice(sentence.start, sentence.end);
    if (quotes.has(text)) continue;
    const of = reading.sentences.length;
    quotes.set(text, { file: fileName(reading), text, line: sentence.line, sentence: index + 1, of });
  }
  return [...quotes.values()];
}

/** BM25 (Robertson & Zaragoza 2009) over sentences; a word counts once per sentence. */
const K1 = 1.2;
const B = 0.5;

function matchesIn(question: string, reading: Reading, documents: readonly Reading[]): Match[] {
  const asked = subjectOf(reading.wordsOfQuestion(question));
  if (asked.size === 0) return [];
  const weights = rarities(asked, documents);
  const meanLength = mean(reading.sentences.map(({ words }) => words.length));
  const matches: Match[] = [];
  for (const [index, sentence] of reading.sentences.entries()) {
    if (sentence.end - sentence.start > MAX_QUOTE_CHARACTERS) continue;
    const weight = sentence.words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0);
    if (weight === 0) continue;
    const length = 1 - B + (B * sentence.words.length) / Math.max(meanLength, 1);
    matches.push({ reading, sentence, index, score: (weight * (K1 + 1)) / (1 + K1 * length) });
  }
  return matches;
}

/** The words a question is about, or all of its words if there are none. */
function subjectOf(words: readonly string[]): ReadonlySet<string> {
  const subject = words.filter((word) => !questionWords.has(word));
  return new Set(subject.length > 0 ? subject : words);
}

/** Inverse document frequency of each word over all sentences. */
function rarities(words: ReadonlySet<string>, documents: readonly Reading[]): Map<string, number> {
  const holders = new Map<string, number>();
  let total = 0;
  for (const { sentences } of documents) {
    total += sentences.length;
    for (const sentence of sentences) {
      for (const word of sentence.words) if (words.has(word)) holders.set(word, (holders.get(word) ?? 0) + 1);
    }
  }
  return new Map([...holders].map(([word, count]) => [word, Math.log(1 + (total - count + 0.5) / (count + 0.5))]));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function fileName({ name }: Reading): string {
  return name === '' ? 'the document' : name;
}

const NO_MODEL =
  'No language model is connected. The built-in text engine can quote sentences from files, but it cannot write an answer.';
const HOW_TO_CONNECT =
  'To connect a model, open Settings and choose a provider: OpenAI, or any OpenAI-compatible server such as Ollama, LM Studio or llama.cpp on this machine.';

/** The answer as Markdown for the chat. Quotes are escaped, so that they read as they do in the file. */
export function answerMarkdown(answer: Answer): string {
  switch (answer.kind) {
    case 'no-model':
      return `${NO_MODEL}\n\n${HOW_TO_CONNECT}\n\nWith a file attached to your question, it quotes the sentences that match it best.`;
    case 'quotes': {
      const { quotes, sentencesRead, files } = answer;
      const read = `the ${sentencesRead.toLocaleString('en')} sentences in ${files === 1 ? 'the file' : `${files} files`}`;
      const these = quotes.length === 1 ? 'this one matches' : `these ${quotes.length} match`;
      const lead = `No language model is connected, so this is not an answer. Of ${read}, ${these} the words of your question best:`;
      return [lead, ...quotes.map(quoted), HOW_TO_CONNECT].join('\n\n');
    }
    case 'no-match': {
      const read = answer.sentencesRead.toLocaleString('en');
      const lead = `No language model is connected, and none of the ${read} sentences shares a word with your question.`;
      const extracts = answer.extracts.map(({ file, text }) => quotation(text, file, { file, line: null }));
      return [
        lead,
        ...(extracts.length > 0 ? ['The most typical sentences instead:'] : []),
        ...extracts,
        HOW_TO_CONNECT,
      ].join('\n\n');
    }
  }
}

function quoted({ text, file, line, sentence, of }: Quote): string {
  return quotation(text, `${file}, line ${line}, sentence ${sentence} of ${of}`, { file, line });
}

/** Ends with its source: in words, and as a link with which the window opens the place. */
function quotation(text: string, words: string, source: QuoteSource): string {
  return `> ${escapeMarkdown(text)}\n>\n> [— ${escapeMarkdown(words)}](<${quoteSourceLink(source)}>)`;
}

/** Escapes one line so that no Markdown takes effect; a list can only begin at its start. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_[\]<>#|~&]/g, '\\$&')
    .replace(/^(\d{0,9})([-+=.)])/, '$1\\$2');
}
