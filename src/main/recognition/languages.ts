import { packageFiles } from '../common/package-files.ts';
import type { LanguageData } from './messages.ts';

/** English ships with Docket. */
export function shippedLanguage(): LanguageData {
  return { code: 'eng', path: packageFiles.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz') };
}
