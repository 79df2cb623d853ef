import { type Agreement, comparedCells, type RowsToCompare } from '../../../shared/batch-comparison.ts';
import { formatCount, formatNumber } from '../ui/format.ts';

/** "212 of 240 answers the same · 20 different · 8 only in A · 5 without an answer in either". */
export function agreementWords(agreement: Agreement): string {
  const { none, same, different, only_left, only_right } = agreement;
  const all = comparedCells(agreement);
  if (all === 0) return 'Neither batch has an answer.';
  return [
    `${formatNumber(same)} of ${formatCount(all, 'answer')} the same`,
    ...(different === 0 ? [] : [`${formatNumber(different)} different`]),
    ...(only_left === 0 ? [] : [`${formatNumber(only_left)} only in A`]),
    ...(only_right === 0 ? [] : [`${formatNumber(only_right)} only in B`]),
    ...(none === 0 ? [] : [`${formatNumber(none)} without an answer in either`]),
  ].join(' · ');
}

/** "88%"; never 100 of what is not whole. */
export function agreementShare(agreement: Agreement): string {
  const all = comparedCells(agreement);
  if (all === 0) return '–';
  const percent = Math.floor((agreement.same / all) * 100);
  return `${percent}%`;
}

export const rowNames: Readonly<Record<RowsToCompare, string>> = {
  all: 'All',
  different: 'Differing',
  same: 'The same',
  none: 'No answer',
};

/** Questions that only one of the two asks, which are not compared; null if there are none. */
export function unpairedWords(onlyLeft: readonly string[], onlyRight: readonly string[]): string | null {
  const parts = [
    ...(onlyLeft.length === 0 ? [] : [`Only A asks: ${onlyLeft.join(', ')}.`]),
    ...(onlyRight.length === 0 ? [] : [`Only B asks: ${onlyRight.join(', ')}.`]),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}
