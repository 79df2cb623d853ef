import { startTransition, useEffect, useReducer, useState } from 'react';
import { type Blocks, createBlockSplitter } from './blocks.ts';

/** Lines and tokens that are read and drawn for a frame: most replies have fewer. */
const PARTS_A_FRAME = 2_000;

/** A text in blocks. A long one is read over several frames, so that no frame is held up. */
export function useBlocks(text: string): Blocks {
  const [split] = useState(createBlockSplitter);
  const [, readOn] = useReducer((count: number) => count + 1, 0);
  const blocks = split(text, PARTS_A_FRAME);
  useEffect(() => {
    if (blocks.readTo === blocks.text.length) return undefined;
    const frame = requestAnimationFrame(() => startTransition(readOn));
    return () => cancelAnimationFrame(frame);
  }, [blocks]);
  return blocks;
}
