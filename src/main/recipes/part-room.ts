/** How much of a text fits into one request beside the questions and their answers. */
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens, mostCharacters } from '../common/token-estimate.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import { REASONING_ROOMS } from '../llm/chat-body.ts';
import { type Connection, contextTokensOf } from '../llm/connection.ts';
import { knownModel } from '../llm/known-models.ts';
import { answerFormat } from './answer-schema.ts';
import { type Group, groupsOf, tokensFor } from './ask-group.ts';
import { MOST_PICTURES, PICTURE_TOKENS } from './page-pieces.ts';
import { groupPrompt, questionPrompt, variablesOf } from './question-prompt.ts';
import type { RecipeInput } from './recipe-input.ts';

type Asked = Pick<RecipeInput, 'recipe' | 'name' | 'model'>;

/** Splitting finer than this would cost more in questions than it reads in text. */
export const LEAST_PART_TOKENS = 64;
/** A file of more parts is refused: that many requests about one file are a mistake more likely than a wish. */
const MOST_PARTS = 1_000;
/** What a server puts around the messages. */
const TEMPLATE_TOKENS = 16;

/**
 * The most tokens of text that fit into a request. It is the same for all questions of a recipe, so that they share the
 * parts of a text, and depends on nothing that a single reply changes, so that a part is found again on Retry.
 */
export function roomFor(input: Asked, connection: Connection): number {
  const { recipe, model } = input;
  const { llm } = connection.settings.provider;
  const needed = groupsOf(recipe, recipe.questions, llm).map((group) => tokensAround(group, input, llm));
  const context = contextTokensOf(model, connection);
  const reasoning = llm && knownModel(model).reasons ? Math.min(REASONING_ROOMS[0], Math.floor(context / 2)) : 0;
  return context - reasoning - TEMPLATE_TOKENS - Math.max(0, ...needed);
}

/** What a request needs besides the text: the questions, and their answers. */
function tokensAround(group: Group, { recipe, name }: Asked, llm: boolean): number {
  const { questions, isStructured } = group;
  const empty = { name, text: '' };
  const asked = isStructured
    ? [`${groupPrompt(questions, empty, variablesOf(name)).content}${JSON.stringify(answerFormat(questions))}`]
    : questions.map((question) => questionPrompt(recipe, question, empty, variablesOf(name), llm).content);
  return tokensFor(group) + Math.max(...asked.map(estimateTokens));
}

/** How long the parts of a text may be. */
export function partTokens(input: Asked, connection: Connection): number {
  return Math.max(LEAST_PART_TOKENS, roomFor(input, connection));
}

/** How many pictures may go into one request. */
export function mostPicturesOf(model: string, { quirksOf }: Connection): number {
  return Math.min(MOST_PICTURES, quirksOf(model).mostPictures ?? MOST_PICTURES);
}

/** Why no picture of a page fits into a request; null if one does. */
export function whyNoPicture(pages: number, input: Asked, connection: Connection): Problem | null {
  if (roomFor(input, connection) >= PICTURE_TOKENS) return null;
  const { model } = input;
  const limitTokens = contextTokensOf(model, connection);
  return problem('context_too_long', { what: 'file', tokens: pages * PICTURE_TOKENS, limitTokens, model });
}

/** A longer text need not leave the thread that reads it, because it will be refused. */
export function mostReadCharacters(input: Asked, connection: Connection): number {
  return mostCharacters(Math.max(0, roomFor(input, connection)) * MOST_PARTS);
}

/** The text, if it can be read, in parts if need be. Otherwise nothing of it is sent: no text is ever cut short. */
export function readableText(
  { text, tokens }: Pick<ReadDocument, 'text' | 'tokens'>,
  input: Asked,
  connection: Connection,
): Result<string, Problem> {
  const room = roomFor(input, connection);
  const { model } = input;
  if (text !== null && tokens <= room) return ok(text);
  if (room < LEAST_PART_TOKENS) {
    const limitTokens = contextTokensOf(model, connection);
    return err(problem('context_too_long', { what: 'file', tokens, limitTokens, model }));
  }
  if (text !== null && tokens <= room * MOST_PARTS) return ok(text);
  return err(problem('context_too_long', { what: 'file', tokens, limitTokens: room, model, parts: MOST_PARTS }));
}
