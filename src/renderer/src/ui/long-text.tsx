import { useMemo, useState } from 'react';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { formatBytes } from './format.ts';
import styles from './long-text.module.css';
import { chunkText, cutAt, SHOWN_AT_FIRST } from './text-chunks.ts';

interface LongTextProps {
  readonly text: string;
  /** Set in the monospaced face. */
  readonly code?: boolean;
}

/**
 * A text of any length. The beginning is shown at once; the whole of it when asked for, in pieces of which the
 * browser lays out only those in sight.
 */
export function LongText({ text, code = false }: LongTextProps) {
  const [all, showAll] = useState(false);
  const long = text.length > SHOWN_AT_FIRST;
  const face = cx(styles.text, code && styles.code);
  if (!long) {
    return (
      <pre className={face} data-selectable>
        {text}
      </pre>
    );
  }
  return (
    <>
      {all ? (
        <Chunks text={text} className={face} />
      ) : (
        <pre className={face} data-selectable>
          {text.slice(0, cutAt(text, SHOWN_AT_FIRST))}
        </pre>
      )}
      {!all && (
        <div className={styles.more}>
          <span>
            The first {formatBytes(SHOWN_AT_FIRST)} of {formatBytes(text.length)}.
          </span>
          <Button size="small" onClick={() => showAll(true)}>
            Show all
          </Button>
        </div>
      )}
    </>
  );
}

function Chunks({ text, className }: { readonly text: string; readonly className: string }) {
  const chunks = useMemo(() => chunkText(text), [text]);
  return (
    <div className={className} data-selectable>
      {chunks.map((chunk, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
        <pre key={place} className={styles.chunk}>
          {chunk}
        </pre>
      ))}
    </div>
  );
}
