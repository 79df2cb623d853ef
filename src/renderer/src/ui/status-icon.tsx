import {
  Ban,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleEllipsis,
  CircleHelp,
  CircleMinus,
  FolderSearch,
  ListX,
  Pause,
  Play,
} from 'lucide-react';
import { type ComponentType, memo, type SVGProps } from 'react';
import type { BatchStatus, ItemStatus } from '../../../shared/batch-data.ts';
import type { CallStatus } from '../../../shared/call-data.ts';
import { cx } from './cx.ts';
import styles from './status-icon.module.css';

type AnyStatus = BatchStatus | CallStatus | ItemStatus | 'partly_failed';

interface Look {
  readonly word: string;
  readonly tone: 'red' | 'amber' | 'green' | 'accent' | 'grey';
  readonly Icon: ComponentType<SVGProps<SVGSVGElement>>;
}

const looks: Readonly<Record<AnyStatus, Look>> = {
  // files of a batch
  queued: { word: 'Queued', tone: 'grey', Icon: CircleDashed },
  running: { word: 'Running', tone: 'accent', Icon: CircleEllipsis },
  done: { word: 'Done', tone: 'green', Icon: CircleCheck },
  failed: { word: 'Failed', tone: 'red', Icon: CircleAlert },
  cancelled: { word: 'Cancelled', tone: 'grey', Icon: Ban },
  removed: { word: 'Removed', tone: 'grey', Icon: ListX },
  // batches
  collecting: { word: 'Reading folders', tone: 'accent', Icon: FolderSearch },
  ready: { word: 'Ready', tone: 'accent', Icon: Play },
  interrupted: { word: 'Interrupted', tone: 'amber', Icon: Pause },
  finished: { word: 'Finished', tone: 'green', Icon: CircleCheck },
  partly_failed: { word: 'Finished, some files failed', tone: 'amber', Icon: CircleAlert },
  // calls
  open: { word: 'In flight', tone: 'accent', Icon: CircleEllipsis },
  ok: { word: 'OK', tone: 'green', Icon: CircleCheck },
  error: { word: 'Error', tone: 'red', Icon: CircleAlert },
  in_doubt: { word: 'In doubt', tone: 'amber', Icon: CircleHelp },
};

/** The word for a status, also used by filters and exports. */
export function statusWord(status: AnyStatus): string {
  return looks[status].word;
}

interface StatusIconProps {
  readonly status: AnyStatus;
  /** Shows only the icon; the word is its title and its accessible name. */
  readonly compact?: boolean | undefined;
}

/**
 * The state of a file, a batch or a call: always an icon and a word. Nothing is animated: without a graphics card,
 * twenty spinning icons cost more than everything else in the window.
 */
export const StatusIcon = memo(function StatusIcon({ status, compact = false }: StatusIconProps) {
  const { word, tone, Icon } = looks[status] ?? { word: status, tone: 'grey', Icon: CircleMinus };
  return (
    <span className={cx(styles.status, styles[tone])} title={compact ? word : undefined}>
      <Icon className={styles.icon} {...(compact ? { role: 'img', 'aria-label': word } : { 'aria-hidden': true })} />
      {!compact && <span className={styles.word}>{word}</span>}
    </span>
  );
});
