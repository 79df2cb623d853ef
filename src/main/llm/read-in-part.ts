/** Detects servers that silently truncate a text to their context, by their low token count. */
import { type Problem, problem } from '../../shared/problem.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { ChatTurn, ModelCall } from './model-call.ts';
import type { Usage } from './token-usage.ts';

/** Shorter texts are not truncated, and what a prompt template adds or hides would distort the count. */
const FEWEST_WORDS = 400;
/** No natural text averages more characters per token, apart from repeated characters. Most average under five. */
const NEVER_CUT_CHARACTERS_A_TOKEN = 6;
/** Allows for tokens that servers leave out of their count, such as a repeated system prompt. */
const MARGIN = 0.9;
/** Lower counts are not real: the server took the text from its cache. */
const UNKNOWN_BELOW = 2;

/** Null if the text was read whole, or nobody can tell. */
export function whyReadInPart(call: ModelCall, usage: Usage | null, host: string): Problem | null {
  if (usage?.promptTokens == null || usage.promptTokens < UNKNOWN_BELOW) return null;
  // Some servers include cached tokens in the prompt, some do not.
  const readTokens = usage.promptTokens + (usage.cachedTokens ?? 0) + (usage.cacheWrittenTokens ?? 0);
  const texts = countedTurns(call.turns, usage, readTokens).map(({ content }) => content);
  const characters = texts.reduce((sum, { length }) => sum + length, 0);
  if (readTokens >= characters / NEVER_CUT_CHARACTERS_A_TOKEN) return null;
  const words = texts.reduce((sum, text) => sum + fewestTokens(text), 0);
  if (words < FEWEST_WORDS || readTokens >= words * MARGIN) return null;
  const sentTokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  return problem('read_in_part', { host, readTokens, sentTokens }, { partialKept: true });
}

/** What a template may add to the turns, in tokens. */
const TEMPLATE_TOKENS = 512;

/**
 * The turns that a count must cover. A conversation repeats what the server has read before, and some servers count
 * only what is new: the turns since the last reply, and that reply. A larger count is one of the whole.
 */
function countedTurns(turns: readonly ChatTurn[], usage: Usage, readTokens: number): readonly ChatTurn[] {
  const lastReply = turns.findLastIndex(({ role }) => role === 'assistant');
  if (lastReply < 0 || (usage.cachedTokens ?? 0) > 0) return turns;
  // No tokenizer makes more tokens than there are bytes.
  const mostNew = turns
    .slice(lastReply)
    .reduce((sum, { content }) => sum + Buffer.byteLength(content), TEMPLATE_TOKENS);
  return readTokens > mostNew ? turns : turns.slice(lastReply + 1);
}

const WORD = /[\p{L}\p{M}]+/gu;
const WITHOUT_BLANKS =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]/u;
/** The most characters of an unspaced script in one token, in the best case measured. */
const MOST_IN_A_TOKEN = 4;

/**
 * A lower bound for the tokens of a text with any tokenizer, since none puts two words into one token. Measured with
 * the tokenizers of OpenAI (three), Llama 2 and 3, Mistral and Claude on 24 kinds of text, which have 1.0 to 27 times
 * as many tokens.
 */
export function fewestTokens(text: string): number {
  let tokens = 0;
  for (const [word] of text.matchAll(WORD)) {
    tokens += WITHOUT_BLANKS.test(word) ? Math.ceil(word.length / MOST_IN_A_TOKEN) : 1;
  }
  return tokens;
}
