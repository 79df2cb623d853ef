import type { Analysis, TaskResult } from '../../shared/batch-data.ts';
import type { AnalysisTask, RetryWait } from '../../shared/call-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { wrapDocument } from '../builtin/document-tags.ts';
import { estimateTokens } from '../common/token-estimate.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Lanes, Patience } from '../llm/call-options.ts';
import { type CallFailure, notSent, type Reply } from '../llm/call-result.ts';
import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { CallLinks } from '../llm/model-call.ts';
import type { Usage } from '../llm/token-usage.ts';
import { StoreError } from '../store/store-error.ts';
import { normaliseSentiment, normaliseSummary, normaliseTopics } from './normalise.ts';
import { taskPrompts } from './prompts.ts';

export interface AnalysisInput {
  readonly name: string;
  readonly text: string;
  readonly model: string;
  readonly temperature: number;
  readonly links: CallLinks;
}

export interface AnalysisOptions {
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly lanes: Lanes;
  /** Called as soon as one task fails, while the others may still be running. */
  readonly onFailure?: (failure: CallFailure) => void;
  /** Set when nobody is waiting for the answers. */
  readonly patient?: Patience;
  /** Called when a task starts waiting for another attempt. */
  readonly onRetry?: (wait: RetryWait) => void;
  /** Called with what a task threw, which is a bug; the task then fails with the problem `unexpected`. */
  readonly onBug?: (error: unknown) => void;
}

export interface AnalysisReport {
  readonly analysis: Analysis;
  /** Sum over the tasks that succeeded; null if any of their counts is unknown, or none succeeded. */
  readonly totalTokens: number | null;
}

/** Runs the three tasks in parallel; each succeeds or fails independently. */
export async function analyse(
  gateway: Gateway,
  input: AnalysisInput,
  options: AnalysisOptions,
): Promise<AnalysisReport> {
  const ask = async (task: AnalysisTask) => {
    const reply = await attempt(() => askTask(gateway, task, input, options), options);
    if (!reply.ok) options.onFailure?.(reply.error);
    return reply;
  };
  const [sentiment, topics, summary] = await Promise.all([ask('sentiment'), ask('topics'), ask('summary')]);
  return {
    analysis: {
      sentiment: toResult(sentiment, (reply) => normaliseSentiment(reply.text)),
      topics: toResult(topics, (reply) => normaliseTopics(reply.text)),
      summary: toResult(summary, (reply) => normaliseSummary(reply.text, reply.finishReason)),
    },
    totalTokens: sumTokens([sentiment, topics, summary].flatMap((reply) => (reply.ok ? [reply.value.usage] : []))),
  };
}

/** A bug costs this task alone; a store that fails costs all, so that is for the caller. */
async function attempt(
  ask: () => Promise<Result<Reply, CallFailure>>,
  { onBug }: AnalysisOptions,
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

/** What the longest task needs in addition to the text itself. */
const PROMPT_TOKENS = estimateTokens(taskPrompts.summary.prefix) + taskPrompts.summary.maxTokens;

/** Refuses text too long for the model before anything is sent; text is never truncated. */
export function fittingText(
  document: Pick<ReadDocument, 'text' | 'tokens'>,
  model: string,
  connection: Connection,
): Result<string, Problem> {
  const tokens = document.tokens + PROMPT_TOKENS;
  const { contextTokens } = connection.settings;
  if (document.text !== null && tokens <= contextTokens) return ok(document.text);
  return err(tooLong(tokens, contextTokens, model));
}

function tooLong(tokens: number, contextTokens: number, model: string): Problem {
  return problem('context_too_long', { what: 'file', tokens, limitTokens: contextTokens, model });
}

/** The first failed task's problem, in the order of the table. */
export function firstProblem(analysis: Analysis): Problem | null {
  return analysis.summary.problem ?? analysis.sentiment.problem ?? analysis.topics.problem;
}

function askTask(
  gateway: Gateway,
  task: AnalysisTask,
  input: AnalysisInput,
  options: AnalysisOptions,
): Promise<Result<Reply, CallFailure>> {
  const { prefix, maxTokens } = taskPrompts[task];
  // Only the built-in engine needs the document between tags; a model gets the plain prompt.
  const document = options.connection.settings.provider.llm ? input.text : wrapDocument(input.name, input.text);
  return gateway.complete(
    {
      kind: 'analysis',
      task,
      model: input.model,
      turns: [{ role: 'user', content: prefix + document }],
      temperature: input.temperature,
      maxTokens,
      stream: false,
      links: input.links,
      sharedTexts: [document],
    },
    options,
  );
}

function toResult<T>(
  reply: Result<Reply, CallFailure>,
  normalise: (reply: Reply) => { readonly value: T | null; readonly note: string | null },
): TaskResult<T> {
  if (!reply.ok) {
    return {
      value: null,
      raw: reply.error.partial || null,
      note: null,
      problem: reply.error.problem,
      callId: reply.error.callId,
    };
  }
  const { value, note } = normalise(reply.value);
  return { value, raw: reply.value.raw, note: reply.value.note ?? note, problem: null, callId: reply.value.callId };
}
