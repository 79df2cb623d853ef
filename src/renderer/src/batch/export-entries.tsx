import { FileBracesCorner, FileSpreadsheet, FileText, Globe, Table } from 'lucide-react';
import type { ReactElement } from 'react';
import type { Batch, ExportFilter } from '../../../shared/batch-data.ts';
import { type ExportFormat, exportFormatNames, exportFormats } from '../../../shared/export-format.ts';
import type { ItemView } from '../../../shared/item-view.ts';
import { formatNumber } from '../ui/format.ts';
import { idsOf, type RowOrder } from '../ui/grid/row-selection.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { filterNames } from './batch-words.ts';
import { batches } from './batches.ts';

const formatIcons: Readonly<Record<ExportFormat, ReactElement>> = {
  xlsx: <FileSpreadsheet />,
  csv: <Table />,
  html: <Globe />,
  md: <FileText />,
  json: <FileBracesCorner />,
  jsonl: <FileBracesCorner />,
};

/** What is shown, in its order, and where that is a part, all as well: each says what is in it. */
export function exportEntries(
  { id, counts }: Batch,
  { only, search, filters, sort }: ItemView,
  order: RowOrder | null,
): readonly (MenuEntry | null)[] {
  const shown = order?.length ?? 0;
  const narrowed = search.trim() !== '' || filters.length > 0;
  const all = `: all ${formatNumber(counts.total)}`;
  // Removed files are in no export.
  if (order === null || shown === 0 || only === 'removed') return entriesOf(id, 'all', '');
  if (narrowed || sort !== null) {
    const words = narrowed || only !== 'all' ? `: ${formatNumber(shown)} as shown` : ': as shown';
    return [...entriesOf(id, only, words, () => idsOf(order)), null, ...entriesOf(id, 'all', all)];
  }
  if (only === 'all') return entriesOf(id, 'all', '');
  const part = `: ${formatNumber(shown)} ${filterNames[only].toLowerCase()}`;
  return [...entriesOf(id, only, part), null, ...entriesOf(id, 'all', all)];
}

/** An entry per format; without files, all that the filter lets through. */
export function entriesOf(
  batchId: string,
  only: ExportFilter,
  words: string,
  itemIds?: () => readonly number[],
): readonly MenuEntry[] {
  return exportFormats.map((format) => ({
    label: `${exportFormatNames[format]}${words}…`,
    icon: formatIcons[format],
    onSelect: () => void batches.exportAs(batchId, format, only, itemIds?.()),
  }));
}
