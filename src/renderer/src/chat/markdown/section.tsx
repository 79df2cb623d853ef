import { memo, use, useMemo, useRef } from 'react';
import { assertNever } from '../../../../shared/result.ts';
import { useNearSight } from '../../ui/near-sight.ts';
import { directionOf } from '../../ui/text-direction.ts';
import { TextShell } from '../../ui/text-shell.tsx';
import { SoughtWords, standAcrossMarks } from './across-marks.ts';
import type { Block } from './blocks.ts';
import { CodeBlock } from './code-block.tsx';
import { Formula } from './components.tsx';
import styles from './markdown.module.css';
import { Piece } from './piece.tsx';
import { PlainPart } from './plain-part.tsx';
import { sourceOf } from './sections.ts';
import type { Surroundings } from './surroundings.ts';

interface SectionProps {
  /** The last block of the section before. */
  readonly before: Block | undefined;
  readonly blocks: readonly Block[];
  readonly surroundings: Surroundings;
  readonly finished: boolean;
  /** Not only when it comes near to what is in sight. */
  readonly atOnce: boolean;
}

export const Section = memo(function Section({ before, blocks, surroundings, finished, atOnce }: SectionProps) {
  const root = useRef<HTMLDivElement>(null);
  const sought = use(SoughtWords);
  const toBeFound = useMemo(() => standAcrossMarks(sourceOf(blocks), sought), [blocks, sought]);
  const near = useNearSight(root, atOnce || toBeFound);
  return (
    <div ref={root} className={styles.section}>
      {near ? (
        blocks.map((block, place) => (
          <div
            key={keyOf(block, place)}
            className={spaceOver(block, place === 0 ? before : blocks[place - 1])}
            dir={directionOfBlock(block)}
          >
            <BlockView block={block} surroundings={surroundings} finished={finished || place < blocks.length - 1} />
          </div>
        ))
      ) : (
        <Undrawn blocks={blocks} />
      )}
    </div>
  );
}, isSameSection);

function Undrawn({ blocks }: { readonly blocks: readonly Block[] }) {
  const text = useMemo(() => sourceOf(blocks), [blocks]);
  return <TextShell text={text} />;
}

function directionOfBlock(block: Block): 'rtl' | undefined {
  if (block.kind === 'code' || block.kind === 'math') return undefined;
  return directionOf(block.kind === 'list' ? (block.items[0] ?? null) : block.text);
}

/** The splitter keeps a block that did not change: a thousand finished ones cost a frame next to nothing. */
function isSameSection(known: SectionProps, next: SectionProps): boolean {
  return (
    known.before === next.before &&
    known.surroundings === next.surroundings &&
    known.finished === next.finished &&
    known.atOnce === next.atOnce &&
    known.blocks.length === next.blocks.length &&
    known.blocks.every((block, place) => block === next.blocks[place])
  );
}

function spaceOver(block: Block, before: Block | undefined): string | undefined {
  if (before === undefined) return undefined;
  if (block.kind === 'list' && block.more) return styles.nextItem;
  if (block.kind === 'heading') return styles.far;
  if (before.kind === 'heading') return styles.near;
  const framed = [block.kind, before.kind].some((kind) => kind === 'code' || kind === 'table');
  return framed ? styles.apart : styles.after;
}

/** Text is only appended, so a block keeps its place; another kind of block there is another block. */
const keyOf = (block: Block, place: number) => `${place}${block.kind}`;

interface BlockViewProps {
  readonly block: Block;
  readonly surroundings: Surroundings;
  readonly finished: boolean;
}

const BlockView = memo(function BlockView({ block, surroundings, finished }: BlockViewProps) {
  switch (block.kind) {
    case 'code':
      return <CodeBlock text={block.text} info={block.info} finished={finished} />;
    case 'list':
      return <ListBlock block={block} surroundings={surroundings} finished={finished} />;
    case 'math':
      return <Formula text={block.text} block />;
    case 'plain':
      return <PlainPart text={block.text} reason={block.reason} />;
    case 'heading':
    case 'table':
    case 'markdown':
      return <Piece text={block.text} item={false} surroundings={surroundings} finished={finished} />;
    default:
      return assertNever(block);
  }
});

interface ListBlockProps extends BlockViewProps {
  readonly block: Extract<Block, { kind: 'list' }>;
}

function ListBlock({ block, surroundings, finished }: ListBlockProps) {
  const items = block.items.map((item, place) => (
    <Piece
      key={keyOf(block, place)}
      item
      text={item}
      surroundings={surroundings}
      finished={finished || place < block.items.length - 1}
    />
  ));
  return block.start === null ? <ul>{items}</ul> : <ol start={block.start}>{items}</ol>;
}
