import { lazy, Suspense } from 'react';
import { Failsafe } from '../ui/failsafe.tsx';
import { LongText } from '../ui/long-text.tsx';
import { directionOf } from '../ui/text-direction.ts';
import { TextShell } from '../ui/text-shell.tsx';
import styles from './message-item.module.css';

/** The Markdown parser would be a third of the window's script, so it is loaded with the first reply. */
const loadMarkdown = () => import('./markdown/markdown.tsx');

/** Starts loading it, because a reply is about to arrive. */
export function expectText(): void {
  void loadMarkdown();
}

const Markdown = lazy(async () => ({ default: (await loadMarkdown()).Markdown }));

/** A reply as formatted Markdown, or as plain text until the parser is loaded or if rendering fails. */
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

/** Rendering failed: shows the message as plain text and leaves the rest of the view intact. */
export function NotLaidOut({ text }: { readonly text: string }) {
  return (
    <>
      <p className={styles.failed}>
        This message could not be laid out, which is a fault in Docket. As it was written:
      </p>
      <LongText text={text} />
    </>
  );
}
