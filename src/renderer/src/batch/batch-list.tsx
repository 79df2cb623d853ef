import { Eye, FilePlus, FlaskConical, FolderPlus, Plus } from 'lucide-react';
import { useRef } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { BatchWatch } from '../../../shared/watch-data.ts';
import { isBlind } from '../../../shared/watch-words.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { formatExactTime, formatListTime, formatNumber } from '../ui/format.ts';
import { Menu } from '../ui/menu.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { VirtualList } from '../ui/virtual-list.tsx';
import styles from './batch-list.module.css';
import { BatchName, BatchNameField } from './batch-name.tsx';
import { askedWords, listWords, settledCount, shownStatus } from './batch-words.ts';
import { batches } from './batches.ts';
import { renaming, startRenaming } from './renaming.ts';
import { watchWords } from './watch-words.ts';

/** All batches, newest first. */
export function BatchList({ list }: { readonly list: readonly Batch[] }) {
  const selectedId = useStore(batches.store, (state) => state.selectedId);
  const active = list.findIndex((batch) => batch.id === selectedId);
  const renamedId = useStore(renaming, ({ at }) => (at?.place === 'list' ? at.batchId : null));
  const renamed = list.findIndex((batch) => batch.id === renamedId);
  const renamedBatch = list[renamed];
  const listRef = useRef<HTMLDivElement>(null);
  return (
    <>
      <header className={styles.header}>
        <h1>Batches</h1>
        <Menu
          trigger={<IconButton label="New batch" icon={<Plus />} />}
          entries={[
            {
              label: 'Choose files…',
              icon: <FilePlus />,
              shortcut: 'Mod+O',
              onSelect: () => void batches.pick('files'),
            },
            {
              label: 'Choose folder…',
              icon: <FolderPlus />,
              shortcut: 'Mod+Shift+O',
              onSelect: () => void batches.pick('folder'),
            },
            null,
            { label: 'Try the sample folder', icon: <FlaskConical />, onSelect: () => void batches.createSample() },
          ]}
        />
      </header>
      <VirtualList
        label="Batches"
        listRef={listRef}
        count={list.length}
        rowHeight={70}
        active={active}
        onActive={(index) => {
          const batch = list[index];
          if (batch !== undefined) batches.select(batch.id);
        }}
        onKey={(event, index) => {
          const batch = list[index];
          if (event.key === 'F2' && batch !== undefined) startRenaming(batch.id, 'list');
        }}
        rowKey={(index) => list[index]?.id ?? index}
        renderRow={(index) => {
          const batch = list[index];
          return batch && <BatchLine batch={batch} />;
        }}
        over={
          renamedBatch === undefined
            ? null
            : {
                index: renamed,
                control: (
                  <div className={styles.renamed}>
                    <BatchNameField
                      key={renamedBatch.id}
                      batch={renamedBatch}
                      onDone={() => listRef.current?.focus({ preventScroll: true })}
                    />
                  </div>
                ),
              }
        }
      />
    </>
  );
}

/** Its words are its title: the line is narrow. */
function WatchMark({ watch }: { readonly watch: BatchWatch }) {
  const words = watchWords(watch);
  const needsYou = watch.hold !== null || (watch.trouble !== null && isBlind(watch.trouble));
  return (
    <span className={cx(styles.watch, needsYou && styles.needsYou)} role="img" aria-label={words} title={words}>
      <Eye aria-hidden />
      {watch.foundToday > 0 && formatNumber(watch.foundToday)}
    </span>
  );
}

function BatchLine({ batch }: { readonly batch: Batch }) {
  const { name, status, counts, createdAt, watch } = batch;
  const asked = askedWords(batch);
  return (
    <div className={styles.line}>
      <StatusIcon status={shownStatus(batch)} compact />
      <div className={styles.words}>
        <div className={styles.first}>
          <BatchName batch={batch} className={styles.name} />
          {watch !== null && <WatchMark watch={watch} />}
        </div>
        <div className={styles.second} title={asked}>
          {asked}
        </div>
        <div className={styles.third}>
          <span className={styles.counts}>{listWords(batch)}</span>
          <time dateTime={new Date(createdAt).toISOString()} title={formatExactTime(createdAt)}>
            {formatListTime(createdAt)}
          </time>
        </div>
        {status === 'running' && (
          <div className={styles.bar}>
            <ProgressBar
              value={counts.total === 0 ? null : settledCount(counts) / counts.total}
              label={`${name}, progress`}
              failed={counts.total === 0 ? 0 : counts.failed / counts.total}
            />
          </div>
        )}
      </div>
    </div>
  );
}
