import { CloudUpload, Files, Loader, ShieldCheck, WifiOff } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { Status } from '../../../shared/app-data.ts';
import { problemSentence } from '../../../shared/problem-words.ts';
import { navigate } from '../platform/navigation-store.ts';
import { statusStore } from '../platform/stores.ts';
import { ProviderBadge } from '../ui/badge.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import styles from './status-line.module.css';

/** The provider in use, work in progress, and what has left the machine today. */
export function StatusLine() {
  const status = useStore(statusStore, (state) => state.status);
  const problem = useStore(statusStore, (state) => state.problem);
  return (
    <section className={styles.line} aria-label="Status">
      {status !== null && <StatusParts status={status} />}
      {problem !== null && <span className={styles.part}>{problemSentence(problem)}</span>}
    </section>
  );
}

function StatusParts({ status }: { readonly status: Status }) {
  const { provider, callsInFlight, activeBatches } = status;
  const online = useOnline();
  return (
    <>
      <button
        type="button"
        className={styles.part}
        title="Provider settings"
        onClick={() => navigate({ surface: 'settings', section: 'provider' })}
      >
        <ProviderBadge name={provider.name} llm={provider.llm} local={provider.local} />
        {provider.llm && (
          <span className={styles.model}>{provider.model === '' ? 'no model chosen' : provider.model}</span>
        )}
      </button>
      {!online && !provider.local && (
        <span className={styles.part}>
          <WifiOff aria-hidden />
          No network
        </span>
      )}
      {activeBatches > 0 && (
        <button type="button" className={styles.part} onClick={() => navigate({ surface: 'batch' })}>
          <Files aria-hidden />
          {formatCount(activeBatches, 'batch', 'batches')} running
        </button>
      )}
      {callsInFlight > 0 && (
        <button
          type="button"
          className={styles.part}
          onClick={() => navigate({ surface: 'history', filter: { status: 'open' } })}
        >
          <Loader aria-hidden />
          {formatCount(callsInFlight, 'call')} in flight
        </button>
      )}
      <LeftToday left={status.leftToday} />
    </>
  );
}

function LeftToday({ left }: { readonly left: Status['leftToday'] }) {
  const [first] = left.hosts;
  const hosts = left.hosts.length > 1 ? formatCount(left.hosts.length, 'host') : first;
  const today = new Date();
  const midnight = new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime();
  return (
    <button
      type="button"
      className={`${styles.part} ${styles.end}`}
      title={left.hosts.length > 1 ? left.hosts.join('\n') : 'Show today’s calls'}
      onClick={() => navigate({ surface: 'history', filter: { from: midnight } })}
    >
      {left.calls === 0 ? <ShieldCheck aria-hidden /> : <CloudUpload aria-hidden />}
      <span className={styles.text}>
        {left.calls === 0
          ? 'Nothing has left this machine today'
          : `${formatCount(left.calls, 'call')}, ${formatBytes(left.bytes)} to ${hosts} today`}
      </span>
    </button>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    (tell) => {
      window.addEventListener('online', tell);
      window.addEventListener('offline', tell);
      return () => {
        window.removeEventListener('online', tell);
        window.removeEventListener('offline', tell);
      };
    },
    () => navigator.onLine,
  );
}
