import type { Answer } from '../../shared/answer.ts';
import type { RetryWait } from '../../shared/call-data.ts';
import type { Problem, ProblemCode } from '../../shared/problem.ts';
import { type Question, type Recipe, sendingOf } from '../../shared/recipe.ts';
import type { Extractor, PagesRecognised } from '../documents/extractor.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Lanes } from '../llm/call-options.ts';
import type { CallFailure } from '../llm/call-result.ts';
import type { Connection } from '../llm/connection.ts';
import type { Gateway } from '../llm/gateway.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { type AskedOf, answerIdentity } from '../recipes/answer-identity.ts';
import { askRecipe, firstProblem, type RecipeReport } from '../recipes/ask-recipe.ts';
import { mostReadCharacters } from '../recipes/part-room.ts';
import { sendingFor } from '../recipes/sending.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Reads } from '../store/operations.ts';
import type { ClaimedItem, ItemOutcome, RecordedAnswer } from './item-record.ts';
import { notDrawnNotes, notSeen, pagesOf, pagesToSend, sendableText, withNotes } from './pages-to-send.ts';
import type { ReadArea } from './read-area.ts';
import type { Twin } from './twins.ts';

export interface ItemParts {
  readonly gateway: Gateway;
  readonly extractor: Extractor;
  readonly prepareText: PrepareText;
  readonly lanes: Lanes;
  readonly drawer: Pick<PageDrawer, 'files'>;
  /** Answers of the batch that depend on the same. */
  readonly findAnswers: Reads['findAnswers'];
}

/** What a file of a running batch is worked on with. */
export interface ItemContext {
  readonly batchId: string;
  readonly recipe: Recipe;
  readonly model: string;
  readonly temperature: number;
  readonly connection: Connection;
  readonly signal: AbortSignal;
  readonly twin: Twin;
  readonly readArea: ReadArea;
  /** Told at once of what every other file would meet too, so that nothing more is sent. */
  readonly onStop: (problem: Problem) => void;
  /** Told when one of its calls begins to wait for a further attempt. */
  readonly onRetry: (wait: RetryWait) => void;
  /** Told of a bug that the file met; it fails, and the batch goes on. */
  readonly onBug: (error: unknown) => void;
  /** Told how far the recognition of its pages is; null when it has ended. */
  readonly onRecognising: (pages: PagesRecognised | null) => void;
  /** Told when the file may be what its host does not take, and null when it is cleared of that. */
  readonly onSuspect: (problem: Problem | null) => void;
}

/** Docket's own: every other file would meet the same, whoever is asked. */
const DOCKETS_OWN: ReadonlySet<ProblemCode> = new Set(['not_configured', 'store_failed', 'shutting_down']);

/** A model that does not see one picture sees none. */
function stopsBatch({ problem, isTheHosts }: CallFailure): boolean {
  return isTheHosts === true || DOCKETS_OWN.has(problem.code) || problem.code === 'pictures_not_seen';
}

/**
 * Reads a file and asks what the recipe asks and no answer is there for. Never rejects for anything that the file or the
 * provider did. Null when the file goes back into the queue as it was: it was cancelled, or met what every other file would meet.
 */
export async function processItem(
  parts: ItemParts,
  context: ItemContext,
  item: ClaimedItem,
): Promise<ItemOutcome | null> {
  const startedAt = performance.now();
  const { signal, recipe, model, connection } = context;
  const { llm } = connection.settings.provider;
  const asked = { recipe, name: item.row.name, model };
  const maxCharacters = mostReadCharacters(asked, connection);
  const extracted = await parts.extractor.extract(item.path, {
    signal,
    maxCharacters,
    inside: item.inside,
    apart: item.apart,
    roots: context.readArea(item.path),
    withoutPages: item.withoutPages,
    wordless: llm && sendingOf(recipe) !== 'text',
    onRecognising: context.onRecognising,
  });
  if (!extracted.ok) return finished(item, null, startedAt, { problem: extracted.error, signal });
  const sending = sendingFor(recipe, extracted.value.format, llm);
  const document = withNotes(extracted.value, notSeen(recipe, sending, llm));
  const text = sendableText(document, asked, sending, connection);
  if (!text.ok) return finished(item, document, startedAt, { problem: text.error, signal });
  const content = contentOf(document.sha256, item);
  await context.twin.enter(content, signal);
  const plan = await planOf(parts, context, { name: item.row.name, content, sending });
  const roots = context.readArea(item.path);
  const input = {
    ...asked,
    questions: plan.open,
    text: text.value,
    places: document.places,
    pages: pagesToSend(parts.drawer, { ...item, roots }, document, sending, signal),
    temperature: context.temperature,
    links: { batchId: context.batchId, itemId: item.row.id, fileName: item.row.name },
  };
  let stopped = false;
  const onFailure = (failure: CallFailure) => {
    if (!stopsBatch(failure)) return;
    stopped = true;
    context.onStop(failure.problem);
  };
  const patient = { subject: `file ${item.row.id}`, onSuspect: context.onSuspect };
  const { lanes, prepareText } = parts;
  const report = await askRecipe(parts.gateway, input, { ...context, lanes, prepareText, onFailure, patient });
  if (stopped) return null;
  const answers = plan.complete(report.answers);
  const undrawn = notDrawnNotes(report.notDrawn, pagesOf(document));
  return finished(item, withNotes(document, undrawn), startedAt, {
    problem: firstProblem(answers),
    answers,
    totalTokens: spent(item, plan, report),
    signal,
  });
}

/** What an answer depends on of a file: the same mail is another text with and without what is attached to it. */
function contentOf(sha256: string, { apart }: ClaimedItem): string {
  return apart ? `${sha256} apart` : sha256;
}

/** All tokens that went into the answers of a file, those of earlier runs included. */
function spent({ row }: ClaimedItem, { open, isNew }: Plan, { totalTokens }: RecipeReport): number | null {
  if (isNew) return totalTokens;
  if (open.length === 0) return row.totalTokens ?? 0;
  return totalTokens === null ? null : (row.totalTokens ?? 0) + totalTokens;
}

/** Which questions are still to be asked about a file, and how their answers join those that are there already. */
interface Plan {
  readonly open: readonly Question[];
  /** Nothing about it was answered yet. */
  readonly isNew: boolean;
  complete(answers: readonly Answer[]): readonly RecordedAnswer[];
}

async function planOf(
  parts: ItemParts,
  context: ItemContext,
  of: Pick<AskedOf, 'name' | 'content' | 'sending'>,
): Promise<Plan> {
  const { recipe, model, temperature, connection, batchId } = context;
  const asked = { ...of, recipe, host: connection.settings.provider.host, model, temperature };
  const identities = new Map(recipe.questions.map((question) => [question.id, answerIdentity(question, asked)]));
  const known = new Map(
    (await parts.findAnswers(batchId, [...identities.values()])).map((answer) => [answer.identity, answer]),
  );
  const knownOf = ({ id }: Question) => known.get(identities.get(id) ?? '');
  return {
    isNew: known.size === 0,
    open: recipe.questions.filter((question) => knownOf(question) === undefined),
    complete: (answers) =>
      recipe.questions.flatMap((question) => {
        const answer = answers.find((one) => one.question === question.id) ?? knownOf(question);
        if (answer === undefined) return [];
        return [{ ...answer, question: question.id, identity: identities.get(question.id) ?? null }];
      }),
  };
}

interface Finish {
  readonly problem: Problem | null;
  readonly answers?: readonly RecordedAnswer[];
  readonly totalTokens?: number | null;
  readonly signal: AbortSignal;
}

function finished(
  item: ClaimedItem,
  document: ReadDocument | null,
  startedAt: number,
  finish: Finish,
): ItemOutcome | null {
  const { problem, answers, totalTokens, signal } = finish;
  if (problem !== null && signal.aborted) return null;
  return {
    itemId: item.row.id,
    status: problem === null ? 'done' : 'failed',
    bytes: document?.bytes ?? null,
    format: document?.format ?? null,
    encoding: document?.encoding ?? null,
    characters: document?.characters ?? null,
    sha256: document?.sha256 ?? null,
    text: document?.text ?? null,
    places: document?.places ?? null,
    notes: document?.notes ?? [],
    totalTokens: totalTokens ?? null,
    latencyMs: Math.round((performance.now() - startedAt) * 10) / 10,
    problem,
    answers: answers ?? [],
  };
}
