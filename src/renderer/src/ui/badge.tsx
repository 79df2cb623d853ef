import { Cloud, Cpu, Monitor } from 'lucide-react';
import type { ReactNode } from 'react';
import { BUILTIN_LABEL } from '../../../shared/providers.ts';
import styles from './badge.module.css';
import { cx } from './cx.ts';
import { Tooltip } from './tooltip.tsx';

interface BadgeProps {
  readonly children: ReactNode;
  readonly tone?: 'neutral' | 'accent' | 'red' | 'amber' | 'green' | undefined;
}

/** A word or a number in a small frame. */
export function Badge({ children, tone = 'neutral' }: BadgeProps) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>;
}

interface ProviderBadgeProps {
  readonly name: string;
  /** False for the built-in engine, which is not a model and is never labelled as one. */
  readonly llm: boolean;
  /** Leave out if unknown. */
  readonly local?: boolean | undefined;
  /** Shows "Built-in" instead of the full label, for narrow rows; the tooltip has the full label. */
  readonly short?: boolean | undefined;
}

/** Shows which provider produced a result. */
export function ProviderBadge({ name, llm, local, short = false }: ProviderBadgeProps) {
  if (!llm) {
    const badge = (
      <span className={cx(styles.badge, styles.neutral)}>
        <Cpu aria-hidden />
        {short ? 'Built-in' : BUILTIN_LABEL}
      </span>
    );
    return short ? <Tooltip text={BUILTIN_LABEL}>{badge}</Tooltip> : badge;
  }
  return (
    <span className={cx(styles.badge, styles.neutral)}>
      {local === true && <Monitor role="img" aria-label="On this machine" />}
      {local === false && <Cloud role="img" aria-label="Remote" />}
      <span className={styles.name}>{name}</span>
    </span>
  );
}
