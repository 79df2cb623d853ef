import { isAbsolute } from 'node:path';
import type { LanguageList } from '../../shared/recognition-languages.ts';
import { type ChosenLanguages, findLanguages, listLanguages } from './languages.ts';

/** The languages that there are, and those that are chosen. */
export interface LanguageChoices {
  list(): Promise<LanguageList>;
  /** Looks for data in a folder from now on, too; null for none of the user's own. */
  lookIn(folder: string | null): Promise<LanguageList>;
  find(codes: readonly string[]): Promise<ChosenLanguages>;
}

interface LanguageChoicesParts {
  /** Always looked at. */
  readonly ownFolder: string;
  /** The folder named before, as it was saved. */
  readonly saved: unknown;
  readonly save: (folder: string | null) => Promise<unknown>;
}

/** The folder is kept here and not among the settings that a window may save: a window never names a path. */
export function createLanguageChoices({ ownFolder, saved, save }: LanguageChoicesParts): LanguageChoices {
  let folder = typeof saved === 'string' && isAbsolute(saved) ? saved : null;
  const folders = () => (folder === null ? [ownFolder] : [folder, ownFolder]);
  const list = async () => ({ folder, found: await listLanguages(folders()) });
  return {
    list,
    lookIn: async (next) => {
      await save(next);
      folder = next;
      return list();
    },
    find: (codes) => findLanguages(codes, folders()),
  };
}
