import type { Token } from 'markdown-it';
import { memo } from 'react';
import { drawTokens } from './draw-tokens.tsx';
import { parser } from './parser.ts';
import { PlainPart } from './plain-part.tsx';
import type { Surroundings } from './surroundings.ts';

/** More elements than this in one piece would hold the window up. */
const MOST_TOKENS = 2_000;

interface PieceProps {
  readonly text: string;
  /** An item of a list that is drawn around it. */
  readonly item: boolean;
  readonly surroundings: Surroundings;
  readonly finished: boolean;
}

/** A part of a Markdown text, read and drawn. */
export const Piece = memo(function Piece({ text, item, surroundings, finished }: PieceProps) {
  const { references, notes } = surroundings;
  const tokens = parser().parse(text, { references: { ...references }, notes });
  const inner = item && isOneList(tokens) ? tokens.slice(1, -1) : tokens;
  const drawn = drawTokens(inner, { finished, mostTokens: MOST_TOKENS });
  const shown = drawn.kind === 'elements' ? drawn.elements : <PlainPart text={text} reason={drawn.kind} />;
  return item && (inner === tokens || drawn.kind !== 'elements') ? <li>{shown}</li> : shown;
}, isSamePiece);

function isOneList(tokens: readonly Token[]): boolean {
  const top = tokens.filter(({ level }) => level === 0);
  return top.length === 2 && /_list_open$/.test(top[0]?.type ?? '');
}

/** A link definition that arrives concerns only what has brackets. */
function isSamePiece(known: PieceProps, next: PieceProps): boolean {
  return (
    known.text === next.text &&
    known.finished === next.finished &&
    (known.surroundings === next.surroundings || !next.text.includes('['))
  );
}
