import type { ComponentProps, MouseEvent, ReactNode } from 'react';
import type { Components, ExtraProps } from 'react-markdown';
import { request } from '../../app/bridge.ts';
import { CodeBlock } from './code-block.tsx';
import { openableUrl } from './links.ts';
import styles from './markdown.module.css';
import { Quote } from './quote.tsx';
import { type Element, textOf } from './tree.ts';

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

/** The box of a task list, the only input that Markdown makes. */
function TaskBox({ checked = false }: { readonly checked?: boolean | undefined }) {
  return <input type="checkbox" checked={checked} disabled readOnly aria-label={checked ? 'Done' : 'To do'} />;
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

const shared: Components = {
  a: ({ href, children }) => <Link href={href}>{children}</Link>,
  img: ({ alt }) => <ImageName alt={alt} />,
  table: Table,
  blockquote: Quote,
  input: TaskBox,
};

/** How the elements of a model's text are shown, when all of the piece is there and while it grows. */
export const finishedComponents: Components = { ...shared, pre: ({ node }) => nestedCode(node, true) };
export const growingComponents: Components = { ...shared, pre: ({ node }) => nestedCode(node, false) };

interface Root {
  children: Element['children'][number][];
}

/** Takes the list away from around its only item: the list that it belongs to is rendered by us. */
export function unwrapList() {
  return (root: Root): void => {
    const list = root.children.find((child) => child.type === 'element');
    if (list?.type === 'element' && (list.tagName === 'ul' || list.tagName === 'ol')) root.children = list.children;
  };
}
