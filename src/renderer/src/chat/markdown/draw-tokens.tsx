import type { Token } from 'markdown-it';
import { createElement, Fragment, type ReactNode } from 'react';
import { CodeBlock } from './code-block.tsx';
import { Formula, ImageName, Link, NoteReference, Table, TaskBox } from './components.tsx';
import { Quote } from './quote.tsx';
import { lastLinkOf, paragraphsOf } from './quote-tokens.ts';
import { textOf } from './token-text.ts';

/** Elements deeper than this are read by nobody, and laid out by recursion. */
const DEEPEST_ELEMENT = 64;

interface Options {
  /** False while more of the piece is to come. */
  readonly finished: boolean;
  readonly mostTokens: number;
}

type Drawn =
  | { readonly kind: 'elements'; readonly elements: ReactNode }
  /** What keeps it from being laid out. */
  | { readonly kind: 'deep' | 'marks' };

/** Makes elements of what the parser read, without recursion and never as HTML. */
export function drawTokens(tokens: readonly Token[], options: Options): Drawn {
  const flat = tokens.flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : [token]));
  if (flat.length > options.mostTokens) return { kind: 'marks' };
  if (flat.some(({ type }) => type === 'too_deep') || depthOf(flat) > DEEPEST_ELEMENT) return { kind: 'deep' };
  takeTasks(flat);
  return { kind: 'elements', elements: build(flat, options) };
}

function depthOf(tokens: readonly Token[]): number {
  let depth = 0;
  let deepest = 0;
  for (const { nesting } of tokens) {
    depth += nesting;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

interface Open {
  readonly token: Token;
  /** Where its contents begin in the list of tokens. */
  readonly from: number;
  readonly children: ReactNode[];
}

function build(tokens: readonly Token[], options: Options): ReactNode {
  const root: ReactNode[] = [];
  const open: Open[] = [];
  for (const [place, token] of tokens.entries()) {
    if (token.nesting === 1) open.push({ token, from: place + 1, children: [] });
    else if (token.nesting === -1) {
      const closed = open.pop();
      if (closed === undefined) continue;
      const siblings = open.at(-1)?.children ?? root;
      siblings.push(elementOf(closed, tokens.slice(closed.from, place), siblings.length));
    } else {
      const siblings = open.at(-1)?.children ?? root;
      siblings.push(leafOf(token, siblings.length, options));
    }
  }
  return root;
}

const tags: Readonly<Record<string, string>> = {
  paragraph_open: 'p',
  bullet_list_open: 'ul',
  em_open: 'em',
  strong_open: 'strong',
  s_open: 'del',
  thead_open: 'thead',
  tbody_open: 'tbody',
  tr_open: 'tr',
};

function elementOf(open: Open, inner: readonly Token[], key: number): ReactNode {
  const { token, children } = open;
  switch (token.type) {
    case 'link_open':
      return (
        <Link key={key} href={String(token.attrGet('href') ?? '')} words={textOf(inner)}>
          {children}
        </Link>
      );
    case 'blockquote_open':
      return (
        <Quote key={key} paragraphs={paragraphsOf(inner)} link={lastLinkOf(inner)}>
          {children}
        </Quote>
      );
    case 'table_open':
      return <Table key={key}>{children}</Table>;
    case 'list_item_open':
      return listItem(open, key);
    case 'ordered_list_open':
      return createElement('ol', { key, start: token.attrGet('start') ?? undefined }, ...children);
    case 'th_open':
    case 'td_open':
      return createElement(token.tag, { key, style: alignmentOf(token) }, ...children);
    case 'heading_open':
      return createElement(token.tag, { key }, ...children);
    default:
      return createElement(token.hidden ? Fragment : (tags[token.type] ?? 'span'), { key }, ...children);
  }
}

function alignmentOf(token: Token) {
  const align = /^text-align:(left|center|right)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
  return align === undefined ? undefined : { textAlign: align as 'left' | 'center' | 'right' };
}

const task = /^\[([ xX])\](?:\s|$)/;

/** A task begins with its box: the mark is taken out of the text and noted at the item. */
function takeTasks(tokens: readonly Token[]): void {
  for (const [place, token] of tokens.entries()) {
    const [paragraph, text] = [tokens[place + 1], tokens[place + 2]];
    if (token.type !== 'list_item_open' || paragraph?.type !== 'paragraph_open' || text?.type !== 'text') continue;
    const box = task.exec(text.content);
    if (box === null) continue;
    token.meta = { checked: box[1] !== ' ' };
    text.content = text.content.slice(box[0].length);
  }
}

function listItem({ token, children }: Open, key: number): ReactNode {
  const checked = token.meta?.checked;
  if (typeof checked !== 'boolean') return createElement('li', { key }, ...children);
  return createElement('li', { key, className: 'task-list-item' }, <TaskBox checked={checked} />, ...children);
}

function leafOf(token: Token, key: number, { finished }: Options): ReactNode {
  switch (token.type) {
    case 'text':
      return token.content;
    case 'softbreak':
      return '\n';
    case 'hardbreak':
      return <br key={key} />;
    case 'code_inline':
      return <code key={key}>{token.content}</code>;
    case 'image':
      return <ImageName key={key} alt={textOf(token.children ?? [])} />;
    case 'hr':
      return <hr key={key} />;
    case 'fence':
    case 'code_block':
      return (
        <CodeBlock key={key} text={token.content.replace(/\n$/, '')} info={token.info.trim()} finished={finished} />
      );
    case 'math_inline':
    case 'math_block':
      return <Formula key={key} text={token.content} block={token.type === 'math_block'} />;
    case 'footnote_ref':
      return <NoteReference key={key} label={token.info} number={token.content} />;
    default:
      // Nothing that was read is left out.
      return token.content;
  }
}
