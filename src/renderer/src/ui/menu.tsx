import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { cx } from './cx.ts';
import { Kbd } from './kbd.tsx';
import popup from './popup.module.css';

export interface MenuEntry {
  readonly label: string;
  readonly icon?: ReactElement | undefined;
  readonly shortcut?: string | undefined;
  readonly danger?: boolean | undefined;
  readonly disabled?: boolean | undefined;
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
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} align={align} side={side} sideOffset={4} collisionPadding={8}>
          <Base.Popup className={popup.popup}>
            {entries.map((entry, place) =>
              entry === null ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: separators have no identity of their own
                <Base.Separator key={place} className={popup.separator} />
              ) : (
                <Base.Item
                  key={entry.label}
                  className={cx(popup.item, entry.danger && popup.danger)}
                  disabled={entry.disabled}
                  onClick={entry.onSelect}
                >
                  {entry.icon}
                  <span className={popup.text}>{entry.label}</span>
                  {entry.shortcut !== undefined && <Kbd keys={entry.shortcut} />}
                </Base.Item>
              ),
            )}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
