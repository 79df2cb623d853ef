import { lazy, Suspense } from 'react';
import { directionOf } from '../ui/text-direction.ts';
import styles from './message-item.module.css';

/** Reading Markdown would be a third of the window's script, so it comes with the first reply. */
const loadMarkdown = () => import('./markdown/markdown.tsx');

/** The first words are on their way. */
export function expectText(): void {
  void loadMarkdown();
}

const Markdown = lazy(async () => ({ default: (await loadMarkdown()).Markdown }));

/** A reply as it is laid out; until that can be done, as it was written. */
export function ReplyText({ text, finished }: { readonly text: string; readonly finished: boolean }) {
  return (
    <Suspense
      fallback={
        <div className={styles.plain} dir={directionOf(text)}>
          {text}
        </div>
      }
    >
      <Markdown text={text} finished={finished} />
    </Suspense>
  );
}
