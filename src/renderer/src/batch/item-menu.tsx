import {
  ArrowDown,
  ArrowUp,
  CheckCheck,
  CircleSlash,
  Copy,
  ExternalLink,
  FileMinus,
  FolderOpen,
  ListX,
  MessageSquare,
  PanelRightOpen,
  Pencil,
  RotateCcw,
  Undo2,
} from 'lucide-react';
import type { Batch, ItemRow } from '../../../shared/batch-data.ts';
import { allWithoutPagesLabel, withoutPagesLabel } from '../../../shared/damaged-pages.ts';
import { formatCount } from '../ui/format.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { askInChat, openFile, restoreItems, retryFiles } from './batch-edits.ts';
import { isBusy } from './batch-words.ts';
import { batches, damagedFiles } from './batches.ts';
import { damagedAmong } from './damaged-files.ts';

interface ItemMenu {
  readonly batch: Pick<Batch, 'id' | 'status' | 'counts'>;
  /** The file under the cursor, or all that are selected. */
  readonly itemIds: readonly number[];
  /** The row of the file, where it is one; undefined while it is being read. */
  readonly row: ItemRow | undefined;
  readonly areRemoved: boolean;
  readonly onOpen: () => void;
  readonly onRemove: () => void;
  readonly onTick: () => void;
  readonly onCopy: () => void;
  /** Null where the menu is not that of a cell. */
  readonly onCopyCell: (() => void) | null;
  /** Null where the cell holds nothing to be corrected. */
  readonly onCorrect: (() => void) | null;
}

type FileMenu = Pick<ItemMenu, 'batch' | 'itemIds' | 'row' | 'areRemoved' | 'onRemove'>;

type Entries = readonly (MenuEntry | null)[];

/** What can be done with a file of the table, or with those that are selected. */
export function itemMenu(menu: ItemMenu): Entries {
  return inGroups([openEntries(menu), checkEntries(menu), runEntries(menu), copyEntries(menu), removeEntries(menu)]);
}

function inGroups(groups: readonly (readonly MenuEntry[])[]): Entries {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, place): Entries => (place === 0 ? group : [null, ...group]));
}

function openEntries({ itemIds, row, onOpen }: ItemMenu): readonly MenuEntry[] {
  const [first = -1] = itemIds;
  const several = itemIds.length > 1;
  return [
    { label: 'Open', icon: <PanelRightOpen />, shortcut: 'Enter', disabled: several, onSelect: onOpen },
    ...elsewhereEntries(first, row, several),
  ];
}

/** Where else a file can be seen. */
function elsewhereEntries(itemId: number, row: ItemRow | undefined, disabled: boolean): readonly MenuEntry[] {
  return [
    // No program can open a file that lies in another one.
    ...(row?.isInside === true
      ? []
      : [{ label: 'Open in its program', icon: <ExternalLink />, disabled, onSelect: () => void openFile(itemId) }]),
    { label: 'Show in folder', icon: <FolderOpen />, disabled, onSelect: () => void batches.revealItem(itemId) },
    { label: 'Ask about it in a chat', icon: <MessageSquare />, disabled, onSelect: () => void askInChat(itemId) },
  ];
}

/** What can be done with the file whose detail is open. */
export function openItemMenu(batch: ItemMenu['batch'], row: ItemRow, onRemove: () => void): Entries {
  const menu = { batch, itemIds: [row.id], row, areRemoved: row.status === 'removed', onRemove };
  return inGroups([elsewhereEntries(row.id, row, false), runEntries(menu), stepEntries(), removeEntries(menu)]);
}

function stepEntries(): readonly MenuEntry[] {
  return [
    { label: 'Next file', icon: <ArrowDown />, shortcut: 'Alt+ArrowRight', onSelect: () => void batches.openBeside(1) },
    {
      label: 'Previous file',
      icon: <ArrowUp />,
      shortcut: 'Alt+ArrowLeft',
      onSelect: () => void batches.openBeside(-1),
    },
  ];
}

function checkEntries({ areRemoved, onTick, onCorrect }: ItemMenu): readonly MenuEntry[] {
  if (areRemoved) return [];
  return [
    { label: 'Tick as checked', icon: <CheckCheck />, shortcut: 'K', onSelect: onTick },
    ...(onCorrect === null
      ? []
      : [{ label: 'Correct this value', icon: <Pencil />, shortcut: 'F2', onSelect: onCorrect }]),
  ];
}

/** Of several, those that it applies to are taken. */
function runEntries({ batch: { id, status, counts }, itemIds, row, areRemoved }: FileMenu): readonly MenuEntry[] {
  if (areRemoved) return [];
  const several = itemIds.length > 1;
  const canRetry = several ? counts.failed + counts.cancelled > 0 : isRetried(row);
  const canSkip = several ? counts.queued > 0 : row?.status === 'queued';
  const canRun = !isBusy(status) && status !== 'ready';
  return [
    ...(canRetry && canRun
      ? [{ label: 'Retry', icon: <RotateCcw />, onSelect: () => void retryFiles(id, itemIds) }]
      : []),
    ...(canRun ? withoutPagesEntries(id, itemIds, row) : []),
    ...(canSkip ? [{ label: 'Skip', icon: <CircleSlash />, onSelect: () => void batches.skipItems(id, itemIds) }] : []),
  ];
}

function withoutPagesEntries(
  batchId: string,
  itemIds: readonly number[],
  row: ItemRow | undefined,
): readonly MenuEntry[] {
  const several = itemIds.length > 1;
  const damaged = several ? damagedAmong(damagedFiles.getState(), itemIds) : itemIds;
  const one = row?.status === 'failed' ? withoutPagesLabel(row.problem) : null;
  const label = several && damaged.length > 0 ? allWithoutPagesLabel(damaged.length, itemIds.length) : one;
  if (label === null || damaged.length === 0) return [];
  return [{ label, icon: <FileMinus />, onSelect: () => void batches.readWithoutPages(batchId, damaged) }];
}

function isRetried(row: ItemRow | undefined): boolean {
  return row?.status === 'failed' || row?.status === 'cancelled';
}

function copyEntries({ itemIds, onCopy, onCopyCell }: ItemMenu): readonly MenuEntry[] {
  const several = itemIds.length > 1;
  return [
    ...(onCopyCell === null || several ? [] : [{ label: 'Copy cell', icon: <Copy />, onSelect: onCopyCell }]),
    {
      label: several ? `Copy ${formatCount(itemIds.length, 'row')}` : 'Copy row',
      icon: <Copy />,
      shortcut: 'Mod+C',
      onSelect: onCopy,
    },
  ];
}

function removeEntries({ batch: { id, status }, itemIds, areRemoved, onRemove }: FileMenu): readonly MenuEntry[] {
  if (areRemoved) return [{ label: 'Bring back', icon: <Undo2 />, onSelect: () => void restoreItems(id, itemIds) }];
  return [
    {
      label: 'Remove from the batch',
      icon: <ListX />,
      shortcut: 'Delete',
      disabled: status === 'collecting',
      onSelect: onRemove,
    },
  ];
}
