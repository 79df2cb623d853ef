import type { Problem } from '../../../shared/problem.ts';
import { damagedFile } from '../file-problems.ts';

/** A page that cannot be read in full, counted from 1. */
export interface DamagedPage {
  readonly number: number;
  readonly detail: string;
}

/** What stands in the place of a page that the text is read without, so that nobody takes the next one for it. */
export function leftOutWords(number: number): string {
  return `[Page ${number} is damaged and missing here.]`;
}

export function damagedPages(damaged: readonly DamagedPage[], pages: number): Problem {
  const details = damaged.slice(0, DETAILS).map(({ number, detail }) => `Page ${number}: ${detail}`);
  const numbers = damaged.map(({ number }) => number);
  return damagedFile({ what: 'pdf_damaged_pages', damaged: numbers, pages }, details.join('\n'));
}

const DETAILS = 10;
