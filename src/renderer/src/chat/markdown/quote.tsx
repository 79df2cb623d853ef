import { Children, type ComponentProps, useContext } from 'react';
import type { ExtraProps } from 'react-markdown';
import { readQuoteSource } from '../../../../shared/quote-source.ts';
import { QuotationContext } from '../quotation-context.ts';
import styles from './markdown.module.css';
import { type Element, textOf } from './tree.ts';

/** A quotation. Those of the built-in engine end with where they stand, which opens the file there. */
export function Quote({ node, children, ...props }: ComponentProps<'blockquote'> & ExtraProps) {
  const openerOf = useContext(QuotationContext);
  const source = openerOf === null ? null : sourceOf(node);
  const open = source === null ? null : openerOf?.(source.file, { words: source.words, line: source.line });
  if (source === null || !open) return <blockquote {...props}>{children}</blockquote>;
  // The white space between the paragraphs is part of the children.
  const paragraphs = Children.toArray(children).filter((child) => typeof child !== 'string');
  return (
    <blockquote {...props}>
      {paragraphs.slice(0, -1)}
      <p>
        <button type="button" className={styles.source} title="Open the file at this place" onClick={open}>
          {source.shown}
        </button>
      </p>
    </blockquote>
  );
}

const mark = '— ';

function sourceOf(node: Element | undefined) {
  const paragraphs = node?.children.flatMap((child) => (child.type === 'element' ? [textOf(child)] : [])) ?? [];
  const shown = paragraphs.at(-1);
  if (shown === undefined || paragraphs.length < 2 || !shown.startsWith(mark)) return null;
  return { shown, words: paragraphs.slice(0, -1).join(' '), ...readQuoteSource(shown.slice(mark.length)) };
}
