import {
  ChevronDown,
  CircleStop,
  Download,
  Ellipsis,
  Eye,
  FileMinus,
  FlaskConical,
  FolderOpen,
  FolderSearch,
  GitCompareArrows,
  Pencil,
  Play,
  Repeat2,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import { ProviderBadge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Note } from '../ui/error-note.tsx';
import { formatCount, formatNumber } from '../ui/format.ts';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { openBatchDialog } from './batch-dialog.ts';
import { lookForNewFiles, revealBatch } from './batch-edits.ts';
import styles from './batch-header.module.css';
import { BatchName, BatchNameField } from './batch-name.tsx';
import { askedWords, isBusy } from './batch-words.ts';
import { batches, damagedFiles } from './batches.ts';
import { comparing } from './compare.ts';
import { exportEntries } from './export-entries.tsx';
import { itemSelection } from './item-selection.ts';
import { RecipePicker, recipeIcon } from './recipe-picker.tsx';
import { renaming, startRenaming } from './renaming.ts';
import { watchWords } from './watch-words.ts';

/** Name, provider and what can be done with the batch as a whole. */
export function BatchHeader({ batch }: { readonly batch: Batch }) {
  const [askedToRemove, askToRemove] = useState(false);
  const doing = useStore(batches.store, (state) => state.doing);
  const renamed = useStore(renaming, ({ at }) => at?.place === 'header' && at.batchId === batch.id);
  const { id, llm, local, model, host, providerName, temperature } = batch;
  const asked = llm ? `${providerName}: ${model} at ${host}, temperature ${temperature}` : undefined;
  return (
    <div className={styles.frame}>
      <header className={styles.header}>
        <h2 className={styles.name} onDoubleClick={() => startRenaming(id, 'header')}>
          {renamed ? (
            <BatchNameField batch={batch} onDone={focusMenu} />
          ) : (
            <BatchName batch={batch} className={styles.nameText} />
          )}
        </h2>
        <span className={styles.provider} title={asked}>
          <ProviderBadge name={`${model} @ ${host}`} llm={llm} local={local} />
        </span>
        <span className={styles.providerShort} title={asked}>
          <ProviderBadge name={model} llm={llm} local={local} short />
        </span>
        <RecipePicker
          batch={batch}
          recipe={batch.recipe}
          trigger={
            <Button
              variant="ghost"
              className={styles.recipe}
              aria-label={`Recipe: ${batch.recipe.name}`}
              title={`What is asked of every file: ${batch.recipe.name}`}
              icon={recipeIcon}
              busy={doing === 'recipe'}
            >
              <span className={styles.recipeName}>{batch.recipe.name}</span>
            </Button>
          }
        />
        <Actions batch={batch} onRemove={() => askToRemove(true)} />
      </header>
      {askedToRemove && (
        <div className={styles.note}>
          <Note
            tone="amber"
            actions={
              <>
                <Button size="small" onClick={() => askToRemove(false)}>
                  Keep
                </Button>
                <Button id={CONFIRM_ID} size="small" variant="danger" onClick={() => void batches.remove(id)}>
                  Delete
                </Button>
              </>
            }
          >
            Delete this batch and its results? The files stay where they are, and its calls stay in the history.
          </Note>
        </div>
      )}
    </div>
  );
}

interface ActionsProps {
  readonly batch: Batch;
  readonly onRemove: () => void;
}

function Actions({ batch, onRemove }: ActionsProps) {
  const doing = useStore(batches.store, (state) => state.doing);
  const view = useStore(batches.table.store, (state) => state.view);
  const order = useStore(batches.table.store, (state) => state.order);
  const damaged = useStore(damagedFiles);
  const { id, status, counts } = batch;
  const canExport = counts.done + counts.failed > 0;
  const goesOn = status === 'interrupted' || status === 'cancelled';
  const left = counts.total - counts.done - counts.failed;
  return (
    <div className={styles.actions}>
      <WatchButton batch={batch} />
      {isBusy(status) && (
        <Button
          aria-label="Cancel"
          title="Stop the batch; what is done is kept"
          icon={<CircleStop />}
          busy={doing === 'cancel'}
          onClick={() => void batches.cancel(id)}
        >
          <span className={styles.word}>Cancel</span>
        </Button>
      )}
      {counts.failed > 0 && !isBusy(status) && status !== 'ready' && (
        <Button
          aria-label="Retry failed"
          icon={<RotateCcw />}
          busy={doing === 'retry'}
          title={`Run the ${formatCount(counts.failed, 'failed file')} again`}
          onClick={() => void batches.retryFailed(id)}
        >
          <span className={styles.word}>Retry failed</span>
        </Button>
      )}
      <TryButton batch={batch} />
      {(status === 'ready' || (goesOn && left > 0)) && (
        <Button variant="primary" icon={<Play />} busy={doing === 'start'} onClick={() => void batches.start(id)}>
          {goesOn ? 'Resume' : 'Start'}
        </Button>
      )}
      <CompareButton batch={batch} />
      {canExport && (
        <Menu
          trigger={
            <Button aria-label="Export" title="Export the results" icon={<Download />} busy={doing === 'export'}>
              <span className={styles.word}>Export</span>
              <ChevronDown aria-hidden className={styles.chevron} />
            </Button>
          }
          entries={exportEntries(batch, view, order)}
        />
      )}
      <Menu
        trigger={<IconButton label="More actions" icon={<Ellipsis />} />}
        entries={[
          {
            label: 'Run again with…',
            icon: <Repeat2 />,
            disabled: status === 'collecting',
            onSelect: () => openBatchDialog(id, 'again'),
          },
          { label: 'Compare with…', icon: <GitCompareArrows />, onSelect: () => openBatchDialog(id, 'compare') },
          {
            label: 'Look for new files',
            icon: <FolderSearch />,
            disabled: isBusy(status) || doing === 'look',
            onSelect: () => void lookForNewFiles(id),
          },
          {
            label: batch.watch === null ? 'Watch this folder…' : 'Watching…',
            icon: <Eye />,
            onSelect: () => openBatchDialog(id, 'watch'),
          },
          ...withoutPagesEntry(id, [...damaged.ids]),
          { label: 'Rename', icon: <Pencil />, onSelect: () => startRenaming(id, 'header') },
          { label: 'Open folder', icon: <FolderOpen />, onSelect: () => void revealBatch(id) },
          null,
          {
            label: isBusy(status) ? 'Delete batch (cancel it first)' : 'Delete batch…',
            icon: <Trash2 />,
            danger: true,
            disabled: isBusy(status),
            focusAfter: () => document.getElementById(CONFIRM_ID),
            onSelect: onRemove,
          },
        ]}
      />
    </div>
  );
}

function withoutPagesEntry(batchId: string, damaged: readonly number[]): readonly MenuEntry[] {
  if (damaged.length === 0) return [];
  return [
    {
      label: `Read ${formatCount(damaged.length, 'damaged file')} without the damaged pages`,
      icon: <FileMinus />,
      onSelect: () => void batches.readWithoutPages(batchId, damaged),
    },
  ];
}

/** That the folder is watched, and what came of it. */
function WatchButton({ batch: { id, watch } }: { readonly batch: Batch }) {
  if (watch === null) return null;
  const words = watchWords(watch);
  return (
    <Button
      variant="ghost"
      aria-label={words}
      title={`${words}. Shows what was done, the limits, and how to stop.`}
      icon={<Eye />}
      onClick={() => openBatchDialog(id, 'watch')}
    >
      <span className={styles.word}>{words}</span>
    </Button>
  );
}

/** Tries the selected files, or a few spread over the batch, before the rest. */
function TryButton({ batch: { id, status, counts } }: { readonly batch: Batch }) {
  const doing = useStore(batches.store, (state) => state.doing);
  const selected = useStore(itemSelection, ({ ids }) => ids);
  const chosen = selected.size > 0;
  if (status !== 'ready' || counts.queued <= (chosen ? 0 : TRIED_FILES)) return null;
  const words = chosen ? `Try on ${formatNumber(selected.size)} selected` : `Try on ${TRIED_FILES} files`;
  const which = chosen
    ? 'Run those of the selected files that wait'
    : `Run ${TRIED_FILES} files, spread over the batch,`;
  return (
    <Button
      aria-label={words}
      icon={<FlaskConical />}
      busy={doing === 'try'}
      title={`${which} and look at the answers before the rest. They are kept.`}
      onClick={() => void batches.tryOut(id, chosen ? [...selected] : undefined)}
    >
      <span className={styles.word}>{words}</span>
    </Button>
  );
}

/** For a batch that asks another again, which is what one wants to hold it against. */
function CompareButton({ batch }: { readonly batch: Batch }) {
  const source = useStore(batches.store, (state) => state.batches?.find(({ id }) => id === batch.againOf));
  if (source === undefined || batch.counts.done === 0) return null;
  return (
    <Button
      aria-label="Compare"
      title={`Compare the answers with those of ${source.name} (${askedWords(source)})`}
      icon={<GitCompareArrows />}
      onClick={() => comparing.open(source.id, batch.id)}
    >
      <span className={styles.word}>Compare</span>
    </Button>
  );
}

/** The button that takes the focus when the question is asked. */
const CONFIRM_ID = 'delete-batch';

/** As many as a trial runs. */
const TRIED_FILES = 3;

function focusMenu(field: HTMLElement): void {
  field.closest('header')?.querySelector<HTMLElement>('[aria-label="More actions"]')?.focus();
}
