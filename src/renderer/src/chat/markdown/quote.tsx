import { Children, type ReactNode, useContext } from 'react';
import { quoteSourceOf } from '../../../../shared/quote-source.ts';
import { QuotationContext } from '../quotation-context.ts';
import styles from './markdown.module.css';

interface QuoteProps {
  /** What its own paragraphs say. */
  readonly paragraphs: readonly string[];
  /** Where the link leads that its last paragraph consists of; null when it is no such paragraph. */
  readonly link: string | null;
  readonly children?: ReactNode;
}

/** A quotation. Those of the built-in engine end with a link to where they stand, which opens the file there. */
export function Quote({ paragraphs, link, children }: QuoteProps) {
  const openerOf = useContext(QuotationContext);
  const source = link === null ? null : quoteSourceOf(link);
  const words = paragraphs.slice(0, -1).join(' ');
  const open = source === null ? null : openerOf?.(source.file, { words, line: source.line });
  if (!open) return <blockquote>{children}</blockquote>;
  return (
    <blockquote>
      {Children.toArray(children).slice(0, -1)}
      <p>
        <button type="button" className={styles.source} title="Open the file at this place" onClick={open}>
          {paragraphs.at(-1)}
        </button>
      </p>
    </blockquote>
  );
}
