import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { whyNotBaseUrl } from '../../shared/base-url.ts';
import type { Batch } from '../../shared/batch-data.ts';
import type { Problem } from '../../shared/problem.ts';
import { problemSentence } from '../../shared/problem-words.ts';
import { BUILTIN_LABEL } from '../../shared/providers.ts';
import { type Recipe, sendingOf, sendingWords, withSending } from '../../shared/recipe.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { WatchEvent } from '../../shared/watch-data.ts';
import { exportBatch, exportCsv } from '../batch/export/export-batch.ts';
import { hasFolder } from '../batch/watch/watched-roots.ts';
import type { Emit } from '../common/emit.ts';
import { writeExportFile } from '../common/export-file.ts';
import { composeDocket, type Docket } from '../compose.ts';
import { recipeOfQuestions } from '../recipes/named-recipe.ts';
import { readRecipeFile } from '../recipes/recipe-file.ts';
import { standardRecipe } from '../recipes/standard.ts';
import { noCipher } from '../settings/key-store.ts';
import type { Salvage } from '../store/salvage-or-backup.ts';
import { salvageWords } from '../store/salvage-words.ts';
import { type LastingFailure, openStore, type Store } from '../store/store.ts';
import { whyNotOpened } from '../store/why-not-opened.ts';
import { type BatchCommand, NEVER_ANSWERED_WAIT_MS } from './arguments.ts';
import { createReporter, type Reporter } from './batch-reporter.ts';
import { type CliContext, EXIT_INTERRUPTED } from './context.ts';
import { readDamaged } from './damaged-pages.ts';
import { EXIT_FAULT } from './fault.ts';
import { createUpdateReporter, localTime, oneLine, whyNotWritable, whyOverwriting, writeAll } from './output.ts';
import { watchFolder } from './watch-folder.ts';

const EXIT_WRONG = 2;
const EXIT_DAMAGED = 4;

/** Runs a batch to completion, or resumes one that an earlier run of the same command left unfinished. */
export async function runBatch(command: BatchCommand, context: CliContext): Promise<number> {
  const wrong = await whyWrong(command, context);
  if (wrong !== null) {
    context.progress.write(`${wrong}\n`);
    return EXIT_WRONG;
  }
  const reporter = createReporter(context.progress);
  const failures = new Set<LastingFailure>();
  const ended = new AbortController();
  let onWatched: ((event: WatchEvent) => void) | null = null;
  const emit: Emit = (...event) => {
    const [name, payload] = event;
    // A watch tells what it does, not how far it is.
    if (name === 'batch.progress' && onWatched === null) reporter.progress(payload);
    if (name === 'batch.watched') onWatched?.(payload);
  };
  const run: Run = {
    command,
    context,
    reporter,
    ended,
    listen: (listener) => {
      onWatched = listener;
    },
  };
  const docket = await open(command, context, emit, (reason) => {
    failures.add(reason);
    context.progress.write(`${lastingWords[reason]}\n`);
    ended.abort('store_failed');
  });
  let closed: Promise<void> | null = null;
  const close = () => {
    closed ??= docket.close();
    return closed;
  };
  context.onFault(close);
  try {
    if (docket.store.salvage !== null) {
      context.progress.write(damagedWords(docket.store.salvage, context.dataDir));
      await docket.store.salvageTold();
      return EXIT_DAMAGED;
    }
    if (command.concurrency !== null) docket.batches.overrideConcurrency(command.concurrency);
    const code = await runToEnd(docket, run);
    if (code !== 0) return code;
    // A watch that ended by itself did not do what it was started for, though every file until then is finished.
    if (failures.has('gone') && command.watch !== null) return 1;
    return failures.has('damaged') ? EXIT_DAMAGED : 0;
  } finally {
    await close();
  }
}

const lastingWords: Readonly<Record<LastingFailure, string>> = {
  gone: 'The data folder was removed, moved or replaced. Nothing more is sent, because nothing can be recorded.',
  damaged: 'Parts of the history are damaged; the disk may be failing. The next command recovers whatever can be read.',
};

/** Shown before anything is sent: lost results of an earlier run would be requested, and paid for, again. */
function damagedWords(salvage: Salvage, dataDir: string): string {
  const what = [`The history in ${dataDir} was damaged.`, ...salvageWords(salvage)];
  return `${what.join(' ')}\nNothing was sent. Run the same command again to continue with what was kept and redo what was lost.\n`;
}

/** @throws FolderInUseError, or an error whose message is a sentence for the user. */
async function open(
  command: BatchCommand,
  context: CliContext,
  emit: Emit,
  onStoreFailure: (reason: LastingFailure) => void,
): Promise<Docket> {
  try {
    const store = await openStore(context.dataDir, context.storeWorker, {
      onUpdate: createUpdateReporter(context.progress),
      onFailure: onStoreFailure,
    });
    return await compose(store, command, context, emit);
  } catch (error) {
    throw whyNotOpened(error, context.dataDir);
  }
}

function compose(
  store: Store,
  { out, recipe, waitMs, recognition }: BatchCommand,
  context: CliContext,
  emit: Emit,
): Promise<Docket> {
  return composeDocket({
    dataDir: context.dataDir,
    store,
    version: context.version,
    environment: context.environment,
    environmentWins: true,
    cipher: noCipher,
    workers: context.workers,
    // Results of an earlier run and the recipe are no documents, even if they lie among the documents.
    leaveOut: [...(out === null ? [] : [out.file]), ...(recipe !== null && isRecipeFile(recipe) ? [recipe] : [])],
    forkBuiltin: context.forkBuiltin,
    forkRecognition: context.forkRecognition,
    forkPages: context.forkPages,
    recognition: recognition ? undefined : false,
    hostWaitMs: (hasAnswered) => waitMs ?? (hasAnswered ? null : NEVER_ANSWERED_WAIT_MS),
    emit,
    log: (message, error) =>
      context.progress.write(`${oneLine(`${message} ${error instanceof Error ? error.message : ''}`)}\n`),
  });
}

/** Problems that only the disk and the environment reveal; reported before anything is sent. */
async function whyWrong(
  { out, paths, recipe, watch }: BatchCommand,
  { environment }: CliContext,
): Promise<string | null> {
  // Ignoring it would send the documents to OpenAI, which is not what the user meant.
  const address = environment.OPENAI_BASE_URL?.trim();
  const wrong = address ? whyNotBaseUrl(address) : null;
  if (wrong !== null) return `OPENAI_BASE_URL cannot be used. ${wrong} Nothing was sent.`;
  if (watch !== null && !(await hasFolder(paths.map((path) => resolve(path))))) {
    return '--watch needs a folder, and none of the paths is one. Nothing was sent.';
  }
  if (out === null) return null;
  const read = recipe !== null && isRecipeFile(recipe) ? [...paths, recipe] : paths;
  return (await whyNotWritable(out.file)) ?? whyOverwriting(out.file, read);
}

/** What a run of the command has to do with. */
interface Run {
  readonly command: BatchCommand;
  readonly context: CliContext;
  readonly reporter: Reporter;
  /** The end of a watch. */
  readonly ended: AbortController;
  /** Calls back with what a watch does, and tells no more how far the batch is. */
  readonly listen: (listener: (event: WatchEvent) => void) => void;
}

async function runToEnd(docket: Docket, run: Run): Promise<number> {
  const { command, context, reporter } = run;
  let interrupted = false;
  let batchId: string | null = null;
  const interrupt = async () => {
    if (interrupted && batchId !== null) await docket.batches.interrupt(batchId);
    run.ended.abort('interrupted');
  };
  const stopListening = context.onInterrupt(() => {
    interrupted = true;
    context.progress.write('\nStopping. Run the same command again to continue from here.\n');
    void interrupt();
  });
  const recipe = await recipeOf(docket, command);
  if (!recipe.ok) {
    context.progress.write(`${problemSentence(recipe.error, 'terminal')} Nothing was sent.\n`);
    return EXIT_WRONG;
  }
  const started = await startOrResume(docket, command, recipe.value, context);
  if (typeof started === 'string') {
    context.progress.write(`${started}\n`);
    return 1;
  }
  batchId = started.id;
  if (interrupted) await interrupt();
  await docket.batches.settled(batchId);
  if (!interrupted && !context.hasFault()) await readDamaged(docket.batches, batchId, command, context.progress);
  const watched = !interrupted && !context.hasFault() && (await watchOn(docket, started.id, run));
  if (context.hasFault()) return EXIT_FAULT;
  // From here on there is nothing left to interrupt, so a signal ends the process as usual.
  if (!interrupted) stopListening();
  const progress = await docket.batches.progress(batchId);
  if (!progress.ok) throw new Error(problemSentence(progress.error, 'terminal'));
  const { batch } = progress.value;
  reporter.end(batch);
  const isCutOff = interrupted && !(watched && batch.status === 'finished');
  if (isCutOff && batch.counts.total > MOST_WRITTEN_WHEN_INTERRUPTED) {
    context.progress.write(
      'Finished files are kept. Run the same command again to finish the batch and write the results.\n',
    );
    return EXIT_INTERRUPTED;
  }
  const unwritten = await writeResults(docket, batch, command, context);
  if (unwritten !== null) {
    context.progress.write(`${unwritten}\n`);
    return 1;
  }
  if (batch.status !== 'finished') return interrupted ? EXIT_INTERRUPTED : 1;
  return batch.counts.total > 0 && batch.counts.done === batch.counts.total ? 0 : 1;
}

/** Goes on with the folder if that is asked for and the batch came to its end. @returns whether it was watched. */
async function watchOn(docket: Docket, batchId: string, { command, context, ended, listen }: Run): Promise<boolean> {
  if (command.watch === null) return false;
  const setup = await docket.store.read.readBatch(batchId);
  if (setup === null || setup.batch.status !== 'finished') return false;
  let writing: Promise<void> | null = null;
  let isStale = false;
  const writeAgain = async () => {
    while (isStale) {
      isStale = false;
      const { batch } = (await docket.store.read.readBatch(batchId)) ?? setup;
      const unwritten = await writeResults(docket, batch, command, context);
      if (unwritten !== null) context.progress.write(`${unwritten}\n`);
    }
    writing = null;
  };
  const onAsked = () => {
    if (command.out === null) return;
    isStale = true;
    writing ??= writeAgain();
  };
  onAsked();
  const { batches } = docket;
  const { progress } = context;
  const limits = command.watch;
  const watched = await watchFolder(setup.batch, { batches, limits, progress, listen, onAsked, ended: ended.signal });
  await writing;
  return watched;
}

/** After Ctrl+C, nobody should have to wait for a table of 200,000 rows. */
const MOST_WRITTEN_WHEN_INTERRUPTED = 2_000;

/** What is asked: without a word of it the standard recipe, whatever was used last in a window. */
async function recipeOf(docket: Docket, command: BatchCommand): Promise<Result<Recipe, Problem>> {
  const named = await namedRecipe(docket, command);
  return named.ok && command.send !== null ? ok(withSending(named.value, command.send)) : named;
}

async function namedRecipe({ recipes }: Docket, { recipe, ask }: BatchCommand): Promise<Result<Recipe, Problem>> {
  if (ask.length > 0) return recipeOfQuestions(ask);
  if (recipe === null) return ok(standardRecipe);
  return isRecipeFile(recipe) ? readRecipeFile(recipe, 'file') : recipes.named(recipe);
}

function isRecipeFile(recipe: string): boolean {
  return recipe.toLowerCase().endsWith('.json');
}

/** Returns a sentence if the batch cannot be started. */
async function startOrResume(
  { batches, settings }: Docket,
  { paths: named, model, retryFailed, watch }: BatchCommand,
  recipe: Recipe,
  context: CliContext,
): Promise<Batch | string> {
  const paths = named.map((path) => resolve(path));
  const options = { start: true, model: model ?? undefined, recipe };
  const unfinished = await batches.findUnfinished(paths, options);
  const finished = unfinished === null ? await batches.findFinished(paths, options) : null;
  if (unfinished !== null) context.progress.write(`Resuming: ${countsOf(unfinished)} files are already finished.\n`);
  if (isUnencrypted(settings)) {
    context.progress.write(
      'Warning: the address starts with http://, so others on the network can read the texts and the key.\n',
    );
  }
  const goesOn = retryFailed || watch !== null;
  if (finished !== null) context.progress.write(aboutFinished(finished, { goesOn, retryFailed }));
  const earlier = unfinished ?? (goesOn ? finished : null);
  const missing = earlier === null ? await whyNothingThere(paths) : null;
  if (missing !== null) return missing;
  const started =
    earlier === null ? await batches.create(paths, options) : await batches.start(earlier.id, { retryFailed });
  if (!started.ok) return problemSentence(started.error, 'terminal');
  const batch = started.value;
  const asked = batch.llm ? `${batch.providerName}, ${batch.model}` : BUILTIN_LABEL;
  const sending = batch.llm ? sendingOf(recipe) : 'text';
  const sent = sending === 'text' ? '' : `, sending ${sendingWords[sending]}`;
  context.progress.write(`${oneLine(`${asked}${sent}: ${paths.join(', ')}`)}\n`);
  return batch;
}

/** Where some of the paths exist, each of the others gets a row that says so; with none, there is nothing to analyse. */
async function whyNothingThere(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) {
    const isThere = await lstat(path).then(
      () => true,
      (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
    );
    if (isThere) return null;
  }
  return `There is no file or folder at ${paths.join(', ')}. Nothing was sent. Check the spelling.`;
}

function isUnencrypted(settings: Docket['settings']): boolean {
  const { kind, local } = settings.provider();
  return kind !== 'builtin' && !local && /^http:/i.test(settings.current().baseUrl);
}

/** The same command has already finished once, and the user may not want to pay for it twice. */
function aboutFinished(batch: Batch, { goesOn, retryFailed }: { goesOn: boolean; retryFailed: boolean }): string {
  const when = batch.finishedAt === null ? '' : ` on ${localTime(batch.finishedAt)}`;
  const again = retryFailed ? 'that failed or were edited are retried' : 'that came or were edited are asked';
  return goesOn
    ? `Kept from the batch that ended${when}: ${countsOf(batch)} files. Only files ${again}.\n`
    : `The same batch ended${when} with ${countsOf(batch)} files finished. This is a new batch, which analyses all of ` +
        'them again; --retry-failed retries only what failed or was edited.\n';
}

function countsOf({ counts }: Batch): string {
  return `${counts.done} of ${counts.total}`;
}

/** Returns a sentence if the results could not be written. */
async function writeResults(
  docket: Docket,
  batch: Batch,
  { out }: BatchCommand,
  context: CliContext,
): Promise<string | null> {
  const { read } = docket.store;
  const parts = { read, xlsxWorker: context.workers.xlsx };
  try {
    await (out === null
      ? writeAll(exportCsv(read, batch), context.out)
      : writeExportFile(out.file, exportBatch(parts, batch, { format: out.format, only: 'all' })));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `The results could not be written: ${reason}. They are kept in the history: run the same command with --retry-failed to write them without sending anything again.`;
  }
  if (out !== null) context.progress.write(`Results are in ${out.file}.\n`);
  return null;
}
