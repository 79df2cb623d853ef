import { Ellipsis } from 'lucide-react';
import { type MouseEvent, type PointerEvent, type RefObject, useState } from 'react';
import { IconButton } from './button.tsx';
import { Menu, MenuAt, type MenuEntry } from './menu.tsx';
import styles from './virtual-list.module.css';

/** What can be done with a row of a list. */
export interface RowMenu {
  readonly label: string;
  readonly entries: readonly (MenuEntry | null)[];
}

interface RowMenuOptions {
  readonly menu: ((index: number) => RowMenu | null) | undefined;
  /** The rows in view: the index of each by its key. Rows may move while a menu is open. */
  readonly keys: ReadonlyMap<string | number, number>;
  readonly listRef: RefObject<HTMLElement | null>;
}

/** The menu of a list's rows: on a button over the row that is pointed at, and at the place of a right click. */
export function useRowMenu({ menu, keys, listRef }: RowMenuOptions) {
  const [pointed, setPointed] = useState<number | null>(null);
  const [opened, setOpened] = useState<string | number | null>(null);
  const [clicked, setClicked] = useState<{ readonly key: string | number; readonly at: DOMRect } | null>(null);
  const keyAt = (index: number) => [...keys].find(([, at]) => at === index)?.[0];
  const menuOf = (index: number | null | undefined) => (index == null ? null : (menu?.(index) ?? null));

  const openedAt = opened === null ? undefined : keys.get(opened);
  const buttonAt = openedAt ?? pointed;
  const buttonMenu = menuOf(buttonAt);
  const clickedMenu = clicked === null ? null : menuOf(keys.get(clicked.key));

  const onContextMenu = (event: MouseEvent<HTMLElement>, active: number) => {
    if (menu === undefined) return;
    event.preventDefault();
    const row = rowOf(event.target);
    const index = row === null ? active : Number(row.dataset.index);
    const key = keyAt(index);
    if (key === undefined) return;
    // By the key for it, the browser names the list itself.
    const at = row === null ? activeRow(event.currentTarget) : new DOMRect(event.clientX, event.clientY);
    if (at !== null) setClicked({ key, at });
  };
  return {
    /** The row that has the button; null for none. */
    buttonAt: buttonMenu === null ? null : buttonAt,
    button: buttonMenu !== null && buttonAt !== null && (
      <Menu
        key={keyAt(buttonAt)}
        trigger={
          <IconButton label={buttonMenu.label} icon={<Ellipsis />} size="small" className={styles.more} tabIndex={-1} />
        }
        entries={buttonMenu.entries}
        onOpen={(open) => setOpened(open ? (keyAt(buttonAt) ?? null) : null)}
        focusAfter={listRef}
      />
    ),
    atPointer: menu !== undefined && (
      <MenuAt
        label={clickedMenu?.label ?? ''}
        at={clickedMenu === null ? null : (clicked?.at ?? null)}
        entries={clickedMenu?.entries ?? []}
        onClose={() => setClicked(null)}
        focusAfter={listRef}
      />
    ),
    onContextMenu,
    /** Handlers of what holds the list and the controls over it. */
    pointing: {
      onPointerOver: ({ target, currentTarget }: PointerEvent<HTMLElement>) => {
        if (!(target instanceof Element) || !currentTarget.contains(target)) return;
        const row = rowOf(target);
        if (row !== null) setPointed(Number(row.dataset.index));
        else if (target.closest(`.${styles.over}`) === null) setPointed(null);
      },
      onPointerLeave: () => setPointed(null),
    },
  };
}

function rowOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[role="option"]') : null;
}

function activeRow(list: HTMLElement): DOMRect | null {
  const row = document.getElementById(list.getAttribute('aria-activedescendant') ?? '');
  return row?.getBoundingClientRect() ?? null;
}
