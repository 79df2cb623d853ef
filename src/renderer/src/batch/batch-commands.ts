import type { Batch } from '../../../shared/batch-data.ts';
import { type ExportFormat, exportFormatNames, exportFormats } from '../../../shared/export-format.ts';
import type { Command } from '../platform/commands.ts';
import { navigate } from '../platform/navigation-store.ts';
import { batches } from './batches.ts';

async function begin(make: () => Promise<Batch | null>): Promise<void> {
  const batch = await make();
  if (batch !== null) navigate({ surface: 'batch', batchId: batch.id });
  // A refusal is told in the view.
  else if (batches.store.getState().notice !== null) navigate({ surface: 'batch' });
}

function exportCurrent(format: ExportFormat): void {
  const { selectedId } = batches.store.getState();
  navigate({ surface: 'batch' });
  if (selectedId !== null) void batches.exportAs(selectedId, format, 'all');
}

const exportKeywords: Readonly<Record<ExportFormat, string>> = {
  xlsx: 'save table spreadsheet xlsx workbook',
  csv: 'save table excel spreadsheet',
  html: 'save print report web page',
  md: 'save report',
  json: 'save',
  jsonl: 'save ndjson',
};

/** For the palette; they work from every surface. */
export const batchCommands: readonly Command[] = [
  {
    id: 'batch.pickFiles',
    title: 'New batch from files…',
    group: 'Batch',
    keywords: 'open add analyse analyze',
    shortcut: 'Mod+O',
    run: () => void begin(() => batches.pick('files')),
  },
  {
    id: 'batch.pickFolder',
    title: 'New batch from folder…',
    group: 'Batch',
    keywords: 'open add directory analyse analyze',
    shortcut: 'Mod+Shift+O',
    run: () => void begin(() => batches.pick('folder')),
  },
  {
    id: 'batch.sample',
    title: 'New batch from the sample folder',
    group: 'Batch',
    keywords: 'try example demo',
    run: () => void begin(() => batches.createSample()),
  },
  ...exportFormats.map((format) => ({
    id: `batch.export.${format}`,
    title: `Export all of the current batch as ${exportFormatNames[format]}…`,
    group: 'Batch',
    keywords: exportKeywords[format],
    run: () => exportCurrent(format),
  })),
];
