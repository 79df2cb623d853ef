/** Asks about a text that may be too long for the model to read at once: part by part, then as a whole. */
import { type Problem, problem } from '../../shared/problem.ts';
import type { Question } from '../../shared/recipe.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import { contextSaid } from '../llm/context-limit.ts';
import type { Gateway } from '../llm/gateway.ts';
import { type AskedGroup, type AskedQuestion, askGroup, type Group } from './ask-group.ts';
import { mergeAnswers } from './merge-answers.ts';
import { LEAST_PART_TOKENS, roomFor } from './part-room.ts';
import type { RecipeInput, RecipeOptions } from './recipe-input.ts';
import { reducedTexts } from './reduce-prompt.ts';
import { splitText } from './split-text.ts';

/** What all requests of a text's parts have in common. */
interface Asking {
  readonly gateway: Gateway;
  readonly group: Group;
  readonly input: RecipeInput;
  readonly options: RecipeOptions;
  /** The text, as it fits the model as far as known; the same for all groups. */
  readonly pieces: readonly Piece[];
}

/** An answer made from all parts of a text. */
export interface PartedAnswer extends AskedQuestion {
  readonly parts: number;
  /** Parts that were answered. */
  readonly partsRead: number;
}

/** A text, or a part of it, with the places in it where its pages begin. */
export interface Piece {
  readonly text: string;
  readonly pageStarts: readonly number[];
}

/** The parts of a text that its questions are asked about first. */
export function firstPieces(input: RecipeInput, { connection }: RecipeOptions): readonly Piece[] {
  const text = { text: input.text, pageStarts: input.places?.starts ?? [] };
  return piecesOf(text, Math.max(LEAST_PART_TOKENS, roomFor(input, connection)));
}

/** Never rejects for anything that the provider did; a question without an answer has a problem. */
export async function askInParts(
  asking: Asking,
): Promise<{ readonly answers: readonly PartedAnswer[]; readonly usages: AskedGroup['usages'] }> {
  const { group, pieces } = asking;
  const parts = (await Promise.all(pieces.map((piece) => askPiece(asking, piece)))).flat();
  const asked = await Promise.all(
    group.questions.map((question) =>
      askWhole(
        asking,
        question,
        parts.flatMap(({ answers }) => answers.filter((answer) => answer.question === question.id)),
      ),
    ),
  );
  return {
    answers: asked.map(({ answer }) => answer),
    usages: [...parts, ...asked].flatMap(({ usages }) => usages),
  };
}

function room({ input, options }: Asking): number {
  return roomFor(input, options.connection);
}

function piecesOf({ text, pageStarts }: Piece, tokens: number): readonly Piece[] {
  return splitText(text, tokens, pageStarts).map(({ start, end }) => ({
    text: text.slice(start, end),
    pageStarts: pageStarts.filter((page) => page > start && page < end).map((page) => page - start),
  }));
}

/** Several answers, in order, if the server turned out to read less at once, so that the part was split anew. */
async function askPiece(asking: Asking, piece: Piece): Promise<readonly AskedGroup[]> {
  const { gateway, group, input, options } = asking;
  const asked = await askGroup(gateway, group, { ...input, text: piece.text }, options);
  const tokens = fewerTokens(asked, estimateTokens(piece.text), room(asking));
  if (tokens === null) return [asked];
  const parts = piecesOf(piece, tokens);
  return (await Promise.all(parts.map((part) => askPiece(asking, part)))).flat();
}

/** A count is of the whole request, and tokens are not spread evenly. */
const MARGIN = 0.9;

/** How long the parts may be that a text is split into because it was too long; null if it was not, or cannot be split. */
function fewerTokens({ answers }: AskedGroup, sent: number, fitting: number): number | null {
  const why = answers[0]?.problem ?? null;
  if (why === null || !isTooLong(why)) return null;
  const counted =
    why.code === 'context_too_long' && why.params.what === 'request' ? why.params.countedTokens : undefined;
  // Where the server counts more tokens than were estimated, fewer estimated ones fit.
  const scale = counted === undefined ? 1 : Math.min(1, (sent * MARGIN) / counted);
  const tokens = Math.floor(Math.min(fitting * scale, sent * (counted === undefined ? 0.5 : MARGIN)));
  return tokens < LEAST_PART_TOKENS ? null : tokens;
}

/** A count of what was read that cannot be true says nothing, so smaller parts would only hide it. */
function isTooLong(why: Problem): boolean {
  if (why.code === 'read_in_part') return contextSaid(why) !== null;
  return why.code === 'context_too_long' && why.params.what === 'request';
}

interface AskedWhole {
  readonly answer: PartedAnswer;
  readonly usages: AskedGroup['usages'];
}

async function askWhole(asking: Asking, question: Question, parts: readonly AskedQuestion[]): Promise<AskedWhole> {
  const about = { parts: parts.length, partsRead: parts.filter((part) => part.problem === null).length };
  const merged = mergeAnswers(question.answer, parts);
  if (merged.reduce === null) return { answer: { ...merged.answer, ...about }, usages: [] };
  const { answer, usages } = await reduce(asking, question, merged.reduce);
  return { answer: { ...withReduced(merged.answer, answer), ...about }, usages };
}

interface Reduced {
  readonly answer: AskedQuestion;
  readonly usages: AskedGroup['usages'];
}

/** Asks the question about the answers of the parts, in as many rounds as it takes until one answer is left. */
async function reduce(asking: Asking, question: Question, texts: readonly string[]): Promise<Reduced> {
  const { gateway, input, options } = asking;
  const groups = reducedTexts(input.recipe, texts, room(asking));
  if (groups === null) return { answer: unreducible(asking, question, texts), usages: [] };
  // A quotation from the answers would be none from the document.
  const group = { questions: [question], isStructured: false };
  const asked = await Promise.all(groups.map((text) => askGroup(gateway, group, { ...input, text }, options)));
  const usages = asked.flatMap((one) => one.usages);
  const merged = mergeAnswers(
    question.answer,
    asked.flatMap(({ answers }) => answers),
  );
  if (merged.reduce === null) return { answer: merged.answer, usages };
  const rest = await reduce(asking, question, merged.reduce);
  return { answer: withReduced(merged.answer, rest.answer), usages: [...usages, ...rest.usages] };
}

function unreducible(asking: Asking, question: Question, texts: readonly string[]): AskedQuestion {
  const tokens = estimateTokens(texts.join('\n\n'));
  const { model } = asking.input;
  const why = problem('context_too_long', { what: 'answers', tokens, limitTokens: room(asking), model });
  return { question: question.id, value: null, raw: null, note: null, quotes: [], problem: why, callIds: [] };
}

/** The one answer of all parts, with their quotations and calls. The built-in engine quotes the one that it chose. */
function withReduced(parts: AskedQuestion, reduced: AskedQuestion): AskedQuestion {
  const { value, raw, note, quotes, problem: why, callIds } = reduced;
  const raws = [parts.raw, raw === null ? null : `All parts: ${raw}`].filter((text) => text !== null);
  const notes = [parts.note, note].filter((text) => text !== null);
  return {
    ...parts,
    value,
    problem: why,
    quotes: quotes.length === 0 ? parts.quotes : quotes,
    raw: raws.length === 0 ? null : raws.join('\n\n'),
    note: notes.length === 0 ? null : notes.join(' '),
    callIds: [...parts.callIds, ...callIds],
  };
}
