import { type ComponentProps, type MouseEvent, memo, type ReactNode, useState } from 'react';
import ReactMarkdown, { type Components, type ExtraProps } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { request } from '../../app/bridge.ts';
import { type Block, createBlockSplitter } from './blocks.ts';
import { CodeBlock } from './code-block.tsx';
import { openableUrl } from './links.ts';
import styles from './markdown.module.css';

interface MarkdownProps {
  readonly text: string;
  /** False while more is to come. */
  readonly finished: boolean;
}

/**
 * A model's Markdown. Nothing in it is trusted: raw HTML is shown as the text that it is, images are named and never
 * fetched, links are opened by main, which asks first.
 */
export const Markdown = memo(function Markdown({ text, finished }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const { blocks, definitions } = split(text);
  return (
    <div className={styles.text}>
      {blocks.map((block, place) => (
        <MarkdownBlock
          // biome-ignore lint/suspicious/noArrayIndexKey: text is only appended, so a block keeps its place
          key={place}
          {...blockProps(block, definitions)}
          finished={finished || place < blocks.length - 1}
        />
      ))}
    </div>
  );
});

interface BlockProps {
  readonly kind: Block['kind'];
  readonly text: string;
  readonly language: string;
  readonly finished: boolean;
}

/** As plain values, so that memo sees that a block has not changed. */
function blockProps(block: Block, definitions: string): Omit<BlockProps, 'finished'> {
  if (block.kind === 'code') return block;
  const text = definitions !== '' && block.text.includes('[') ? `${block.text}\n\n${definitions}` : block.text;
  return { kind: 'markdown', text, language: '' };
}

const remarkPlugins = [remarkGfm];

const MarkdownBlock = memo(function MarkdownBlock({ kind, text, language, finished }: BlockProps) {
  if (kind === 'code') return <CodeBlock text={text} language={language} finished={finished} />;
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      components={finished ? finishedComponents : growingComponents}
      urlTransform={keepUrl}
    >
      {text}
    </ReactMarkdown>
  );
});

/** `Link` decides; react-markdown would turn what it does not know into an empty address. */
const keepUrl = (url: string) => url;

function Link({ href, children }: { readonly href?: string | undefined; readonly children?: ReactNode }) {
  const url = openableUrl(href);
  if (url === null) return <span>{children}</span>;
  const open = (event: MouseEvent) => {
    event.preventDefault();
    void request('app.openLink', { url });
  };
  return (
    <a href={url} title={url} draggable={false} onClick={open} onAuxClick={(event) => event.preventDefault()}>
      {children}
    </a>
  );
}

function ImageName({ alt }: { readonly alt?: string | undefined }) {
  return (
    <span className={styles.image}>[image: {alt === undefined || alt === '' ? 'without a description' : alt}]</span>
  );
}

function Table({ node: _node, ...props }: ComponentProps<'table'> & ExtraProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, which keys must reach
    <section className={styles.table} aria-label="Table" tabIndex={0}>
      <table {...props} />
    </section>
  );
}

type Element = NonNullable<ExtraProps['node']>;

function textOf(node: Element['children'][number]): string {
  if (node.type === 'text') return node.value;
  return node.type === 'element' ? node.children.map(textOf).join('') : '';
}

/** Code inside of lists and quotes; that of the top level never gets to react-markdown. */
function nestedCode(node: Element | undefined, finished: boolean): ReactNode {
  const code = node?.children.find((child) => child.type === 'element');
  const names = code?.type === 'element' ? code.properties.className : undefined;
  const language = Array.isArray(names) ? String(names[0] ?? '').replace(/^language-/, '') : '';
  return (
    <CodeBlock
      text={node === undefined ? '' : textOf(node).replace(/\n$/, '')}
      language={language}
      finished={finished}
    />
  );
}

const components: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ alt }) => <ImageName alt={alt} />,
  table: Table,
};
const finishedComponents: Components = { ...components, pre: ({ node }) => nestedCode(node, true) };
const growingComponents: Components = { ...components, pre: ({ node }) => nestedCode(node, false) };
