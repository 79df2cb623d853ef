import { useStore } from 'zustand';
import type { StoreUpdate } from '../../../shared/app-data.ts';
import { updateStore } from '../platform/stores.ts';
import { ProgressBar } from '../ui/progress.tsx';
import styles from './update-notice.module.css';

const words: Readonly<Record<StoreUpdate['stage'], { readonly title: string; readonly text: string }>> = {
  copying: {
    title: 'Updating your history',
    text: 'A copy of it is made first, as it was before this version.',
  },
  updating: {
    title: 'Updating your history',
    text: 'It can be searched in more ways with this version. The copy of what it was is kept.',
  },
  salvaging: {
    title: 'Your history was damaged',
    text: 'What can be read of it is being taken over into a new one. The damaged file is kept.',
  },
};

/** In place of everything, while nothing can be answered yet because the history is being updated. */
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
        <ProgressBar value={fraction} label="How far it is" valueText={percent} />
        <p className={styles.aside}>
          {percent === undefined ? 'A long history takes some minutes.' : `${percent}.`} You may close Docket: it goes
          on at the next start.
        </p>
      </section>
    </div>
  );
}
