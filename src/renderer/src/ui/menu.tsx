import { Menu as Base } from '@base-ui/react/menu';
import { type ReactElement, type RefObject, useMemo, useRef } from 'react';
import { cx } from './cx.ts';
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
}

export function Menu({ trigger, entries, align = 'end', side = 'bottom' }: MenuProps) {
  const chosen = useRef<MenuEntry | null>(null);
  const forget = (open: boolean) => {
    if (open) chosen.current = null;
  };
  return (
    <Base.Root modal={false} onOpenChange={forget}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={popup.popup} finalFocus={() => chosen.current?.focusAfter?.() ?? true}>
            <Entries
              entries={entries}
              onSelect={(entry) => {
                chosen.current = entry;
              }}
            />
          </Base.Popup>
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
          <Base.Popup className={popup.popup} aria-label={label} finalFocus={focusAfter}>
            <Entries entries={entries} />
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface EntriesProps extends Pick<MenuProps, 'entries'> {
  readonly onSelect?: (entry: MenuEntry) => void;
}

function Entries({ entries, onSelect }: EntriesProps) {
  return entries.map((entry, place) =>
    entry === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity of their own
      <Base.Separator key={place} className={popup.separator} />
    ) : (
      <Base.Item
        key={entry.label}
        className={cx(popup.item, entry.danger && popup.danger)}
        disabled={entry.disabled}
        onClick={() => {
          onSelect?.(entry);
          entry.onSelect();
        }}
      >
        {entry.icon}
        <span className={popup.text}>{entry.label}</span>
        {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
      </Base.Item>
    ),
  );
}
