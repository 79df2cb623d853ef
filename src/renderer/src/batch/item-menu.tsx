import { CheckCheck, Copy, FolderOpen, ListX, PanelRightOpen, Undo2 } from 'lucide-react';
import { formatCount } from '../ui/format.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { removeItems, restoreItems } from './batch-edits.ts';
import { batches } from './batches.ts';

interface ItemMenu {
  readonly batchId: string;
  /** The file under the cursor, or all that are selected. */
  readonly itemIds: readonly number[];
  /** Whether they were removed from the batch. */
  readonly areRemoved: boolean;
  readonly onOpen: () => void;
  readonly onTick: () => void;
  readonly onCopy: () => void;
  /** Null where the menu is not that of a cell. */
  readonly onCopyCell: (() => void) | null;
}

/** What can be done with a file of the table, or with those that are selected. */
export function itemMenu(menu: ItemMenu): readonly (MenuEntry | null)[] {
  const { batchId, itemIds, areRemoved, onOpen, onTick, onCopy, onCopyCell } = menu;
  const [first = -1] = itemIds;
  const several = itemIds.length > 1;
  return [
    { label: 'Open', icon: <PanelRightOpen />, shortcut: 'Enter', disabled: several, onSelect: onOpen },
    {
      label: 'Show in folder',
      icon: <FolderOpen />,
      disabled: several,
      onSelect: () => void batches.revealItem(first),
    },
    ...(areRemoved
      ? []
      : [{ label: 'Tick as checked', icon: <CheckCheck />, shortcut: 'K', onSelect: onTick } satisfies MenuEntry]),
    null,
    ...(onCopyCell === null || several ? [] : [{ label: 'Copy cell', icon: <Copy />, onSelect: onCopyCell }]),
    {
      label: several ? `Copy ${formatCount(itemIds.length, 'row')}` : 'Copy row',
      icon: <Copy />,
      shortcut: 'Mod+C',
      onSelect: onCopy,
    },
    null,
    areRemoved
      ? { label: 'Bring back', icon: <Undo2 />, onSelect: () => void restoreItems(batchId, itemIds) }
      : {
          label: 'Remove from the batch',
          icon: <ListX />,
          shortcut: 'Delete',
          onSelect: () => void removeItems(batchId, itemIds),
        },
  ];
}
