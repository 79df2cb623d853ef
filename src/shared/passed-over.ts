import { countOf } from './amounts.ts';

/** Of what was added, how many names have no row of their own: `1 name passed over`. */
export function passedOverWords(count: number): string {
  return `${countOf(count, 'name')} passed over`;
}

export const WHY_PASSED_OVER =
  'hidden, temporary and system files, files added or linked to more than once, and files that Docket itself writes';
