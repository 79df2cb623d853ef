/** Asks about one text in one request: one question, or several that are answered together. */
import { type Problem, problem } from '../../shared/problem.ts';
import { columnTitle, type Question, type Recipe } from '../../shared/recipe.ts';
import { err, type Result } from '../../shared/result.ts';
import { type CallFailure, cancelled, notSent, type Reply } from '../llm/call-result.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { ModelCall } from '../llm/model-call.ts';
import type { Usage } from '../llm/token-usage.ts';
import { StoreError } from '../store/store-error.ts';
import { answerFormat } from './answer-schema.ts';
import { askAgain, type SecondAsk, takeSecond } from './ask-again.ts';
import { groupPrompt, type Prompt, questionPrompt, variablesOf } from './question-prompt.ts';
import { readAnswer } from './read-answer.ts';
import { type ReadQuestion, readAnswers } from './read-answers.ts';
import { readMatch } from './read-match.ts';
import type { AskedText, RecipeOptions } from './recipe-input.ts';

/** Questions that share a request. */
export interface Group {
  readonly questions: readonly Question[];
  /** Answered as JSON: several answers, or one with quotations. */
  readonly isStructured: boolean;
}

/** What one request said to one question. */
export interface AskedQuestion extends Omit<ReadQuestion, 'misfit'> {
  readonly problem: Problem | null;
  readonly callIds: readonly number[];
}

export interface AskedGroup {
  /** In the order of the questions. */
  readonly answers: readonly AskedQuestion[];
  /** One per reply; null if the server did not count. */
  readonly usages: readonly (Usage | null)[];
}

/** How the questions of a recipe share requests. The built-in engine takes one at a time, in plain text. */
export function groupsOf(recipe: Recipe, questions: readonly Question[], llm: boolean): readonly Group[] {
  if (llm && recipe.asked === 'together' && questions.length > 0) return [{ questions, isStructured: true }];
  return questions.map((question) => ({ questions: [question], isStructured: llm && needsForm(recipe, question) }));
}

/** Prose needs no form. What has to be one number, date or choice is asked once more if it is not. */
function needsForm({ order }: Recipe, { proof, answer }: Question): boolean {
  if (proof) return true;
  return order === 'document_first' && answer.type !== 'text' && answer.type !== 'list';
}

/** The message that asks a group. */
export function promptOf(
  recipe: Pick<Recipe, 'order'>,
  { questions, isStructured }: Group,
  document: { readonly name: string; readonly text: string },
  llm: boolean,
): Prompt {
  const variables = variablesOf(document.name);
  const [first] = questions;
  return isStructured || first === undefined
    ? groupPrompt(questions, document, variables)
    : questionPrompt(recipe, first, document, variables, llm);
}

/** Never rejects for anything that the provider did; a question without an answer has a problem. */
export function askGroup(
  gateway: Gateway,
  group: Group,
  input: AskedText,
  options: RecipeOptions,
): Promise<AskedGroup> {
  // The requests that were still to be built when a batch is stopped.
  if (options.signal.aborted) return Promise.resolve(notAsked(group.questions, cancelled()));
  return group.isStructured
    ? askStructured(gateway, group.questions, input, options)
    : askPlain(gateway, group.questions, input, options);
}

async function askPlain(
  gateway: Gateway,
  questions: readonly Question[],
  input: AskedText,
  options: RecipeOptions,
): Promise<AskedGroup> {
  const { llm } = options.connection.settings.provider;
  const asked = await Promise.all(
    questions.map(async (question): Promise<AskedGroup> => {
      const group = { questions: [question], isStructured: false };
      const prompt = promptOf(input.recipe, group, input, llm);
      const call = {
        ...callOf(group, input, prompt, llm),
        builtinTask: question.builtin?.task ?? 'match',
      };
      const reply = await complete(gateway, call, options);
      if (!reply.ok) return { answers: [failed(question, reply.error)], usages: [] };
      const { text, raw, finishReason, note: said, callId, usage } = reply.value;
      const isMatch = !llm && question.builtin === undefined;
      const { value, note } = isMatch
        ? readMatch(question, text, input.hints)
        : readAnswer(question, text, finishReason, input.hints);
      const notes = isMatch ? [note, said] : [said ?? note];
      const told = notes.filter((one) => one !== null).join(' ') || null;
      // A match is a sentence of the document.
      const quotes = isMatch && raw !== '' ? [raw] : [];
      const answer = { question: question.id, value, raw, note: told, quotes, problem: null };
      return { answers: [{ ...answer, callIds: [callId] }], usages: [usage] };
    }),
  );
  return { answers: asked.flatMap(({ answers }) => answers), usages: asked.flatMap(({ usages }) => usages) };
}

async function askStructured(
  gateway: Gateway,
  questions: readonly Question[],
  input: AskedText,
  options: RecipeOptions,
): Promise<AskedGroup> {
  const group = { questions, isStructured: true };
  const prompt = promptOf(input.recipe, group, input, true);
  const call = { ...callOf(group, input, prompt, true), format: answerFormat(questions) };
  const first = await complete(gateway, call, options);
  if (!first.ok) return { answers: questions.map((question) => failed(question, first.error)), usages: [] };
  const { text, finishReason, callId, usage } = first.value;
  const read = readAnswers(questions, text, finishReason, input.hints);
  const again = askAgain({ turns: call.turns, questions, reply: text, read });
  if (again === null) return { answers: read.map((one) => toAsked(one, [callId])), usages: [usage] };
  const second = await complete(gateway, secondCall(call, again), options);
  if (!second.ok) return { answers: read.map((one) => toAsked(one, [callId])), usages: [usage] };
  const better = takeSecond(
    read,
    readAnswers(again.questions, second.value.text, second.value.finishReason, input.hints),
  );
  const callIds = [callId, second.value.callId];
  return { answers: better.map((one) => toAsked(one, callIds)), usages: [usage, second.value.usage] };
}

function secondCall(call: ModelCall, { questions, turns }: SecondAsk): ModelCall {
  return {
    ...call,
    turns,
    format: answerFormat(questions),
    maxTokens: tokensFor({ questions, isStructured: true }),
    title: titleOf(questions, true),
  };
}

function callOf(group: Group, input: AskedText, prompt: Prompt, llm: boolean): ModelCall {
  return {
    kind: 'analysis',
    task: 'question',
    title: titleOf(group.questions, llm),
    model: input.model,
    turns: [{ role: 'user', content: prompt.content, pictures: input.pictures }],
    asked: prompt.asked,
    temperature: input.temperature,
    maxTokens: tokensFor(group),
    stream: false,
    links: input.links,
    sharedTexts: [prompt.document],
  };
}

function titleOf(questions: readonly Question[], llm: boolean): string {
  const [first] = questions;
  return questions.length === 1 && first !== undefined ? columnTitle(first, llm) : `${questions.length} questions`;
}

/** Around an answer in JSON, and for quotations. */
const TOKENS_OF_FORM = 20;
const TOKENS_OF_QUOTES = 150;

/** Most tokens that a reply may take. */
export function tokensFor({ questions, isStructured }: Group): number {
  const tokens = questions.reduce((sum, { maxTokens }) => sum + maxTokens, 0);
  if (!isStructured) return tokens;
  const ofQuotes = questions.filter(({ proof }) => proof).length * TOKENS_OF_QUOTES;
  return tokens + ofQuotes + (questions.length + 1) * TOKENS_OF_FORM;
}

/** A bug costs its questions alone; a store that fails costs all, so that is for the caller. */
async function complete(
  gateway: Gateway,
  call: ModelCall,
  options: RecipeOptions,
): Promise<Result<Reply, CallFailure>> {
  const reply = await completeOrBug(gateway, call, options);
  if (!reply.ok) options.onFailure?.(reply.error);
  return reply;
}

async function completeOrBug(
  gateway: Gateway,
  call: ModelCall,
  options: RecipeOptions,
): Promise<Result<Reply, CallFailure>> {
  try {
    return await gateway.complete(call, options);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    options.onBug?.(error);
    const detail = error instanceof Error ? error.message : String(error);
    return err(notSent(problem('unexpected', { where: 'file' }, { detail })));
  }
}

/** Nothing was sent, for the same reason for all. */
export function notAsked(questions: readonly Question[], why: Problem): AskedGroup {
  return { answers: questions.map((question) => failed(question, notSent(why))), usages: [] };
}

function failed({ id }: Question, { partial, problem: why, callId }: CallFailure): AskedQuestion {
  const base = { question: id, value: null, note: null, quotes: [], problem: why };
  return { ...base, raw: partial || null, callIds: callId === null ? [] : [callId] };
}

/** What still does not fit after it was asked for twice has failed; the reply is kept. */
function toAsked({ misfit, ...read }: ReadQuestion, callIds: readonly number[]): AskedQuestion {
  const isLost = misfit !== null && read.value === null;
  return {
    ...read,
    note: isLost ? null : read.note,
    problem: isLost ? problem('answer_unusable', { misfit }) : null,
    callIds,
  };
}
