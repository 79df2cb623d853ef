import type { TableLine } from './table-columns.ts';

/**
 * Whether lines in columns are read as they stand: a table of contents, a program, a list whose numbers stand apart from its
 * items, or text with a number at the margin of each line or paragraph.
 */
export function isListing(lines: readonly TableLine[]): boolean {
  const rows = lines.map(({ cells }) => cells.map(({ text }) => text));
  if (rows.flat().some((text) => /\.{4,}|(?:\. ){4}|[…‥]{2}/.test(text))) return true;
  const several = rows.filter(({ length }) => length > 1);
  const ofProgram = several.filter(([, ...others]) =>
    others.some((text) => /^(?::{0,2}=|(?:#|\/\/|--|%|;)\s)/.test(text)),
  );
  if (ofProgram.length * 2 >= several.length) return true;
  const isOfPairs = lines.every(({ places }) => places.every((place) => place < 2));
  return isOfPairs && (several.every(([mark = '']) => isListMark(mark)) || countsUp(several) || isNumbered(lines));
}

/** "1.", "(a)", "iv)", "2.3", ".1", "§ 4", "Art. 5", "[12]": a bare number may be an amount. */
function isListMark(text: string): boolean {
  return listMarks.some((mark) => mark.test(text));
}

const listMarks: readonly RegExp[] = [
  /^\(?(?:\p{N}{1,3}|\p{L}|[ivxlc]{1,6})[.)]$/u,
  /^\p{N}{0,2}(?:\.\p{N}{1,2}){1,4}\.?$/u,
  /^\[[^\]\s]{1,12}\]$/u,
  /^(?:§+|Art\.?|Sec\.?) ?\p{N}{1,3}\.?$/u,
];

/** Whether the second cells are numbers of pages, one after the other. */
function countsUp(rows: readonly (readonly string[])[]): boolean {
  return rows.every(([, text = ''], at) => {
    const before = pageIn(rows[at - 1]?.[1] ?? '0') ?? 0;
    return (pageIn(text) ?? -1) >= before;
  });
}

/** The digits of Arabic and Persian end in the same bits as ours. */
function pageIn(text: string): number | null {
  if (!/^[0-9\u0660-\u0669\u06f0-\u06f9]{1,4}$/.test(text)) return null;
  return Number(Array.from(text, (digit) => digit.charCodeAt(0) & 0xf).join(''));
}

/** Letters of a line of text: fewer may be the name of something in a table. */
const TEXT = 40;

/** Whether the first cells number lines or paragraphs of text, each or every few of them. */
function isNumbered(lines: readonly TableLine[]): boolean {
  const numbers = lines.flatMap(({ cells, places }) => (places[0] === 0 ? [numberIn(cells[0]?.text)] : []));
  const step = (numbers[1] ?? 0) - (numbers[0] ?? 0);
  const isCounting = numbers.slice(1).every((number, at) => number - (numbers[at] ?? 0) === step);
  const texts = lines.flatMap(({ cells }) => cells[1]?.text ?? []);
  const long = texts.filter(({ length }) => length >= TEXT);
  return step > 0 && isCounting && long.length * 2 > texts.length;
}

function numberIn(text = ''): number {
  return /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
}
