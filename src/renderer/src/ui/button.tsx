import type { ComponentProps, ReactElement, ReactNode } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';
import { Spinner } from './progress.tsx';
import { ariaShortcut } from './shortcut.ts';
import { Tooltip } from './tooltip.tsx';

type Variant = 'primary' | 'secondary' | 'ghost' | 'danger';
type Size = 'small' | 'medium';

interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: Variant | undefined;
  readonly size?: Size | undefined;
  /** Shown before the text. */
  readonly icon?: ReactElement | undefined;
  /** Shows a spinner instead of the icon and ignores presses, without losing focus. */
  readonly busy?: boolean | undefined;
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  busy = false,
  children,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={cx(styles.button, styles[variant], styles[size], className)}
      aria-disabled={busy || undefined}
      onClick={busy ? undefined : onClick}
    >
      {busy ? <Spinner /> : icon}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children' | 'aria-label'> {
  /** The accessible name, also shown as the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  readonly variant?: Variant | undefined;
  readonly size?: Size | undefined;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'bottom' | 'left' | 'right' | undefined;
}

export function IconButton({
  label,
  icon,
  variant = 'ghost',
  size = 'medium',
  shortcut,
  side,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip text={label} shortcut={shortcut} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        aria-keyshortcuts={shortcut === undefined ? undefined : ariaShortcut(shortcut)}
        className={cx(styles.button, styles.icon, styles[variant], styles[size], className)}
      >
        {icon}
      </button>
    </Tooltip>
  );
}
