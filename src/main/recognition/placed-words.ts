import type { Box } from '../pages/box.ts';
import { PARTS_OF_A_PAGE, type PlacedWords } from '../pages/placed-words.ts';

/** Tesseract's numbers for what a line of its table is about. */
const PAGE = '1';
const WORD = '5';

/** What was recognised on a picture, in its pixels. */
export interface WordTable {
  readonly width: number;
  readonly height: number;
  readonly words: readonly (Box & { readonly text: string; readonly confidence: number })[];
}

/** Tesseract's table of a page: level, five numbers of order, left, top, width, height, confidence, text. */
export function wordTable(table: string): WordTable {
  const words: WordTable['words'][number][] = [];
  let size = { width: 1, height: 1 };
  for (const line of table.split('\n')) {
    const [level, , , , , , x, y, across, down, sure, text = ''] = line.split('\t');
    const [left, top, width, height] = [Number(x), Number(y), Number(across), Number(down)];
    if (level === PAGE) size = { width: Math.max(1, width), height: Math.max(1, height) };
    if (level !== WORD || text.trim() === '') continue;
    words.push({ text, confidence: Number(sure), left, top, right: left + width, bottom: top + height });
  }
  return { ...size, words };
}

/** The words on the page as it was before it was turned by as many radians counterclockwise. */
export function placedWords({ width, height, words }: WordTable, radians: number): PlacedWords {
  const turned = words.map((word) => turnedBox(word, { width, height }, radians));
  const boxes = turned.flatMap(({ left, top, right, bottom }) => [
    inParts(left, width),
    inParts(top, height),
    inParts(right, width),
    inParts(bottom, height),
  ]);
  return { words: words.map(({ text }) => text), boxes };
}

/** A box where it is once the picture was turned clockwise about its middle: of the same size, and upright. */
export function turnedBox(box: Box, { width, height }: Pick<WordTable, 'width' | 'height'>, radians: number): Box {
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  const [x, y] = [(box.left + box.right - width) / 2, (box.top + box.bottom - height) / 2];
  const [across, down] = [x * cosine - y * sine - x, x * sine + y * cosine - y];
  return { left: box.left + across, top: box.top + down, right: box.right + across, bottom: box.bottom + down };
}

function inParts(pixels: number, size: number): number {
  return Math.round((Math.min(Math.max(pixels, 0), size) * PARTS_OF_A_PAGE) / size);
}

/** The same words on the page as it was before it was turned by quarters clockwise. */
export function turnedBack({ words, boxes }: PlacedWords, quarters: number): PlacedWords {
  const turned = words.flatMap((_, at) => {
    const [left = 0, top = 0, right = 0, bottom = 0] = boxes.slice(at * 4, at * 4 + 4);
    const [far, low] = [PARTS_OF_A_PAGE - right, PARTS_OF_A_PAGE - bottom];
    if (quarters === 1) return [top, far, bottom, PARTS_OF_A_PAGE - left];
    if (quarters === 2) return [far, low, PARTS_OF_A_PAGE - left, PARTS_OF_A_PAGE - top];
    return quarters === 3 ? [low, left, PARTS_OF_A_PAGE - top, right] : [left, top, right, bottom];
  });
  return { words, boxes: turned };
}
