import { memo, useEffect, useState } from 'react';
import { CopyButton } from '../../ui/copy-button.tsx';
import { cx } from '../../ui/cx.ts';
import { Scrolling } from '../../ui/scrolling.tsx';
import styles from './code-block.module.css';
import { linesOf, spanLines } from './code-lines.ts';
import { type CodeSpan, highlight } from './highlight.ts';

/** Laying out more than this at once would hold the window up. */
const LONG_CODE = 50_000;

interface CodeBlockProps {
  readonly text: string;
  /** The language, and whatever stands behind it. */
  readonly info: string;
  /** Colours wait until all of it is there. */
  readonly finished: boolean;
}

export const CodeBlock = memo(function CodeBlock({ text, info, finished }: CodeBlockProps) {
  const language = info.split(/\s+/)[0] ?? '';
  const spans = useHighlight(text, language, finished);
  return (
    <figure className={styles.block}>
      <figcaption className={styles.head}>
        <span className={styles.info}>{info === '' ? 'text' : info}</span>
        <CopyButton text={() => text} label="Copy code" />
      </figcaption>
      <Scrolling as="pre" className={cx(styles.code, text.length > LONG_CODE && styles.long)}>
        <code>
          {spans === null
            ? linesOf(text).map((lines, place) => <PlainLines key={keyOf(place)} text={lines} />)
            : spanLines(spans).map((lines, place) => <ColouredLines key={keyOf(place)} spans={lines} />)}
        </code>
      </Scrolling>
    </figure>
  );
});

/** Code is only appended to, so lines keep their place. */
const keyOf = (place: number) => `${place}`;

const PlainLines = memo(function PlainLines({ text }: { readonly text: string }) {
  return <span className={styles.lines}>{text}</span>;
});

function ColouredLines({ spans }: { readonly spans: readonly CodeSpan[] }) {
  return (
    <span className={styles.lines}>
      {spans.map((span, place) =>
        span.classes === '' ? (
          span.text
        ) : (
          <span key={keyOf(place)} className={span.classes}>
            {span.text}
          </span>
        ),
      )}
    </span>
  );
}

function useHighlight(text: string, language: string, finished: boolean): readonly CodeSpan[] | null {
  const [coloured, setColoured] = useState<{ readonly text: string; readonly spans: readonly CodeSpan[] } | null>(null);
  useEffect(() => {
    if (!finished) return undefined;
    let gone = false;
    void highlight(text, language).then((spans) => {
      if (!gone && spans !== null) setColoured({ text, spans });
    });
    return () => {
      gone = true;
    };
  }, [text, language, finished]);
  return coloured?.text === text ? coloured.spans : null;
}
