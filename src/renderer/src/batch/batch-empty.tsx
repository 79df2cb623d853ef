import { Files } from 'lucide-react';
import { useStore } from 'zustand';
import { navigate } from '../platform/navigation-store.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import styles from './batch-empty.module.css';
import { batches } from './batches.ts';

/** Before the first batch: what this is for, and three ways to begin. */
export function BatchEmpty() {
  const provider = useStore(settingsStore, (state) => state.view?.provider);
  const doing = useStore(batches.store, (state) => state.doing);
  const notice = useStore(batches.store, (state) => state.notice);
  const llm = provider?.llm ?? false;
  return (
    <div className={styles.view}>
      <header className={styles.bar}>
        <h1>Batches</h1>
      </header>
      <div className={styles.frame}>
        <div className={styles.drop}>
          <EmptyState
            icon={<Files />}
            title="Drop files or folders here"
            actions={
              <>
                <Button variant="primary" busy={doing === 'create'} onClick={() => void batches.pick('files')}>
                  Choose files…
                </Button>
                <Button onClick={() => void batches.pick('folder')}>Choose folder…</Button>
                <Button onClick={() => void batches.createSample()}>Try the sample folder</Button>
              </>
            }
          >
            <p>
              {llm
                ? 'Each file gets a summary, its sentiment and its topics, or a reason why not. Text, PDF, Word, HTML, CSV, JSON and source code are read.'
                : 'Each file gets an extract, its tone and its key terms, or a reason why not. Text, PDF, Word, HTML, CSV, JSON and source code are read.'}
            </p>
          </EmptyState>
          {notice?.kind === 'problem' && <ErrorNote problem={notice.problem} />}
          {provider !== undefined && (
            <p className={styles.provider}>
              {provider.llm
                ? provider.local
                  ? `${provider.model} at ${provider.host} runs on this machine: nothing leaves it.`
                  : `Files go to ${provider.model} at ${provider.host}, after you have seen what will be sent.`
                : 'The built-in text engine needs no key and no network: nothing leaves this machine.'}{' '}
              {!provider.llm && (
                <button
                  type="button"
                  className={styles.link}
                  onClick={() => navigate({ surface: 'settings', section: 'provider' })}
                >
                  Connect a model
                </button>
              )}
            </p>
          )}
        </div>
      </div>
    </div>
  );
}
