import type { Answer } from '../../shared/answer.ts';
import type { RetryWait } from '../../shared/call-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { columnTitle, type Question, type Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Lanes, Patience } from '../llm/call-options.ts';
import { type CallFailure, notSent, type Reply } from '../llm/call-result.ts';

import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { CallLinks } from '../llm/model-call.ts';
import type { Usage } from '../llm/token-usage.ts';
import { StoreError } from '../store/store-error.ts';
import { questionPrompt, type Variables } from './question-prompt.ts';
import { readAnswer } from './read-answer.ts';

/** A document, and what is asked about it. */
export interface RecipeInput {
  readonly recipe: Recipe;
  /** Those of the recipe that are to be asked. */
  readonly questions: readonly Question[];
  /** Name of the file, with its folder. */
  readonly name: string;
  readonly text: string;
  readonly model: string;
  readonly temperature: number;
  readonly links: CallLinks;
}

export interface RecipeOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly lanes: Lanes;
  /** Called as soon as one question fails, while the others may still be asked. */
  readonly onFailure?: (failure: CallFailure) => void;
  /** Set when nobody is waiting for the answers. */
  readonly patient?: Patience;
  /** Called when a question starts waiting for another attempt. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** Called with what a question threw, which is a bug; the question then fails with the problem `unexpected`. */
  readonly onBug?: (error: unknown) => void;
}

export interface RecipeReport {
  /** In the order of the questions. */
  readonly answers: readonly Answer[];
  /** Sum over the questions that were answered; null if any of their counts is unknown, or none was answered. */
  readonly totalTokens: number | null;
}

/** Asks questions in parallel; each succeeds or fails independently. */
export async function askRecipe(gateway: Gateway, input: RecipeInput, options: RecipeOptions): Promise<RecipeReport> {
  const asked = await Promise.all(
    input.questions.map(async (question) => {
      const reply = await attempt(() => askQuestion(gateway, question, input, options), options);
      if (!reply.ok) options.onFailure?.(reply.error);
      return { question, reply };
    }),
  );
  return {
    answers: asked.map(({ question, reply }) => toAnswer(question, reply)),
    totalTokens: sumTokens(asked.flatMap(({ reply }) => (reply.ok ? [reply.value.usage] : []))),
  };
}

/** A bug costs this question alone; a store that fails costs all, so that is for the caller. */
async function attempt(
  ask: () => Promise<Result<Reply, CallFailure>>,
  { onBug }: RecipeOptions,
): Promise<Result<Reply, CallFailure>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof StoreError) throw error;
    onBug?.(error);
    const detail = error instanceof Error ? error.message : String(error);
    return err(notSent(problem('unexpected', { where: 'file' }, { detail })));
  }
}

function sumTokens(usages: readonly (Usage | null)[]): number | null {
  const known = usages.flatMap((usage) => usage?.totalTokens ?? []);
  return known.length === 0 || known.length < usages.length ? null : known.reduce((sum, n) => sum + n, 0);
}

/** Refuses text too long for the model before anything is sent; text is never truncated. */
export function fittingText(
  document: Pick<ReadDocument, 'text' | 'tokens'>,
  recipe: Recipe,
  model: string,
  connection: Connection,
): Result<string, Problem> {
  const tokens = document.tokens + promptTokens(recipe);
  const contextTokens = connection.settings.contextTokens(model);
  if (document.text !== null && tokens <= contextTokens) return ok(document.text);
  return err(problem('context_too_long', { what: 'file', tokens, limitTokens: contextTokens, model }));
}

/** What the longest question needs in addition to the text itself, its answer included. */
function promptTokens({ questions }: Recipe): number {
  return Math.max(0, ...questions.map(({ ask, maxTokens }) => estimateTokens(ask) + maxTokens));
}

/** The first failed question's problem, in the order of the recipe. */
export function firstProblem(answers: readonly Answer[]): Problem | null {
  return answers.find((answer) => answer.problem !== null)?.problem ?? null;
}

function askQuestion(
  gateway: Gateway,
  question: Question,
  input: RecipeInput,
  options: RecipeOptions,
): Promise<Result<Reply, CallFailure>> {
  const { llm } = options.connection.settings.provider;
  const prompt = questionPrompt(input.recipe, question, input, variablesOf(input.name), llm);
  return gateway.complete(
    {
      kind: 'analysis',
      task: 'question',
      title: columnTitle(question, llm),
      builtinTask: question.builtin?.task ?? 'match',
      model: input.model,
      turns: [{ role: 'user', content: prompt.content }],
      temperature: input.temperature,
      maxTokens: question.maxTokens,
      stream: false,
      links: input.links,
      sharedTexts: [prompt.document],
    },
    options,
  );
}

function variablesOf(name: string): Variables {
  const slash = name.lastIndexOf('/');
  return {
    file: name.slice(slash + 1),
    folder: name.slice(0, Math.max(0, slash)),
    date: new Date().toISOString().slice(0, 10),
  };
}

function toAnswer(question: Question, reply: Result<Reply, CallFailure>): Answer {
  const base = { question: question.id, proof: null, evidence: [], coverage: null };
  if (!reply.ok) {
    const { partial, problem: why, callId } = reply.error;
    return {
      ...base,
      status: 'failed',
      value: null,
      raw: partial || null,
      note: null,
      problem: why,
      callIds: callId === null ? [] : [callId],
    };
  }
  const { text, raw, finishReason, note: said, callId } = reply.value;
  const { value, note } = readAnswer(question, text, finishReason);
  return { ...base, status: 'done', value, raw, note: said ?? note, problem: null, callIds: [callId] };
}
