import { X } from 'lucide-react';
import { useStore } from 'zustand';
import type { Batch, ItemDetail } from '../../../shared/batch-data.ts';
import type { CallRow } from '../../../shared/call-data.ts';
import { noteWords } from '../../../shared/reading-note-words.ts';
import { columnTitle } from '../../../shared/recipe.ts';
import { listedTime, taskName } from '../platform/call-words.ts';
import { navigate } from '../platform/navigation-store.ts';
import { ProblemButton } from '../platform/problem-button.tsx';
import { IconButton } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { ErrorNote, Note } from '../ui/error-note.tsx';
import { FileName } from '../ui/file-name.tsx';
import { Findable } from '../ui/findable.tsx';
import { formatBytes, formatDuration, formatNumber, formatTokens } from '../ui/format.ts';
import { PaneFailsafe } from '../ui/pane-failsafe.tsx';
import { Skeleton } from '../ui/progress.tsx';
import { Scrolling } from '../ui/scrolling.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { AnswerView } from './answer-view.tsx';
import { batches } from './batches.ts';
import styles from './item-detail.module.css';

interface ItemDetailPaneProps {
  readonly batch: Batch;
  readonly onClose: () => void;
}

/** Everything known of the file whose row is open. */
export function ItemDetailPane({ batch, onClose }: ItemDetailPaneProps) {
  const detail = useStore(batches.store, (state) => state.detail);
  if (detail.status === 'closed') return null;
  const item = detail.status === 'ready' ? detail.item : null;
  return (
    <>
      <header className={styles.header}>
        <h3 className={styles.name} title={item?.row.name} dir={directionOf(fileNameOf(item))}>
          {item === null ? 'File' : <FileName name={item.row.name} root={batch.name} />}
        </h3>
        <IconButton label="Close" shortcut="Esc" icon={<X />} onClick={onClose} />
      </header>
      <Findable key={detail.itemId} label="Find in this file’s results" everywhere>
        <Scrolling className={styles.body}>
          {detail.status === 'loading' && <Skeleton lines={8} />}
          {detail.status === 'failed' && <ErrorNote problem={detail.problem} />}
          {item !== null && (
            <PaneFailsafe of={item}>
              <Contents item={item} batch={batch} />
            </PaneFailsafe>
          )}
        </Scrolling>
      </Findable>
    </>
  );
}

function fileNameOf(item: ItemDetail | null): string | null {
  return item === null ? null : item.row.name.slice(item.row.name.lastIndexOf('/') + 1);
}

function Contents({ item, batch }: { readonly item: ItemDetail; readonly batch: Batch }) {
  const { row, answers, calls } = item;
  const { recipe, llm } = batch;
  const fileProblem = answers.length === 0 ? row.problem : null;
  return (
    <>
      <div className={styles.status}>
        <StatusIcon status={row.status} />
        {row.latencyMs !== null && <span>{formatDuration(row.latencyMs)}</span>}
        {(row.status === 'done' || row.totalTokens !== null) && (
          <span>{llm ? `${formatTokens(row.totalTokens, llm)} tokens` : 'Tokens n/a'}</span>
        )}
      </div>
      {row.notes.map(noteWords).map((words) => (
        <Note key={words} tone="amber">
          {words}
        </Note>
      ))}
      {fileProblem !== null && (
        <ErrorNote
          problem={fileProblem}
          actions={<ProblemButton problem={fileProblem} onShowFile={() => void batches.revealItem(row.id)} />}
        />
      )}
      {answers.length > 0 &&
        recipe.questions.map((question) => (
          <AnswerView
            key={question.id}
            title={columnTitle(question, llm)}
            answer={answers.find((answer) => answer.question === question.id)}
          />
        ))}
      <FileFacts item={item} />
      {calls.length > 0 && (
        <section className={styles.section}>
          <h4 className={styles.title}>Calls</h4>
          <ul className={styles.calls}>
            {calls.map((call) => (
              <CallLine key={call.id} call={call} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** A call in short; it opens in the history. */
function CallLine({ call }: { readonly call: CallRow }) {
  return (
    <li>
      <button
        type="button"
        className={styles.call}
        title="Show in the history"
        onClick={() => navigate({ surface: 'history', callId: call.id })}
      >
        <StatusIcon status={call.status} compact />
        <span className={styles.task}>
          {taskName(call)}
          {call.attempt > 1 && `, attempt ${call.attempt}`}
        </span>
        <span className={styles.figure}>{call.llm ? `${formatTokens(call.totalTokens, true)} tokens` : 'n/a'}</span>
        <span className={styles.figure}>{listedTime(call)}</span>
      </button>
    </li>
  );
}

function FileFacts({ item }: { readonly item: ItemDetail }) {
  const { path, row, format, encoding, pages, characters, sha256 } = item;
  const facts: readonly (readonly [string, string | null])[] = [
    ['Size', row.bytes === null ? null : formatBytes(row.bytes)],
    ['Format', format],
    ['Encoding', encoding],
    ['Pages', pages === null ? null : formatNumber(pages)],
    ['Characters', characters === null ? null : formatNumber(characters)],
  ];
  return (
    <section className={styles.section}>
      <h4 className={styles.title}>File</h4>
      <dl className={styles.facts}>
        <dt>Path</dt>
        <dd className={styles.code}>
          <span data-selectable>{path}</span>
          <CopyButton label="Copy path" text={() => path} />
        </dd>
        {facts.map(
          ([name, value]) =>
            value !== null && (
              <div key={name} className={styles.fact}>
                <dt>{name}</dt>
                <dd data-selectable>{value}</dd>
              </div>
            ),
        )}
        {sha256 !== null && (
          <>
            <dt>SHA-256</dt>
            <dd className={styles.code}>
              <span data-selectable title={sha256}>
                {sha256}
              </span>
              <CopyButton label="Copy SHA-256" text={() => sha256} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
}
