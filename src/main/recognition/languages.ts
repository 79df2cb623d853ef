import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { SHIPPED_LANGUAGE } from '../../shared/recognition-languages.ts';
import { packageFiles } from '../common/package-files.ts';
import type { LanguageData } from './messages.ts';

/** The languages that pages are read in. */
export interface ChosenLanguages {
  /** At least English, which ships. */
  readonly data: readonly LanguageData[];
  /** Chosen ones whose data is not on this machine. */
  readonly missing: readonly string[];
}

/** Where Tesseract's own packages leave their data. */
const systemFolders: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: [
    '/usr/share/tesseract-ocr/5/tessdata',
    '/usr/share/tesseract-ocr/4.00/tessdata',
    '/usr/share/tessdata',
    '/usr/local/share/tessdata',
  ],
  darwin: ['/opt/homebrew/share/tessdata', '/usr/local/share/tessdata'],
  win32: ['C:\\Program Files\\Tesseract-OCR\\tessdata'],
};

/**
 * Finds the data of some languages: in a folder for the user's own, among what ships, or where the system keeps it.
 * Nothing is fetched.
 */
export async function findLanguages(codes: readonly string[], ownFolder: string): Promise<ChosenLanguages> {
  const data: LanguageData[] = [];
  const missing: string[] = [];
  for (const code of codes) {
    const path = await findLanguage(code, ownFolder);
    if (path === null) missing.push(code);
    else data.push({ code, path });
  }
  return { data: data.length > 0 ? data : [shippedLanguage()], missing };
}

async function findLanguage(code: string, ownFolder: string): Promise<string | null> {
  const name = `${code}.traineddata`;
  const own = join(ownFolder, name);
  if (await isReadable(own)) return own;
  if (code === SHIPPED_LANGUAGE) return shippedLanguage().path;
  for (const folder of systemFolders[process.platform] ?? []) {
    const path = join(folder, name);
    if (await isReadable(path)) return path;
  }
  return null;
}

async function isReadable(path: string): Promise<boolean> {
  return await access(path, constants.R_OK).then(
    () => true,
    () => false,
  );
}

function shippedLanguage(): LanguageData {
  const path = packageFiles.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
  return { code: SHIPPED_LANGUAGE, path };
}
