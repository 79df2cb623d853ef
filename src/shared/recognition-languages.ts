/** English ships with Docket; other languages are taken from where the user or the system has them. */
export const SHIPPED_LANGUAGE = 'eng';

/** The folder in the data folder where further languages' data may be put, besides one that the user names. */
export const OWN_LANGUAGES_FOLDER = 'tessdata';

const CODE = /^[A-Za-z]{3}(?:_[A-Za-z_]+)?$/;

/** The codes in what a person typed ("deu, fra" or "deu+fra"), as Tesseract names its languages; null if it is no list of them. */
export function languageCodes(typed: string): readonly string[] | null {
  const codes = typed.split(/[\s,+]+/).filter((code) => code !== '');
  const isList = codes.length > 0 && codes.every((code) => CODE.test(code));
  return isList ? [...new Set(codes)] : null;
}

/** What a file with a language's data is good for. `too_old`: it has nothing for the recognition that Docket uses. */
export type DataState = 'good' | 'damaged' | 'too_old';

/** A language whose data is on this machine. */
export interface FoundLanguage {
  readonly code: string;
  readonly from: 'docket' | 'folder' | 'system';
  readonly state: DataState;
}

export interface LanguageList {
  /** The folder that the user named; null for none. */
  readonly folder: string | null;
  readonly found: readonly FoundLanguage[];
}

/** What Tesseract calls otherwise than the standard does. */
const ownNames: Readonly<Record<string, string>> = {
  chi_sim: 'Chinese, simplified',
  chi_tra: 'Chinese, traditional',
  frk: 'German, black letter',
};

/** "German" for `deu`; the code itself where nothing is known of it. */
export function languageName(code: string): string {
  const own = ownNames[code];
  if (own !== undefined) return own;
  const [language = code, ...variant] = code.split('_');
  const name = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' }).of(language) ?? language;
  return name === language ? code : [name, ...variant].join(', ');
}
