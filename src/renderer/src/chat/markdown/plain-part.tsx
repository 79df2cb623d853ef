import { assertNever } from '../../../../shared/result.ts';
import { LongText } from '../../ui/long-text.tsx';
import styles from './markdown.module.css';
import type { PlainReason } from './pieces.ts';

function words(reason: PlainReason): string {
  switch (reason) {
    case 'deep':
      return 'Nested too deeply to be laid out. Shown as it was written:';
    case 'long':
      return 'Too long to be laid out. Shown as it was written:';
    case 'marks':
      return 'Too many marks to be laid out. Shown as it was written:';
    default:
      return assertNever(reason);
  }
}

/** What is not laid out, as the text that it is. */
export function PlainPart({ text, reason }: { readonly text: string; readonly reason: PlainReason }) {
  return (
    <>
      <p className={styles.plainWord}>{words(reason)}</p>
      <LongText text={text} />
    </>
  );
}
