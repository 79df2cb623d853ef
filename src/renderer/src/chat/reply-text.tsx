import { lazy, Suspense } from 'react';
import { Failsafe } from '../ui/failsafe.tsx';
import { LongText } from '../ui/long-text.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { TextShell } from '../ui/text-shell.tsx';
import styles from './message-item.module.css';

/** Reading Markdown would be a third of the window's script, so it comes with the first reply. */
const loadMarkdown = () => import('./markdown/markdown.tsx');

/** The first words are on their way. */
export function expectText(): void {
  void loadMarkdown();
}

const Markdown = lazy(async () => ({ default: (await loadMarkdown()).Markdown }));

/** A reply as it is laid out; until that can be done, and where it cannot, as it was written. */
export function ReplyText({ text, finished }: { readonly text: string; readonly finished: boolean }) {
  return (
    <Failsafe of={text} fallback={() => <NotLaidOut text={text} />}>
      <Suspense
        fallback={
          <div className={styles.plain} dir={directionOf(text)}>
            <TextShell text={text} />
          </div>
        }
      >
        <Markdown text={text} finished={finished} />
      </Suspense>
    </Failsafe>
  );
}

/** One message that cannot be drawn takes nothing else with it, and is there to be read. */
function NotLaidOut({ text }: { readonly text: string }) {
  return (
    <>
      <p className={styles.failed}>
        This message could not be laid out, which is a fault in Docket. As it was written:
      </p>
      <LongText text={text} />
    </>
  );
}
