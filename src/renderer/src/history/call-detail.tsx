import { X } from 'lucide-react';
import { useStore } from 'zustand';
import type { CallDetail } from '../../../shared/call-data.ts';
import { taskName } from '../platform/call-words.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { ProviderBadge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { Findable } from '../ui/findable.tsx';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import styles from './call-detail.module.css';
import { CallFacts } from './call-facts.tsx';
import { CallReply, CallRequest } from './call-text.tsx';
import { inDoubtWords } from './call-words.ts';
import { history } from './calls.ts';

/** Everything on record about the open call. */
export function CallDetailPane({ onClose }: { readonly onClose: () => void }) {
  const detail = useStore(history.store, (state) => state.detail);
  if (detail.status === 'closed') return null;
  const call = detail.status === 'ready' ? detail.call : null;
  return (
    <>
      <header className={styles.header}>
        <h2 className={styles.name}>{call === null ? 'Call' : taskName(call)}</h2>
        {call !== null && <StatusIcon status={call.status} />}
        <span className={styles.file} title={call?.fileName ?? undefined}>
          {call?.fileName}
        </span>
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <Findable key={detail.callId} label="Find in this call" everywhere>
        <Scrolling className={styles.body}>
          {detail.status === 'loading' && <Skeleton lines={8} />}
          {detail.status === 'failed' && <ErrorNote problem={detail.problem} />}
          {call !== null && (
            <PaneFailsafe of={call}>
              <Contents call={call} />
            </PaneFailsafe>
          )}
        </Scrolling>
      </Findable>
    </>
  );
}

function Contents({ call }: { readonly call: CallDetail }) {
  const { conversationId, batchId, itemId } = call;
  return (
    <>
      <Outcome call={call} />
      <div className={styles.links}>
        <ProviderBadge name={call.providerName} llm={call.llm} />
        {conversationId !== null && (
          <Button size="small" onClick={() => openConversation(conversationId, call.id)}>
            Open the conversation
          </Button>
        )}
        {batchId !== null && (
          <Button
            size="small"
            onClick={() => navigate({ surface: 'batch', batchId, ...(itemId === null ? {} : { itemId }) })}
          >
            {itemId === null ? 'Open the batch' : 'Open the file in its batch'}
          </Button>
        )}
      </div>
      <CallRequest call={call} />
      <CallReply call={call} />
      <CallFacts call={call} />
    </>
  );
}

/** Opens the conversation at the call's message, with the words of the search marked. */
function openConversation(conversationId: string, callId: number): void {
  const words = history.store.getState().query.search.trim();
  navigate({ surface: 'chat', conversationId, lead: { callId, words } });
}

function cancelledWords({ sent, host, replyBody }: CallDetail): string {
  if (!sent) return `Stopped before it was sent. ${host} received nothing.`;
  return replyBody === null || replyBody === ''
    ? 'Stopped before any of the reply arrived.'
    : 'Stopped before it was complete. The part that arrived is kept.';
}

/** Explains why a call did not end well. Comes before everything else. */
function Outcome({ call }: { readonly call: CallDetail }) {
  const { status, sent, host, note, problem } = call;
  return (
    <>
      {status === 'in_doubt' && <Note tone="amber">{inDoubtWords(host)}</Note>}
      {status === 'open' && <Note tone="neutral">On its way to {host}.</Note>}
      {status === 'cancelled' && <Note tone="neutral">{cancelledWords(call)}</Note>}
      {status === 'error' && (
        <>
          {problem !== null && <ErrorNote problem={problem} actions={<ProblemButton problem={problem} />} />}
          {!sent && <Note tone="neutral">No connection was made, so nothing left this machine.</Note>}
        </>
      )}
      {note !== null && <Note tone="neutral">{note}</Note>}
    </>
  );
}
