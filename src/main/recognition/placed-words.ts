import { PARTS_OF_A_PAGE, type PlacedWords } from './messages.ts';

/** Tesseract's numbers for what a line of its table is about. */
const PAGE = '1';
const WORD = '5';

/** The words in Tesseract's table of a page: level, five numbers of order, left, top, width, height, confidence, text. */
export function wordsIn(table: string): PlacedWords {
  const words: string[] = [];
  const boxes: number[] = [];
  let [pageWidth, pageHeight] = [1, 1];
  for (const line of table.split('\n')) {
    const [level, , , , , , left = '', top = '', width = '', height = '', , text = ''] = line.split('\t');
    if (level === PAGE) [pageWidth, pageHeight] = [Math.max(1, Number(width)), Math.max(1, Number(height))];
    if (level !== WORD || text.trim() === '') continue;
    words.push(text);
    const across = (pixels: number) => Math.round((pixels * PARTS_OF_A_PAGE) / pageWidth);
    const down = (pixels: number) => Math.round((pixels * PARTS_OF_A_PAGE) / pageHeight);
    const [x, y] = [Number(left), Number(top)];
    boxes.push(across(x), down(y), across(x + Number(width)), down(y + Number(height)));
  }
  return { words, boxes };
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
