import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/problem.ts';
import { severityOf } from '../../../shared/problem-action.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { cx } from './cx.ts';
import styles from './error-note.module.css';
import { formatDuration } from './format.ts';

interface ErrorNoteProps {
  readonly problem: Problem;
  /** Buttons with ways out. */
  readonly actions?: ReactNode;
}

const tones = { error: 'red', warning: 'amber', info: 'neutral' } as const;

/** A problem, shown where it happened: its sentence, what the server said, and what to do. */
export function ErrorNote({ problem, actions }: ErrorNoteProps) {
  const facts = [
    problem.httpStatus !== undefined && `HTTP ${problem.httpStatus}`,
    problem.requestId !== undefined && `request ${problem.requestId}`,
    problem.retryAfterMs !== undefined && `the server asks to wait ${formatDuration(problem.retryAfterMs)}`,
  ].filter((fact) => fact !== false);
  // For a connection that broke after a 2xx status, the detail is not the server's words.
  const refused = problem.httpStatus !== undefined && problem.httpStatus >= 400;
  return (
    <Note tone={tones[severityOf(problem)]} announced actions={actions}>
      <p>{problemSentence(problem)}</p>
      {facts.length > 0 && <p className={styles.facts}>{facts.join(' · ')}</p>}
      {problem.detail !== undefined && problem.detail !== '' && (
        <details className={styles.details}>
          <summary>{refused ? 'What the server said' : 'Detail'}</summary>
          <pre>{problem.detail}</pre>
        </details>
      )}
    </Note>
  );
}

interface NoteProps {
  readonly tone: 'red' | 'amber' | 'neutral';
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Whether screen readers announce it when it appears. Red notes are announced by default. */
  readonly announced?: boolean;
}

const noteIcons = { red: CircleAlert, amber: TriangleAlert, neutral: Info } as const;

/** A note in the flow of a page. */
export function Note({ tone, children, actions, announced = tone === 'red' }: NoteProps) {
  const Icon = noteIcons[tone];
  return (
    <div className={cx(styles.note, styles[tone])} role={announced ? 'alert' : 'note'}>
      <Icon className={styles.icon} aria-hidden />
      <div className={styles.words} data-selectable>
        {children}
      </div>
      {actions !== undefined && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
