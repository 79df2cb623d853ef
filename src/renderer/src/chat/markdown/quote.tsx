import { Children, type ReactNode, useContext } from 'react';
import { readQuoteSource } from '../../../../shared/quote-source.ts';
import { QuotationContext } from '../quotation-context.ts';
import styles from './markdown.module.css';

interface QuoteProps {
  /** What its own paragraphs say. */
  readonly paragraphs: readonly string[];
  readonly children?: ReactNode;
}

/** A quotation. Those of the built-in engine end with where they stand, which opens the file there. */
export function Quote({ paragraphs, children }: QuoteProps) {
  const openerOf = useContext(QuotationContext);
  const source = openerOf === null ? null : sourceOf(paragraphs);
  const open = source === null ? null : openerOf?.(source.file, { words: source.words, line: source.line });
  if (source === null || !open) return <blockquote>{children}</blockquote>;
  return (
    <blockquote>
      {Children.toArray(children).slice(0, -1)}
      <p>
        <button type="button" className={styles.source} title="Open the file at this place" onClick={open}>
          {source.shown}
        </button>
      </p>
    </blockquote>
  );
}

const mark = '— ';

function sourceOf(paragraphs: readonly string[]) {
  const shown = paragraphs.at(-1);
  if (shown === undefined || paragraphs.length < 2 || !shown.startsWith(mark)) return null;
  return { shown, words: paragraphs.slice(0, -1).join(' '), ...readQuoteSource(shown.slice(mark.length)) };
}
