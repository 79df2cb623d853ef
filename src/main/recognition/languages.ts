import { type FoundLanguage, languageName, SHIPPED_LANGUAGE } from '../../shared/recognition-languages.ts';
import { packageFiles } from '../common/package-files.ts';
import { languageFile, languagesIn, stateOfData } from './language-data.ts';
import type { LanguageData } from './messages.ts';

/** The languages that pages are read in. */
export interface ChosenLanguages {
  /** At least English, which ships. */
  readonly data: readonly LanguageData[];
  /** Chosen ones whose data is not on this machine. */
  readonly missing: readonly string[];
  /** Chosen ones whose data is of no use. */
  readonly damaged: readonly string[];
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
 * Finds the data of some languages: in folders for the user's own, among what ships, or where the system keeps it.
 * Nothing is fetched.
 */
export async function findLanguages(codes: readonly string[], ownFolders: readonly string[]): Promise<ChosenLanguages> {
  const data: LanguageData[] = [];
  const missing: string[] = [];
  const damaged: string[] = [];
  for (const code of codes) {
    const found = await findLanguage(code, ownFolders);
    if (found === null) missing.push(code);
    else if (found.state === 'good') data.push({ code, path: found.path });
    else damaged.push(code);
  }
  return { data: data.length > 0 ? data : [shippedLanguage()], missing, damaged };
}

/** Every language whose data is on this machine, good or not. */
export async function listLanguages(ownFolders: readonly string[]): Promise<readonly FoundLanguage[]> {
  const lists = await Promise.all([...ownFolders, ...systemFoldersHere()].map(languagesIn));
  const codes = [...new Set([SHIPPED_LANGUAGE, ...lists.flat()])];
  const found = await Promise.all(
    codes.map(async (code) => {
      const language = await findLanguage(code, ownFolders);
      return language === null ? [] : [{ code, from: language.from, state: language.state }];
    }),
  );
  return found.flat().sort((one, other) => languageName(one.code).localeCompare(languageName(other.code), 'en'));
}

interface Found extends FoundLanguage {
  readonly path: string;
}

/** The first good file, or else the first one. */
async function findLanguage(code: string, ownFolders: readonly string[]): Promise<Found | null> {
  const inFolders = async (folders: readonly string[], from: FoundLanguage['from']) => {
    const paths = folders.map((folder) => languageFile(folder, code));
    return await Promise.all(paths.map(async (path) => ({ code, from, path, state: await stateOfData(path) })));
  };
  const shipped = { code, from: 'docket', path: shippedLanguage().path, state: 'good' } as const;
  const all = [
    ...(await inFolders(ownFolders, 'folder')),
    ...(code === SHIPPED_LANGUAGE ? [shipped] : []),
    ...(await inFolders(systemFoldersHere(), 'system')),
  ].filter((found): found is Found => found.state !== null);
  return all.find(({ state }) => state === 'good') ?? all[0] ?? null;
}

function systemFoldersHere(): readonly string[] {
  return systemFolders[process.platform] ?? [];
}

function shippedLanguage(): LanguageData {
  const path = packageFiles.resolve('@tesseract.js-data/eng/4.0.0_best_int/eng.traineddata.gz');
  return { code: SHIPPED_LANGUAGE, path };
}
