import { useStore } from 'zustand';
import type { StoreUpdate } from '../../../shared/app-data.ts';
import { updateStore } from '../platform/stores.ts';
import { ProgressBar } from '../ui/progress.tsx';
import styles from './update-notice.module.css';

const words: Readonly<Record<StoreUpdate['stage'], { readonly title: string; readonly text: string }>> = {
  copying: {
    title: 'Updating your history',
    text: 'Docket is making a backup copy first.',
  },
  updating: {
    title: 'Updating your history',
    text: 'This version can search it in more ways. The backup copy is kept.',
  },
  salvaging: {
    title: 'Your history was damaged',
    text: 'Docket is copying everything readable to a new file. The damaged file is kept.',
  },
};

/** Covers the window while the history is being updated and nothing can be answered yet. */
export function UpdateNotice() {
  const update = useStore(updateStore, (state) => state.update);
  if (update === null) return null;
  const fraction = update.stage === 'copying' || update.total === 0 ? null : update.done / update.total;
  const percent = fraction === null ? undefined : `${Math.floor(fraction * 100)} %`;
  return (
    <div className={styles.cover}>
      <section className={styles.notice} aria-labelledby="update-title">
        <h2 id="update-title" className={styles.title}>
          {words[update.stage].title}
        </h2>
        <p>{words[update.stage].text}</p>
        <ProgressBar value={fraction} label="Progress" valueText={percent} />
        <p className={styles.aside}>
          {percent === undefined ? 'A long history takes a few minutes.' : `${percent}.`} You can close Docket: the
          update continues at the next start.
        </p>
      </section>
    </div>
  );
}
