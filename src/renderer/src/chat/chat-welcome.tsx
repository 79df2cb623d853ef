import { Cpu, MessagesSquare, Plug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { problemSentence } from '../../../shared/problem-words.ts';
import type { DiscoveredServer, ProviderInfo } from '../../../shared/provider-data.ts';
import { BUILTIN_LABEL } from '../../../shared/providers.ts';
import { request } from '../platform/bridge.ts';
import { navigate, navigateLater } from '../platform/navigation-store.ts';
import { settingsStore } from '../platform/stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { formatCount } from '../ui/format.ts';
import { Skeleton } from '../ui/progress.tsx';
import { showToast } from '../ui/toast.tsx';
import { pickAttachments } from './chat-actions.ts';
import styles from './chat-welcome.module.css';

/** A new chat before its first message: which provider it uses, and what to do if it is not ready. */
export function ChatWelcome() {
  const view = useStore(settingsStore, (state) => state.view);
  const problem = useStore(settingsStore, (state) => state.problem);
  return (
    <div className={styles.welcome}>
      {view === null && (
        <div className={styles.wait}>
          {problem === null ? (
            <Skeleton lines={3} />
          ) : (
            <ErrorNote
              problem={problem}
              actions={
                <Button size="small" onClick={() => void settingsStore.refresh()}>
                  Try again
                </Button>
              }
            />
          )}
        </div>
      )}
      {view !== null && (view.provider.llm ? <Ready provider={view.provider} /> : <NoModel />)}
    </div>
  );
}

function Ready({ provider }: { readonly provider: ProviderInfo }) {
  if (provider.model === '') {
    return (
      <EmptyState
        icon={<Plug />}
        title="Choose a model"
        actions={<Button onClick={() => navigate({ surface: 'settings', section: 'provider' })}>Settings</Button>}
      >
        {provider.name} is connected. Choose a model below the composer or in Settings.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<MessagesSquare />} title={`Chat with ${provider.model}`}>
      {provider.local
        ? 'Messages stay on this machine. Each call is recorded in the history before it is sent.'
        : `Messages go to ${provider.host}. Each call is recorded in the history before it leaves.`}
    </EmptyState>
  );
}

async function trySample(): Promise<void> {
  const show = navigateLater();
  const batch = await request('batch.createSample', undefined);
  if (batch.ok) show({ surface: 'batch', batchId: batch.value.id });
  else
    showToast({ title: 'The sample folder could not be opened', detail: problemSentence(batch.error), problem: true });
}

/** First start: what works now, and how to connect a model. */
function NoModel() {
  const servers = useLocalServers();
  return (
    <EmptyState
      icon={<Cpu />}
      title="Ask about your files"
      actions={
        <>
          <Button variant={servers.length === 0 ? 'primary' : 'secondary'} onClick={() => void pickAttachments()}>
            Choose files…
          </Button>
          <Button onClick={() => navigate({ surface: 'settings', section: 'provider' })}>Connect a model</Button>
          <Button onClick={() => void trySample()}>Try the sample folder</Button>
        </>
      }
    >
      <p>
        In use: <strong>{BUILTIN_LABEL}</strong>. It quotes the sentences that match your question best, without a key
        or a network. It cannot hold a conversation: for that, connect a model.
      </p>
      {servers.length > 0 && (
        <ul className={styles.servers} aria-label="Model servers on this machine">
          {servers.map((server) => (
            <LocalServer key={server.baseUrl} server={server} />
          ))}
        </ul>
      )}
    </EmptyState>
  );
}

function LocalServer({ server }: { readonly server: DiscoveredServer }) {
  const [first] = server.models;
  const use = async () => {
    const { view } = settingsStore.getState();
    if (view === null) return;
    const saved = await settingsStore.save({
      ...view.settings,
      provider: server.kind,
      baseUrl: server.baseUrl,
      model: first ?? '',
    });
    if (!saved.ok)
      showToast({
        title: `${server.name} could not be connected`,
        detail: problemSentence(saved.error),
        problem: true,
      });
  };
  return (
    <li className={styles.server}>
      <span className={styles.words}>
        <strong>{server.name}</strong> runs on this machine
        <span className={styles.models}>
          {server.models.length === 0 ? 'no models loaded' : formatCount(server.models.length, 'model')}
        </span>
      </span>
      <Button size="small" variant="primary" onClick={() => void use()}>
        Use {server.name}
      </Button>
    </li>
  );
}

/** Servers found on loopback. Only their model lists were requested. */
function useLocalServers(): readonly DiscoveredServer[] {
  const [servers, setServers] = useState<readonly DiscoveredServer[]>([]);
  useEffect(() => {
    let gone = false;
    void request('settings.discover', undefined).then((answer) => {
      if (!gone && answer.ok) setServers(answer.value);
    });
    return () => {
      gone = true;
    };
  }, []);
  return servers;
}
