import { Menu as Base } from '@base-ui/react/menu';
import { type ReactElement, type RefObject, useMemo, useRef } from 'react';
import { cx } from './cx.ts';
import { useFinalFocus } from './final-focus.ts';
import { Kbd } from './kbd.tsx';
import popup from './popup.module.css';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactElement | undefined;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  /** Finds what takes the focus when the menu has closed; the trigger if left out, or null. */
  readonly focusAfter?: (() => HTMLElement | null) | undefined;
  readonly onSelect: () => void;
}

interface MenuProps {
  /** The button that opens it: an IconButton or a Button. */
  readonly trigger: ReactElement;
  /** `null` is a separator. */
  readonly entries: readonly (MenuEntry | null)[];
  readonly align?: 'start' | 'end' | undefined;
  readonly side?: 'top' | 'bottom' | undefined;
  readonly onOpen?: ((open: boolean) => void) | undefined;
  /** Takes the focus when the menu has closed, unless the chosen entry says what does; the trigger by default. */
  readonly focusAfter?: RefObject<HTMLElement | null> | undefined;
}

export function Menu({ trigger, entries, align = 'end', side = 'bottom', onOpen, focusAfter }: MenuProps) {
  return (
    <Base.Root modal={false} onOpenChange={(open) => onOpen?.(open)}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Entries entries={entries} focusAfter={focusAfter} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface MenuAtProps extends Pick<MenuProps, 'entries'> {
  readonly label: string;
  /** The place of the pointer or of the element that it belongs to, in the window; null while it is closed. */
  readonly at: DOMRect | null;
  readonly onClose: () => void;
  /** Takes the focus back. */
  readonly focusAfter: RefObject<HTMLElement | null>;
}

/** A menu that belongs to a place and has no button: that of a right click, or of the key for it. */
export function MenuAt({ label, at, entries, onClose, focusAfter }: MenuAtProps) {
  const anchor = useMemo(() => ({ getBoundingClientRect: () => at ?? new DOMRect() }), [at]);
  return (
    <Base.Root modal={false} open={at !== null} onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          align="start"
          side="bottom"
          sideOffset={2}
          collisionPadding={8}
        >
          <Entries label={label} entries={entries} focusAfter={focusAfter} />
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface EntriesProps extends Pick<MenuProps, 'entries' | 'focusAfter'> {
  /** The name of the menu, if no button names it. */
  readonly label?: string;
}

function Entries({ label, entries, focusAfter }: EntriesProps) {
  const chosen = useRef<MenuEntry | null>(null);
  const focus = useFinalFocus(() => chosen.current?.focusAfter?.() ?? focusAfter?.current ?? null);
  return (
    <Base.Popup {...focus} className={popup.popup} aria-label={label}>
      {entries.map((entry, place) =>
        entry === null ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity of their own
          <Base.Separator key={place} className={popup.separator} />
        ) : (
          <Base.Item
            key={entry.label}
            className={cx(popup.item, entry.danger && popup.danger)}
            disabled={entry.disabled}
            onClick={() => {
              chosen.current = entry;
              entry.onSelect();
            }}
          >
            {entry.icon}
            <span className={popup.text}>{entry.label}</span>
            {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
          </Base.Item>
        ),
      )}
    </Base.Popup>
  );
}
