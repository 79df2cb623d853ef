/** Runs the files of a batch once more, with another recipe, model or temperature, as a batch beside it. */
import type { Batch } from '../../shared/batch-data.ts';
import type { AgainPlan, NoPictures } from '../../shared/batch-plan.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Emit } from '../common/emit.ts';
import type { Lease } from '../llm/connections.ts';
import { groupsOf } from '../recipes/ask-group.ts';
import { askedBefore } from '../recipes/asks-more.ts';
import type { Store } from '../store/store.ts';
import type { BatchSetup, Destination, FilesToAsk } from './batch-record.ts';
import { noBatch, shuttingDown } from './batch-states.ts';
import { destinationOf, sourceOf } from './destination.ts';
import { amountOf, tokensToSend, whyNoPictures } from './plan.ts';

export interface AgainRequest {
  readonly batchId: string;
  readonly recipe: Recipe;
  /** Empty for the one of the settings. */
  readonly model: string;
  readonly temperature: number;
}

export interface RunAgain {
  /** What `runAgain` would do. */
  planAgain(request: AgainRequest): Promise<Result<AgainPlan, Problem>>;
  /**
   * Makes a batch over the files that another has on record. What was answered there as it would be asked now is taken
   * over. It is `ready` unless it is to be started.
   */
  runAgain(request: AgainRequest, start: boolean): Promise<Result<Batch, Problem>>;
}

interface RunAgainParts {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly emit: Emit;
  readonly newId: () => string;
  readonly now: () => number;
  readonly withLease: <T>(use: (lease: Lease) => Promise<T>) => Promise<T>;
  readonly run: (batchId: string, lease: Lease) => Promise<Result<Batch, Problem>>;
  readonly isClosing: () => boolean;
}

export function createRunAgain({ store, emit, newId, now, withLease, run, isClosing }: RunAgainParts): RunAgain {
  /** The batch, once all its files are on record. */
  const readSource = async (batchId: string): Promise<Result<BatchSetup, Problem>> => {
    if (isClosing()) return err(shuttingDown());
    const setup = await store.read.readBatch(batchId);
    if (setup === null) return err(noBatch());
    return areFilesKnown(setup.batch) ? ok(setup) : err(problem('not_allowed', { what: 'files_unknown' }));
  };

  const destination = ({ connection }: Lease, { temperature, model }: AgainRequest): Destination =>
    destinationOf(connection, temperature, model === '' ? undefined : model);

  const plan = async (request: AgainRequest, lease: Lease): Promise<Result<AgainPlan, Problem>> => {
    const source = await readSource(request.batchId);
    if (!source.ok) return source;
    const files = await store.read.filesToAsk(request.batchId);
    const to = destination(lease, request);
    const noPictures = whyNoPictures(request.recipe, to, lease.connection);
    return ok(planOver(source.value.batch, request.recipe, to, files, noPictures));
  };

  const make = async (request: AgainRequest, start: boolean, lease: Lease): Promise<Result<Batch, Problem>> => {
    const source = await readSource(request.batchId);
    if (!source.ok) return source;
    const { batch, paths } = source.value;
    const to = destination(lease, request);
    if (to.model === '') return err(problem('not_configured', { missing: 'model' }));
    const { recipe } = request;
    const id = newId();
    const made = await store.write.insertBatchAgain({
      ...to,
      id,
      name: batch.dropped,
      paths,
      recipe,
      source: sourceOf(paths, to, recipe),
      createdAt: now(),
      againOf: batch.id,
    });
    if (made === null) return err(noBatch());
    emit('batch.changed', { batchId: id });
    return start ? run(id, lease) : ok(made.batch);
  };

  return {
    planAgain: (request) => withLease((lease) => plan(request, lease)),
    runAgain: (request, start) => withLease((lease) => make(request, start, lease)),
  };
}

/** Otherwise its folders were not read to their end. */
function areFilesKnown({ status, startedAt }: Batch): boolean {
  return startedAt !== null || status === 'ready';
}

function planOver(
  source: Batch,
  recipe: Recipe,
  to: Destination,
  files: readonly FilesToAsk[],
  noPictures: NoPictures | null,
): AgainPlan {
  const { providerName, host, model, llm, local } = to;
  const same = source.host === host && source.model === model && source.temperature === to.temperature;
  const known = same ? askedBefore(source.recipe, recipe) : [];
  const open = recipe.questions.filter((question) => !known.includes(question));
  const groups = (answered: boolean) => groupsOf(recipe, answered ? open : recipe.questions, llm);
  const sum = (of: (files: FilesToAsk) => number) => files.reduce((total, some) => total + of(some), 0);
  return {
    providerName,
    host,
    model,
    llm,
    local,
    files: sum((some) => some.files),
    takenOver: known.length,
    requestsPerFile: groups(true).length,
    tokens: sum((some) => tokensToSend({ recipe, groups: groups(some.answered), llm }, amountOf(some, recipe, llm))),
    pictures: sum((some) => (groups(some.answered).length === 0 ? 0 : amountOf(some, recipe, llm).pages)),
    noPictures,
    // Of what is taken over, nothing is sent whatever its length.
    unmeasured: sum((some) => (groups(some.answered).length === 0 ? 0 : some.files - some.read)),
  };
}
