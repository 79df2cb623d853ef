import { access, realpath } from 'node:fs/promises';
import type { Batch } from '../../shared/batch-data.ts';
import type { AppInfo } from '../../shared/contract.ts';
import type { ExportFormat } from '../../shared/export-format.ts';
import { isOpenedByItsProgram } from '../../shared/opened-files.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { tokensOf } from '../batch/batch-tokens.ts';
import { compareBatches } from '../batch/comparisons.ts';
import { writeComparison } from '../batch/export/comparison-csv.ts';
import type { Exports } from '../batch/export/exports.ts';
import { offerFile, offerFiles } from '../chat/attachments.ts';
import { findQuoted } from '../chat/find-quoted.ts';
import type { Docket } from '../compose.ts';
import { listModels } from '../llm/list-models.ts';
import { exportRecipe } from '../recipes/export-recipe.ts';
import { recipeOfQuestions } from '../recipes/named-recipe.ts';
import { discoverServers } from '../settings/discover.ts';
import { testConnection } from '../settings/test-connection.ts';
import type { Grants } from './grants.ts';
import type { Handlers } from './router.ts';

/** What only the desktop app can do. */
export interface Desktop {
  readonly info: AppInfo;
  /** Asks the user first; false if they decline or the address may not be opened. */
  openLink(url: string): Promise<boolean>;
  revealData(): Promise<void>;
  /** In the system's file manager. */
  revealFile(path: string): void;
  /** In its own program; false if there is none for it. */
  openFile(path: string): Promise<boolean>;
  /** Null if the dialog was cancelled. */
  pickPaths(what: 'files' | 'folder'): Promise<readonly string[] | null>;
  pickRecipeFile(): Promise<readonly string[] | null>;
  pickExportFile(name: string, format: ExportFormat): Promise<string | null>;
  readonly samplePath: string;
}

/** One line per route; longer work belongs in the folder of its feature. */
export function createHandlers(docket: Docket, desktop: Desktop, grants: Grants, exports: Exports): Handlers {
  const { store, settings, chat, attachments, batches, recipes, connections, gateway, audit } = docket;

  const useConnection = async <T>(
    use: (connection: ReturnType<typeof connections.lease>['connection']) => Promise<T>,
  ): Promise<T> => {
    const lease = connections.lease();
    try {
      return await use(lease.connection);
    } finally {
      lease.release();
    }
  };

  const create = async (paths: readonly string[], recipeId?: string): Promise<Result<Batch, Problem>> => {
    const recipe = recipeId === undefined ? ok(await recipes.lastUsed()) : await recipes.use(recipeId);
    return recipe.ok ? batches.create(paths, { recipe: recipe.value }) : recipe;
  };

  const createFrom = async (paths: readonly string[] | null): Promise<Result<Batch | null, Problem>> =>
    paths === null || paths.length === 0 ? ok(null) : create(paths);

  /** A file manager that is told to show nothing says nothing. */
  const reveal = async (path: string): Promise<Result<null, Problem>> => {
    if (!(await isThere(path))) return err(problem('file_vanished', { what: 'shown' }));
    desktop.revealFile(path);
    return ok(null);
  };

  /** Where no program takes it, it is shown in its folder. */
  const open = async (path: string): Promise<Result<null, Problem>> => {
    // The name of a link says nothing of what it leads to.
    const target = await realpath(path).catch(() => null);
    if (target === null) return err(problem('file_vanished', { what: 'shown' }));
    if (!isOpenedByItsProgram(target)) return err(problem('not_allowed', { what: 'file_opened' }));
    if (!(await desktop.openFile(target))) desktop.revealFile(target);
    return ok(null);
  };

  return {
    'app.info': async () => ok(desktop.info),
    'app.openLink': async ({ url }) => ok(await desktop.openLink(url)),
    'app.revealData': async () => ok(await desktop.revealData().then(() => null)),
    'status.get': async () => ok(docket.status()),

    'settings.get': async () => ok(settings.view()),
    'settings.save': async (next) => ok(await settings.save(next)),
    'settings.setKey': ({ key, allowWeak }) => settings.setKey(key, allowWeak),
    'settings.clearKey': async () => ok(await settings.clearKey()),
    'settings.models': () =>
      useConnection(async (connection) => {
        const models = await listModels(audit, connection);
        if (models.ok) gateway.tryNow(connection.settings.provider.host);
        return models;
      }),
    'settings.discover': async () => ok(await discoverServers()),
    'settings.languages': async () => ok(await docket.languages.list()),
    'settings.pickLanguageFolder': async () => {
      const [folder] = (await desktop.pickPaths('folder')) ?? [];
      return ok(folder === undefined ? null : await docket.languages.lookIn(folder));
    },
    'settings.forgetLanguageFolder': async () => ok(await docket.languages.lookIn(null)),
    'settings.test': async () =>
      ok(
        await useConnection((connection) =>
          testConnection(audit, gateway, connection, settings.provider().model, new AbortController().signal),
        ),
      ),

    'chat.list': async () => ok(await chat.list()),
    'chat.find': async ({ text, limit }) => ok(await store.read.findMessages(text, limit)),
    'chat.open': ({ conversationId }) => chat.open(conversationId),
    'chat.rename': ({ conversationId, title }) => chat.rename(conversationId, title),
    'chat.remove': ({ conversationId }) => chat.remove(conversationId),
    'chat.restore': ({ conversationId }) => chat.restore(conversationId),
    'chat.select': ({ conversationId, leafId }) => chat.select(conversationId, leafId),
    'chat.send': (request) => chat.send(request),
    'chat.regenerate': (request) => chat.regenerate(request),
    'chat.pickAttachments': async () => ok(await offerFiles((await desktop.pickPaths('files')) ?? [], grants.give)),
    'chat.attach': async ({ grant }) => {
      const granted = grants.take(grant);
      const [path, ...others] = granted?.paths ?? [];
      if (granted === null || path === undefined)
        return err(problem('not_allowed', { what: 'grant_expired', use: 'attach' }));
      if (others.length > 0) return err(problem('invalid_input', { what: 'one_by_one' }));
      return attachments.attach(grant, path, granted.inside);
    },
    'chat.attachWithoutPages': ({ attachmentId }) => attachments.attachWithoutPages(attachmentId),
    'chat.detach': async ({ attachmentId }) => ok(await attachments.detach(attachmentId).then(() => null)),
    'chat.attachments': async ({ attachmentIds }) => ok(await attachments.kept(attachmentIds)),
    'chat.findQuoted': async ({ attachmentId, quoted }) => {
      const text = await attachments.files.text(attachmentId);
      return text.ok ? ok(await findQuoted(text.value, quoted)) : text;
    },
    'chat.stop': async ({ replyId }) => {
      chat.stop(replyId);
      return ok(null);
    },

    'batch.list': async () => ok(await batches.list()),
    'batch.create': async ({ grant, recipeId }) => {
      const granted = grants.take(grant);
      return granted === null
        ? err(problem('not_allowed', { what: 'grant_expired', use: 'drop' }))
        : create(granted.paths, recipeId);
    },
    'batch.ask': async ({ attachmentIds, question, model }) => {
      const paths = await attachments.paths(attachmentIds);
      if (!paths.ok) return paths;
      const recipe = recipeOfQuestions([question], 'Question of a chat');
      return recipe.ok ? batches.create(paths.value, { recipe: recipe.value, model }) : recipe;
    },
    'batch.pick': async ({ what }) => createFrom(await desktop.pickPaths(what)),
    'batch.createSample': () => create([desktop.samplePath]),
    'batch.get': ({ batchId }) => batches.progress(batchId),
    'batch.plan': ({ batchId }) => batches.plan(batchId),
    'batch.view': async (query) => ok(await store.read.viewOfItems(query)),
    'batch.rows': async ({ itemIds }) => ok(await store.read.rowsOfItems(itemIds)),
    'batch.facet': async (query) => ok(await store.read.facetOfItems(query)),
    'batch.item': ({ itemId }) => batches.item(itemId),
    'batch.start': ({ batchId }) => batches.start(batchId),
    'batch.changeRecipe': async ({ batchId, recipe }) => {
      const changed = await batches.changeRecipe(batchId, recipe);
      if (changed.ok) await recipes.use(recipe.id);
      return changed;
    },
    'batch.planAgain': (request) => batches.planAgain(request),
    'batch.runAgain': ({ start, ...request }) => batches.runAgain(request, start),
    'batch.tokens': async ({ batchId }) => ok(await tokensOf(store.read, batchId)),
    'batch.sharing': async ({ batchId }) => ok(await store.read.batchesSharing(batchId)),
    'batch.compare': async ({ leftId, rightId }) => {
      const compared = await compareBatches(store.read, leftId, rightId);
      return compared.ok ? ok(compared.value.comparison) : compared;
    },
    'batch.exportComparison': async ({ leftId, rightId, ...view }) => {
      const compared = await compareBatches(store.read, leftId, rightId);
      if (!compared.ok) return compared;
      const file = await desktop.pickExportFile(`${compared.value.left.name} compared`, 'csv');
      return file === null ? ok(null) : writeComparison(store.read, compared.value, view, file);
    },
    'batch.lookAgain': ({ batchId }) => batches.lookAgain(batchId),
    'batch.stopLooking': async ({ batchId }) => {
      batches.stopLooking(batchId);
      return ok(null);
    },
    'batch.watch': ({ batchId, limits }) => batches.watch(batchId, limits),
    'batch.unwatch': ({ batchId }) => batches.unwatch(batchId),
    'batch.watchLog': async ({ batchId }) => ok(await batches.watchLog(batchId)),
    'batch.retryItems': ({ batchId, itemIds }) => batches.retryItems(batchId, itemIds),
    'batch.damagedInPart': async ({ batchId }) => ok(await batches.damagedInPart(batchId)),
    'batch.readWithoutPages': ({ batchId, itemIds }) => batches.readWithoutPages(batchId, itemIds),
    'batch.skipItems': ({ batchId, itemIds }) => batches.skipItems(batchId, itemIds),
    'batch.removeItems': ({ batchId, itemIds }) => batches.removeItems(batchId, itemIds),
    'batch.restoreItems': ({ batchId, itemIds }) => batches.restoreItems(batchId, itemIds),
    'batch.try': ({ batchId, itemIds }) => batches.tryOut(batchId, itemIds),
    'batch.tryNow': async ({ batchId }) => batches.tryNow(batchId),
    'batch.cancel': ({ batchId }) => batches.cancel(batchId),
    'batch.retryFailed': ({ batchId }) => batches.retryFailed(batchId),
    'batch.remove': ({ batchId }) => batches.remove(batchId),
    'batch.setConcurrency': async ({ concurrency }) => {
      await settings.change({ concurrency });
      return ok(batches.limitChanged());
    },
    'batch.export': async ({ batchId, format, only, items }) => {
      const progress = await batches.progress(batchId);
      if (!progress.ok) return progress;
      const { batch } = progress.value;
      const part = items !== undefined ? ' selection' : only === 'all' ? '' : ` ${only}`;
      const file = await desktop.pickExportFile(`${batch.name}${part}`, format);
      return file === null ? ok(null) : exports.write(batch, { format, only, items }, file);
    },
    'batch.revealExport': async ({ batchId }) => {
      const file = exports.lastFile(batchId);
      if (file !== null) desktop.revealFile(file);
      return ok(null);
    },
    'batch.rename': ({ batchId, name }) => batches.rename(batchId, name),
    'batch.correct': ({ itemId, question, text }) => batches.correct(itemId, question, text),
    'batch.check': async ({ batchId, itemIds, checked }) => ok(await batches.check(batchId, itemIds, checked)),
    'batch.reveal': async ({ batchId }) => {
      const paths = await batches.paths(batchId);
      return paths.ok ? reveal(paths.value[0] ?? '') : paths;
    },
    'batch.openItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      return item.ok ? open(item.value.path) : item;
    },
    'batch.revealItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      return item.ok ? reveal(item.value.path) : item;
    },
    'batch.offerItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      if (!item.ok) return item;
      const { path, inside, row } = item.value;
      return ok(await offerFile(path, grants.give, inside, row.bytes));
    },
    'batch.stopExport': async ({ batchId }) => {
      exports.stop(batchId);
      return ok(null);
    },

    'file.text': ({ file }) => docket.files.text(file),
    'file.pagePicture': ({ file, page, width }) => docket.files.picture(file, page, width),
    'file.pageMarks': ({ file, page, spans }) => docket.files.marks(file, page, spans),

    'recipe.list': async () => ok(await recipes.list()),
    'recipe.save': ({ recipe }) => recipes.save(recipe),
    'recipe.duplicate': async ({ recipe }) => ok(await recipes.duplicate(recipe)),
    'recipe.remove': ({ recipeId }) => recipes.remove(recipeId),
    'recipe.restore': ({ recipeId }) => recipes.restore(recipeId),
    'recipe.use': ({ recipeId }) => recipes.use(recipeId),
    'recipe.preview': (request) => docket.previews.preview(request),
    'recipe.previewPage': ({ page, ...file }) => docket.previews.page(file, page),
    'recipe.import': async () => {
      const [path] = (await desktop.pickRecipeFile()) ?? [];
      return path === undefined ? ok(null) : recipes.importFile(path);
    },
    'recipe.export': async ({ recipe }) => {
      const file = await desktop.pickExportFile(recipe.name, 'json');
      return file === null ? ok(null) : exportRecipe(recipe, file);
    },

    'history.page': async (query) => ok(await store.read.pageOfCalls(query)),
    'history.count': async (filter) => ok(await store.read.countCalls(filter)),
    'history.detail': async ({ callId }) => {
      const detail = await store.read.callDetail(callId);
      return detail === null ? err(problem('invalid_input', { what: 'call_gone' })) : ok(detail);
    },
    'history.facets': async () => ok(await store.read.historyFacets()),
  };
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
