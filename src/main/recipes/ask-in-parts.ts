/** Asks about a text that may be too long for the model to read at once: part by part, then as a whole. */
import { type Problem, problem } from '../../shared/problem.ts';
import type { Question } from '../../shared/recipe.ts';
import { ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { Turn } from '../llm/call-options.ts';
import { contextTokensOf } from '../llm/connection.ts';
import { contextSaid } from '../llm/context-limit.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { TurnPicture } from '../llm/model-call.ts';
import { type AskedGroup, type AskedQuestion, askGroup, type Group, notAsked } from './ask-group.ts';
import { drawPages } from './draw-pages.ts';
import { mergeAnswers } from './merge-answers.ts';
import { type PagePiece, type Portion, pagePieces, piecesOf } from './page-pieces.ts';
import { LEAST_PART_TOKENS, mostPicturesOf, partTokens } from './part-room.ts';
import { type Piece, preparePieces } from './pieces.ts';
import { needHints } from './read/reading-hints.ts';
import type { AskedText, RecipeInput, RecipeOptions } from './recipe-input.ts';
import { reducedTexts } from './reduce-prompt.ts';
import { createRequestTurns } from './request-turns.ts';
import { type PrepareText, prepareHere } from './text-thread.ts';

/** What all requests about a text have in common. */
interface Asking {
  readonly gateway: Gateway;
  readonly input: AskedText;
  readonly options: RecipeOptions;
  readonly prepareText: PrepareText;
  /** How much may go into one request, as far as known now. */
  readonly room: () => Portion;
  readonly inTurn: Turn;
  /** Told of a page of which no picture could be drawn, so that its text was sent. */
  readonly onNotDrawn: (page: number) => void;
}

/** An answer made from all parts of a text. */
export interface PartedAnswer extends AskedQuestion {
  readonly parts: number;
  /** Parts that were answered. */
  readonly partsRead: number;
}

export interface AskedInParts {
  readonly answers: readonly PartedAnswer[];
  readonly usages: AskedGroup['usages'];
  /** Pages whose text was sent, because no picture of them could be drawn. */
  readonly notDrawn: readonly number[];
}

/** What was said to the questions of a group about a text, part by part; only one part if it was asked about whole. */
type AskedParts = readonly AskedGroup[];

/**
 * Asks all groups about the first part of a text, then about the next, so that a provider can reuse what it computed for
 * a part. Never rejects for anything that the provider did; a question without an answer has a problem.
 * @returns the answers, in the order of the groups' questions.
 */
export async function askInParts(
  gateway: Gateway,
  groups: readonly Group[],
  input: RecipeInput,
  options: RecipeOptions,
): Promise<AskedInParts> {
  const text = { text: input.text, pageStarts: input.places?.starts ?? [] };
  const needsHints = needHints(input.questions);
  const { prepareText = prepareHere } = options;
  const room = roomOf(input, options);
  const { pages } = input;
  const ofText = pages === undefined ? room().tokens : Number.MAX_SAFE_INTEGER;
  const { pieces, hints } = await preparePieces(prepareText, text, ofText, needsHints);
  const inTurn = createRequestTurns(options.lanes);
  const notDrawn = new Set<number>();
  const onNotDrawn = (page: number) => void notDrawn.add(page);
  const asking = { gateway, input: { ...input, hints }, options, prepareText, room, inTurn, onNotDrawn };
  const parts = await askPieces(asking, groups, pages === undefined ? pieces : pagePieces({ ...input, pages }, room()));
  const asked = await Promise.all(
    groups.flatMap((group, index) => {
      const answers = (parts[index] ?? []).flatMap((part) => part.answers);
      return group.questions.map((question) =>
        askWhole(
          asking,
          question,
          answers.filter((answer) => answer.question === question.id),
        ),
      );
    }),
  );
  return {
    answers: asked.map(({ answer }) => answer),
    usages: [...parts.flat(), ...asked].flatMap(({ usages }) => usages),
    notDrawn: [...notDrawn].sort((a, b) => a - b),
  };
}

/** Worked out anew only when the window has changed. */
function roomOf(input: RecipeInput, { connection }: RecipeOptions): Asking['room'] {
  let known = { context: -1, tokens: 0 };
  return () => {
    const context = contextTokensOf(input.model, connection);
    if (context !== known.context) known = { context, tokens: partTokens(input, connection) };
    return { tokens: known.tokens, pictures: mostPicturesOf(input.model, connection) };
  };
}

/** Of a text, or of pages that are sent as pictures. */
type AnyPiece = Piece | PagePiece;

/** @returns what was said to each group. */
async function askPieces(
  asking: Asking,
  groups: readonly Group[],
  pieces: readonly AnyPiece[],
): Promise<readonly AskedParts[]> {
  const asked = await Promise.all(pieces.map((piece) => askPiece(asking, groups, piece)));
  return groups.map((_, index) => asked.flatMap((ofPiece) => ofPiece[index] ?? []));
}

/** A piece is split anew for the groups for which its server turned out to read less at once. */
async function askPiece(asking: Asking, groups: readonly Group[], piece: AnyPiece): Promise<readonly AskedParts[]> {
  const draw = drawnOnce(asking, piece);
  const asked = await Promise.all(groups.map((group) => asking.inTurn(() => askOrSplit(asking, group, piece, draw))));
  const toSplit = groups.filter((_, index) => isPortion(asked[index]));
  const again =
    toSplit.length === 0
      ? []
      : await askPieces(asking, toSplit, await split(asking, piece, least(asked.filter(isPortion))));
  return groups.map((group, index) => {
    const one = asked[index];
    return one !== undefined && !isPortion(one) ? [one] : (again[toSplit.indexOf(group)] ?? []);
  });
}

function isPortion(asked: AskedGroup | Portion | undefined): asked is Portion {
  return asked !== undefined && 'tokens' in asked;
}

function least(portions: readonly Portion[]): Portion {
  return {
    tokens: Math.min(...portions.map(({ tokens }) => tokens)),
    pictures: Math.min(...portions.map(({ pictures }) => pictures)),
  };
}

async function split({ prepareText, input }: Asking, piece: AnyPiece, most: Portion): Promise<readonly AnyPiece[]> {
  const { pages } = input;
  if ('pages' in piece) return pages === undefined ? [] : piecesOf({ ...input, pages }, piece.pages, most);
  return (await preparePieces(prepareText, piece, most.tokens, false)).pieces;
}

type Drawn = Result<readonly TurnPicture[], Problem>;

/** Draws the pages of a piece when it is first asked about, for all questions; those of a long document would fill the memory. */
function drawnOnce({ input, onNotDrawn }: Asking, piece: AnyPiece): () => Promise<Drawn> {
  const { pages } = input;
  if (!('pages' in piece) || pages === undefined) return async () => ok([]);
  let drawn: Promise<Drawn> | null = null;
  return () => {
    drawn ??= drawPages({ ...input, pages }, piece.pages, onNotDrawn);
    return drawn;
  };
}

/** What was said, or how much may go into one request of what it has to be split into to be asked about. */
async function askOrSplit(
  asking: Asking,
  group: Group,
  piece: AnyPiece,
  draw: () => Promise<Drawn>,
): Promise<AskedGroup | Portion> {
  const { gateway, input, options, room } = asking;
  const most = room();
  // What another part was refused for is not sent again.
  if (isTooMuch(piece, most)) return most;
  const pictures = await draw();
  if (!pictures.ok) return notAsked(group.questions, pictures.error);
  const asked = await askGroup(gateway, group, { ...input, text: piece.text, pictures: pictures.value }, options);
  return lessOf(asked, piece, room()) ?? asked;
}

function isTooMuch(piece: AnyPiece, { tokens, pictures }: Portion): boolean {
  if (!('pages' in piece)) return piece.tokens > tokens;
  return piece.pages.length > 1 && (piece.tokens > tokens || piece.pages.length > pictures);
}

/** How much may go into one request where this was too much; null if it was not, or cannot be split. */
function lessOf(asked: AskedGroup, piece: AnyPiece, fitting: Portion): Portion | null {
  const tokens = fewerTokens(asked, piece.tokens, fitting.tokens);
  if (!('pages' in piece)) return tokens === null ? null : { ...fitting, tokens };
  if (piece.pages.length === 1) return null;
  if (tokens !== null) return { ...fitting, tokens };
  const isTooMany = asked.answers[0]?.problem?.code === 'too_many_pictures';
  return isTooMany ? { ...fitting, pictures: Math.min(fitting.pictures, piece.pages.length - 1) } : null;
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
  const { gateway, input, options, inTurn } = asking;
  const groups = reducedTexts(input.recipe, texts, asking.room().tokens);
  if (groups === null) return { answer: unreducible(asking, question, texts), usages: [] };
  // A quotation from the answers would be none from the document.
  const group = { questions: [question], isStructured: false };
  const asked = await Promise.all(
    groups.map((text) => inTurn(() => askGroup(gateway, group, { ...input, text, pages: undefined }, options))),
  );
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
  const why = problem('context_too_long', { what: 'answers', tokens, limitTokens: asking.room().tokens, model });
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
