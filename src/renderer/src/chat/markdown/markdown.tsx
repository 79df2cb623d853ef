import { memo, useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { assertNever } from '../../../../shared/result.ts';
import { cx } from '../../ui/cx.ts';
import { directionOf } from '../../ui/text-direction.ts';
import { type Block, createBlockSplitter } from './blocks.ts';
import { CodeBlock } from './code-block.tsx';
import { finishedComponents, growingComponents, unwrapList } from './components.tsx';
import styles from './markdown.module.css';
import { useGrowingText } from './use-growing-text.ts';

interface MarkdownProps {
  readonly text: string;
  /** False while more is to come. */
  readonly finished: boolean;
}

/** Blocks are laid out and skipped in sections of this many: a section for each would cost more than it spares. */
const blocksTogether = 12;

/**
 * A model's Markdown. Nothing in it is trusted: raw HTML is shown as the text that it is, images are named and never
 * fetched, links are opened by main, which asks first.
 */
export const Markdown = memo(function Markdown({ text, finished }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const { blocks, definitions } = split(useGrowingText(text, finished));
  const starts = Array.from(
    { length: Math.ceil(blocks.length / blocksTogether) },
    (_, place) => place * blocksTogether,
  );
  return (
    <div className={cx(styles.text, starts.length > 2 && styles.long)}>
      {starts.map((start) => (
        <Section
          key={start}
          before={blocks[start - 1]}
          blocks={blocks.slice(start, start + blocksTogether)}
          definitions={definitions}
          finished={finished || start + blocksTogether < blocks.length}
        />
      ))}
    </div>
  );
});

interface SectionProps {
  /** The last block of the section before. */
  readonly before: Block | undefined;
  readonly blocks: readonly Block[];
  readonly definitions: string;
  readonly finished: boolean;
}

const Section = memo(function Section({ before, blocks, definitions, finished }: SectionProps) {
  return (
    <div className={styles.section}>
      {blocks.map((block, place) => (
        <div
          key={keyOf(block, place)}
          className={spaceOver(block, place === 0 ? before : blocks[place - 1])}
          dir={
            block.kind === 'code'
              ? undefined
              : directionOf(block.kind === 'list' ? (block.items[0] ?? null) : block.text)
          }
        >
          <BlockView block={block} definitions={definitions} finished={finished || place < blocks.length - 1} />
        </div>
      ))}
    </div>
  );
}, isSameSection);

/** The splitter keeps a block that did not change: a thousand finished ones cost a frame next to nothing. */
function isSameSection(known: SectionProps, next: SectionProps): boolean {
  return (
    known.before === next.before &&
    known.definitions === next.definitions &&
    known.finished === next.finished &&
    known.blocks.length === next.blocks.length &&
    known.blocks.every((block, place) => block === next.blocks[place])
  );
}

function spaceOver(block: Block, before: Block | undefined): string | undefined {
  if (before === undefined) return undefined;
  if (block.kind === 'heading') return styles.far;
  if (before.kind === 'heading') return styles.near;
  const framed = [block.kind, before.kind].some((kind) => kind === 'code' || kind === 'table');
  return framed ? styles.apart : styles.after;
}

/** Text is only appended, so a block keeps its place; another kind of block there is another block. */
const keyOf = (block: Block, place: number) => `${place}${block.kind}`;

interface BlockViewProps {
  readonly block: Block;
  readonly definitions: string;
  readonly finished: boolean;
}

const BlockView = memo(function BlockView({ block, definitions, finished }: BlockViewProps) {
  switch (block.kind) {
    case 'code':
      return <CodeBlock text={block.text} language={block.language} finished={finished} />;
    case 'list':
      return <ListBlock block={block} definitions={definitions} finished={finished} />;
    case 'heading':
    case 'table':
    case 'markdown':
      return <Piece text={withDefinitions(block.text, definitions)} item={false} finished={finished} />;
    default:
      return assertNever(block);
  }
});

interface ListBlockProps extends BlockViewProps {
  readonly block: Extract<Block, { kind: 'list' }>;
}

function ListBlock({ block, definitions, finished }: ListBlockProps) {
  const items = block.items.map((item, place) => (
    <Piece
      key={keyOf(block, place)}
      item
      text={withDefinitions(item, definitions)}
      finished={finished || place < block.items.length - 1}
    />
  ));
  return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}

function withDefinitions(text: string, definitions: string): string {
  return definitions !== '' && text.includes('[') ? `${text}\n\n${definitions}` : text;
}

const remarkPlugins = [remarkGfm];
const itemPlugins = [unwrapList];
const noPlugins: [] = [];
/** `Link` decides; react-markdown would turn what it does not know into an empty address. */
const keepUrl = (url: string) => url;

interface PieceProps {
  readonly text: string;
  /** An item of a list that is rendered around it. */
  readonly item: boolean;
  readonly finished: boolean;
}

const Piece = memo(function Piece({ text, item, finished }: PieceProps) {
  return (
    <ReactMarkdown
      remarkPlugins={remarkPlugins}
      rehypePlugins={item ? itemPlugins : noPlugins}
      components={finished ? finishedComponents : growingComponents}
      urlTransform={keepUrl}
    >
      {text}
    </ReactMarkdown>
  );
});
