import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { IconButton } from './button.tsx';
import styles from './dialog.module.css';

interface DialogProps {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons at the end; the primary one last. */
  readonly actions?: ReactNode;
  readonly width?: number | undefined;
}

/** For the few decisions that cannot wait. Prefer an inline panel or an undo. */
export function Dialog({ open, onClose, title, children, actions, width = 440 }: DialogProps) {
  const popup = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  // Focuses the first field, or else the dialog itself, but never the close button, though that comes first.
  const firstFocus = () =>
    body.current?.querySelector<HTMLElement>('input, textarea, button, [tabindex]') ?? popup.current;
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup ref={popup} initialFocus={firstFocus} className={styles.popup} style={{ width }}>
          <header className={styles.header}>
            <Base.Title className={styles.title}>{title}</Base.Title>
            <Base.Close render={<IconButton label="Close" icon={<X />} size="small" />} />
          </header>
          <div ref={body} className={styles.body}>
            {children}
          </div>
          {actions !== undefined && <footer className={styles.actions}>{actions}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
