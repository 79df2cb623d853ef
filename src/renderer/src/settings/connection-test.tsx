import { CircleAlert, CircleCheck, CircleDashed, CircleMinus, type LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { ConnectionCheck } from '../../../shared/provider-data.ts';
import { navigate } from '../platform/navigation-store.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatDuration } from '../ui/format.ts';
import styles from './connection-test.module.css';
import { settingsForm } from './settings.ts';
import { fieldNames, layerNames, layers } from './settings-words.ts';

/** Tests layer by layer, so that the first failure shows where to look. */
export function ConnectionTestView() {
  const test = useStore(settingsForm.store, (state) => state.test);
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The result may be below the edge of the window.
    if (test.status !== 'idle') result.current?.scrollIntoView({ block: 'nearest' });
  }, [test.status]);
  const dirty = useStore(settingsForm.store, (state) => state.draft !== null || state.key !== '');
  return (
    <div className={styles.test}>
      <Button busy={test.status === 'running'} onClick={() => void settingsForm.testConnection()}>
        {dirty ? 'Save and test connection' : 'Test connection'}
      </Button>
      <div ref={result} role="status" className={styles.result}>
        {test.status === 'running' && (
          <ul className={styles.checks}>
            {layers.map((layer) => (
              <li key={layer} className={styles.check}>
                <CircleDashed aria-hidden />
                <span className={styles.layer}>{layerNames[layer]}</span>
              </li>
            ))}
          </ul>
        )}
        {test.status === 'done' && (
          <ul className={styles.checks}>
            {test.checks.map((check) => (
              <Check key={check.layer} check={check} />
            ))}
          </ul>
        )}
        {test.status === 'failed' && <ErrorNote problem={test.problem} />}
      </div>
    </div>
  );
}

/** Others are in the list of the model field. */
const MOST_PROPOSED = 3;

async function tryModel(model: string): Promise<void> {
  settingsForm.edit({ model });
  await settingsForm.testConnection();
}

const looks: Readonly<Record<ConnectionCheck['status'], { word: string; Icon: LucideIcon }>> = {
  ok: { word: 'OK', Icon: CircleCheck },
  failed: { word: 'Failed', Icon: CircleAlert },
  skipped: { word: 'Skipped', Icon: CircleMinus },
};

function Check({
  check: { layer, status, message, latencyMs, field, proposals },
}: {
  readonly check: ConnectionCheck;
}) {
  const { word, Icon } = looks[status];
  return (
    <li className={styles.check} data-status={status}>
      <Icon role="img" aria-label={word} />
      <span className={styles.layer}>{layerNames[layer]}</span>
      <span className={styles.message} data-selectable>
        {message}
        {field !== null && (
          <span className={styles.mend}>
            {proposals.slice(0, MOST_PROPOSED).map((model) => (
              <Button key={model} size="small" onClick={() => void tryModel(model)}>
                Use {model}
              </Button>
            ))}
            <Button size="small" onClick={() => navigate({ surface: 'settings', field })}>
              {fieldNames[field]}
            </Button>
          </span>
        )}
      </span>
      <span className={styles.latency}>{latencyMs === null ? '' : formatDuration(latencyMs)}</span>
    </li>
  );
}
