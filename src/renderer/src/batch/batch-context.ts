/** What the palette can do with the batch that is on the screen. */
import type { Batch } from '../../../shared/batch-data.ts';
import { allWithoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { type ExportFormat, exportFormatNames, exportFormats } from '../../../shared/export-format.ts';
import type { Command } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { formatCount } from '../ui/format.ts';
import { openBatchDialog } from './batch-dialog.ts';
import { checkItems, lookForNewFiles, removeItems, restoreItems, retryFiles, revealBatch } from './batch-edits.ts';
import { isBusy } from './batch-words.ts';
import { batches, damagedFiles } from './batches.ts';
import { comparing } from './compare.ts';
import { damagedAmong } from './damaged-files.ts';
import { itemSelection, selectedIds } from './item-selection.ts';
import { applyTo } from './recipe-actions.ts';
import { recipes } from './recipes.ts';
import { startRenaming } from './renaming.ts';

/** Commands for the batch that is shown, and for what is selected in it; each only while it can be done. */
export function batchContext(): readonly Command[] {
  const { batches: list, selectedId } = batches.store.getState();
  const batch = list?.find(({ id }) => id === selectedId);
  if (batch === undefined) return [];
  return [...selectionCommands(batch), ...runCommands(batch), ...batchCommands(batch), ...recipeCommands(batch)].map(
    (command) => ({ ...command, group: batch.name }),
  );
}

type ContextCommand = Omit<Command, 'group'>;

/** What shows in the table of the batch leaves a comparison. */
function inItsTable(show: () => void): () => void {
  return () => {
    comparing.close();
    show();
  };
}

function selectionCommands({ id, status, counts }: Batch): readonly ContextCommand[] {
  const { order, view } = batches.table.store.getState();
  const { ids } = itemSelection.getState();
  if (order === null || ids.size === 0) return [];
  const chosen = selectedIds(order, undefined);
  const files = `the ${formatCount(chosen.length, 'selected file')}`;
  const command = (name: string, title: string, keywords: string, run: () => void): ContextCommand => ({
    id: `batch.selected.${name}`,
    title: `${title} ${files}`,
    keywords: `rows ${keywords}`,
    run,
  });
  if (view.only === 'removed') {
    return [command('restore', 'Bring back', 'restore undo', () => void restoreItems(id, chosen))];
  }
  return [
    ...(isBusy(status) || counts.failed + counts.cancelled === 0
      ? []
      : [command('retry', 'Retry', 'run again failed', () => void retryFiles(id, chosen))]),
    ...withoutPagesCommands(id, chosen),
    ...(status === 'ready' && counts.queued > 0
      ? [command('try', 'Try this batch on', 'trial run test', () => void batches.tryOut(id, chosen))]
      : []),
    ...(counts.queued === 0 ? [] : [command('skip', 'Skip', 'queue cancel', () => void batches.skipItems(id, chosen))]),
    command('check', 'Tick as checked', 'mark done', () => void checkItems(id, chosen, true)),
    command('remove', 'Remove', 'delete take out', () => void removeItems(id, chosen)),
  ];
}

const withoutPagesKeywords = 'read damaged pages pdf run again failed all';

function withoutPagesCommands(batchId: string, chosen: readonly number[]): readonly ContextCommand[] {
  const damaged = damagedAmong(damagedFiles.getState(), chosen);
  if (damaged.length === 0) return [];
  return [
    {
      id: 'batch.selected.withoutPages',
      title: `${allWithoutPagesLabel(damaged.length, chosen.length)}: ${formatCount(chosen.length, 'selected file')}`,
      keywords: withoutPagesKeywords,
      run: () => void batches.readWithoutPages(batchId, damaged),
    },
  ];
}

function runCommands({ id, status, counts }: Batch): readonly ContextCommand[] {
  const damaged = [...damagedFiles.getState().ids];
  const goesOn = (status === 'interrupted' || status === 'cancelled') && counts.total > counts.done + counts.failed;
  return [
    ...(status === 'ready'
      ? [
          {
            id: 'batch.current.start',
            title: 'Start this batch',
            keywords: 'run go',
            run: () => void batches.start(id),
          },
          {
            id: 'batch.current.try',
            title: 'Try this batch on 3 files',
            keywords: 'trial run test',
            run: () => void batches.tryOut(id),
          },
        ]
      : []),
    ...(goesOn
      ? [
          {
            id: 'batch.current.resume',
            title: 'Resume this batch',
            keywords: 'run start go on continue',
            run: () => void batches.start(id),
          },
        ]
      : []),
    ...(isBusy(status)
      ? [
          {
            id: 'batch.current.cancel',
            title: 'Cancel this batch',
            keywords: 'stop abort',
            run: () => void batches.cancel(id),
          },
        ]
      : []),
    ...(counts.failed > 0 && !isBusy(status) && status !== 'ready'
      ? [
          {
            id: 'batch.current.retry',
            title: `Retry the ${formatCount(counts.failed, 'failed file')}`,
            keywords: 'run again errors',
            run: () => void batches.retryFailed(id),
          },
        ]
      : []),
    ...(damaged.length > 0
      ? [
          {
            id: 'batch.current.withoutPages',
            title: `Read ${formatCount(damaged.length, 'damaged file')} without the damaged pages`,
            keywords: withoutPagesKeywords,
            run: () => void batches.readWithoutPages(id, damaged),
          },
        ]
      : []),
  ];
}

const exportKeywords: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'save table spreadsheet xlsx workbook',
  csv: 'save table excel spreadsheet',
  html: 'save print report web page',
  md: 'save report',
  json: 'save',
  jsonl: 'save ndjson',
};

function batchCommands({ id, status, counts, watch }: Batch): readonly ContextCommand[] {
  const canExport = counts.done + counts.failed > 0;
  const { looking } = batches.store.getState();
  return [
    ...(status === 'collecting'
      ? []
      : [
          ...(isBusy(status)
            ? []
            : [
                {
                  id: 'batch.current.look',
                  title: 'Look for new files in the folder of this batch',
                  keywords: 'refresh rescan update added edited changed',
                  run: () => void lookForNewFiles(id),
                },
              ]),
          ...(looking?.batchId === id
            ? [
                {
                  id: 'batch.current.stopLooking',
                  title: 'Stop looking for new files',
                  keywords: 'cancel abort',
                  run: () => void batches.stopLooking(id),
                },
              ]
            : []),
          {
            id: 'batch.current.again',
            title: 'Run again with…',
            keywords: 'another recipe model temperature compare',
            run: () => openBatchDialog(id, 'again'),
          },
        ]),
    {
      id: 'batch.current.compare',
      title: 'Compare with…',
      keywords: 'difference same agreement other batch two',
      run: () => openBatchDialog(id, 'compare'),
    },
    {
      id: 'batch.current.watch',
      title: watch === null ? 'Watch the folder of this batch…' : 'Watching: what was done, limits, stop…',
      keywords: 'monitor follow automatic new files log budget',
      run: () => openBatchDialog(id, 'watch'),
    },
    {
      id: 'batch.current.rename',
      title: 'Rename this batch',
      keywords: 'name',
      // A comparison has no place for it.
      run: () => startRenaming(id, comparing.store.getState().sides === null ? 'header' : 'list'),
    },
    {
      id: 'batch.current.reveal',
      title: 'Open the folder of this batch',
      keywords: 'show file manager',
      run: () => void revealBatch(id),
    },
    ...(counts.removed === 0
      ? []
      : [
          {
            id: 'batch.current.removed',
            title: `Show the ${formatCount(counts.removed, 'removed file')}`,
            keywords: 'bring back restore',
            run: inItsTable(() => batches.filter('removed')),
          },
        ]),
    ...(canExport ? exportFormats : []).map((format) => ({
      id: `batch.current.export.${format}`,
      title: `Export all of this batch as ${exportFormatNames[format]}…`,
      keywords: exportKeywords[format],
      run: () => void batches.exportAs(id, format, 'all'),
    })),
  ];
}

function recipeCommands(batch: Batch): readonly ContextCommand[] {
  const listed = recipes.store.getState().list?.recipes ?? [];
  const others = isBusy(batch.status) ? [] : listed.filter(({ recipe }) => recipe.id !== batch.recipe.id);
  return [
    {
      id: 'batch.current.recipe',
      title: 'Show and edit the recipe of this batch',
      keywords: `questions ask ${batch.recipe.name}`,
      run: inItsTable(() => recipes.edit(batch.recipe)),
    },
    ...others.map(({ recipe }) => ({
      id: `batch.current.recipe.${recipe.id}`,
      title: `Use the recipe “${recipe.name}”`,
      keywords: 'switch questions ask',
      run: () => void applyTo(batch, recipe),
    })),
    {
      id: 'batch.current.model',
      title: 'Switch the model…',
      keywords: 'provider settings choose another',
      run: () => navigate({ surface: 'settings', section: 'provider', field: 'model' }),
    },
  ];
}
