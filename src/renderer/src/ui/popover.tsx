import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode, RefObject } from 'react';
import { useFinalFocus } from './final-focus.ts';
import styles from './popover.module.css';
import popup from './popup.module.css';

interface PopoverProps {
  /** The button that opens it: an IconButton or a Button. */
  readonly trigger: ReactElement;
  readonly label: string;
  readonly side?: 'top' | 'bottom' | undefined;
  readonly align?: 'start' | 'end' | undefined;
  readonly children: ReactNode;
}

/** A small panel beside the button that opens it. */
export function Popover({ trigger, label, side = 'bottom', align = 'start', children }: PopoverProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className={popup.positioner} side={side} align={align} sideOffset={6} collisionPadding={8}>
          <Base.Popup className={styles.popup} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

interface PopoverAtProps {
  readonly label: string;
  /** What it stands beside; null while it is closed. */
  readonly anchor: Element | null;
  readonly onClose: () => void;
  readonly focusAfter: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** A small panel beside an element that is opened from elsewhere, as by a menu. */
export function PopoverAt({ label, anchor, onClose, focusAfter, children }: PopoverAtProps) {
  const focus = useFinalFocus(() => focusAfter.current);
  return (
    <Base.Root open={anchor !== null} onOpenChange={(open) => open || onClose()}>
      <Base.Portal>
        <Base.Positioner
          className={popup.positioner}
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          <Base.Popup {...focus} className={styles.popup} aria-label={label}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
