import { type Problem, problem } from '../../../shared/problem.ts';
import type { FoundInSheets } from './found-in-sheets.ts';

/** The problem of a workbook without text: what else its sheets hold. */
export function textlessWorkbook({ largeImages, objects, hasControls, hasOtherCharts }: FoundInSheets): Problem {
  if (largeImages > 0) return problem('file_no_text', { what: 'workbook_images' });
  if (objects.size > 0) return problem('file_no_text', { what: 'workbook_objects' });
  return hasControls || hasOtherCharts
    ? problem('file_no_text', { what: 'workbook_drawings' })
    : problem('file_empty', { what: 'workbook' });
}
