import { History } from 'lucide-react';
import type { TaskResult } from '../../../shared/batch-data.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { directionOf } from '../ui/text-direction.ts';
import styles from './item-detail.module.css';

interface TaskResultProps {
  readonly title: string;
  readonly result: TaskResult<string | readonly string[]>;
}

/** One of the three tasks: what came of it, what the provider said word for word, and why there is nothing. */
export function TaskResultView({ title, result }: TaskResultProps) {
  const { value, raw, note, problem, callId } = result;
  const text = value === null || typeof value === 'string' ? value : value.join(', ');
  return (
    <section className={styles.section}>
      <div className={styles.heading}>
        <h4 className={styles.title}>{title}</h4>
        {callId !== null && (
          <IconButton
            label={`Show the call for ${title} in the history`}
            icon={<History />}
            size="small"
            onClick={() => navigate({ surface: 'history', callId })}
          />
        )}
        {text !== null && text !== '' && <CopyButton label={`Copy ${title}`} text={() => text} />}
      </div>
      {typeof value === 'string' && (
        <p className={styles.value} dir={directionOf(value)} data-selectable>
          {value}
        </p>
      )}
      {value !== null && typeof value !== 'string' && (
        <ul className={styles.terms} data-selectable>
          {value.map((term) => (
            <li key={term}>
              <Badge>{term}</Badge>
            </li>
          ))}
        </ul>
      )}
      {note !== null && <p className={styles.remark}>{note}</p>}
      {raw !== null && differs(raw, text) && (
        <details className={styles.raw}>
          <summary>Answer as it came</summary>
          <pre data-selectable>{raw}</pre>
        </details>
      )}
      {problem !== null && <ErrorNote problem={problem} actions={<ProblemButton problem={problem} />} />}
      {value === null && note === null && problem === null && <p className={styles.remark}>Not run yet.</p>}
    </section>
  );
}

/** Beyond capitals, spaces and a full stop at the end, which are tidied for the table. */
function differs(raw: string, text: string | null): boolean {
  const tidy = (words: string) => words.trim().replace(/\.$/, '').toLowerCase();
  return text === null || tidy(raw) !== tidy(text);
}
