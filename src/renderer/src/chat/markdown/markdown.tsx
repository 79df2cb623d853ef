import { memo, useState } from 'react';
import ReactMarkdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { assertNever } from '../../../../shared/result.ts';
import { cx } from '../../ui/cx.ts';
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

/** Above this many, blocks out of sight are left out of layout and paint. */
const manyBlocks = 24;

/**
 * A model's Markdown. Nothing in it is trusted: raw HTML is shown as the text that it is, images are named and never
 * fetched, links are opened by main, which asks first.
 */
export const Markdown = memo(function Markdown({ text, finished }: MarkdownProps) {
  const [split] = useState(createBlockSplitter);
  const { blocks, definitions } = split(useGrowingText(text, finished));
  return (
    <div className={cx(styles.text, blocks.length > manyBlocks && styles.many)}>
      {blocks.map((block, place) => (
        <BlockView
          key={keyOf(block, place)}
          block={block}
          definitions={definitions}
          finished={finished || place < blocks.length - 1}
        />
      ))}
    </div>
  );
});

/** Text is only appended, so a block keeps its place; another kind of block there is another block. */
const keyOf = (block: Block, place: number) => `${place}${block.kind}`;

interface BlockViewProps {
  readonly block: Block;
  readonly definitions: string;
  readonly finished: boolean;
}

/** Compares its block by identity, which the splitter keeps: a thousand finished blocks cost a frame next to nothing. */
const BlockView = memo(function BlockView({ block, definitions, finished }: BlockViewProps) {
  switch (block.kind) {
    case 'code':
      return (
        <div className={cx(styles.block, styles.apart)}>
          <CodeBlock text={block.text} language={block.language} finished={finished} />
        </div>
      );
    case 'list':
      return <ListBlock block={block} definitions={definitions} finished={finished} />;
    case 'heading':
    case 'table':
    case 'markdown':
      return (
        <div
          className={cx(
            styles.block,
            block.kind === 'heading' && styles.heading,
            block.kind === 'table' && styles.apart,
          )}
        >
          <Piece text={withDefinitions(block.text, definitions)} item={false} finished={finished} />
        </div>
      );
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
  return (
    <div className={styles.block}>{block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>}</div>
  );
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
