import { realpath } from 'node:fs/promises';
import { isOpenedByItsProgram } from '../../../shared/opened-files.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { batchFileRoutes } from '../../../shared/routes/batch-files.ts';
import { offerFile } from '../../chat/attachments.ts';
import type { Docket } from '../../compose.ts';
import type { Desktop } from '../desktop.ts';
import type { Grants } from '../grants.ts';
import { reveal } from '../reveal.ts';
import type { HandlersOf } from '../router.ts';

export function createBatchFileHandlers(
  { store, batches }: Docket,
  desktop: Desktop,
  grants: Grants,
): HandlersOf<typeof batchFileRoutes> {
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
    'batch.view': async (query) => ok(await store.read.viewOfItems(query)),
    'batch.facet': async (query) => ok(await store.read.facetOfItems(query)),
    'batch.rows': async ({ itemIds }) => ok(await store.read.rowsOfItems(itemIds)),
    'batch.item': ({ itemId }) => batches.item(itemId),
    'batch.correct': ({ itemId, question, text }) => batches.correct(itemId, question, text),
    'batch.check': async ({ batchId, itemIds, checked }) => ok(await batches.check(batchId, itemIds, checked)),
    'batch.retryItems': ({ batchId, itemIds }) => batches.retryItems(batchId, itemIds),
    'batch.damagedInPart': async ({ batchId }) => ok(await batches.damagedInPart(batchId)),
    'batch.readWithoutPages': ({ batchId, itemIds }) => batches.readWithoutPages(batchId, itemIds),
    'batch.skipItems': ({ batchId, itemIds }) => batches.skipItems(batchId, itemIds),
    'batch.removeItems': ({ batchId, itemIds }) => batches.removeItems(batchId, itemIds),
    'batch.restoreItems': ({ batchId, itemIds }) => batches.restoreItems(batchId, itemIds),
    'batch.offerItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      if (!item.ok) return item;
      const { path, inside, row } = item.value;
      return ok(await offerFile(path, grants.give, inside, row.bytes));
    },
    'batch.openItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      return item.ok ? open(item.value.path) : item;
    },
    'batch.revealItem': async ({ itemId }) => {
      const item = await batches.item(itemId);
      return item.ok ? reveal(desktop, item.value.path) : item;
    },
  };
}
