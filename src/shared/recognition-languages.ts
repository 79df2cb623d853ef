/** English ships with Docket; other languages are taken from where the user or the system has them. */
export const SHIPPED_LANGUAGE = 'eng';

/** The folder in the data folder where a user may put further languages' data. */
export const OWN_LANGUAGES_FOLDER = 'tessdata';

const CODE = /^[A-Za-z]{3}(?:_[A-Za-z_]+)?$/;

/** The codes in what a person typed ("deu, fra" or "deu+fra"), as Tesseract names its languages; null if it is no list of them. */
export function languageCodes(typed: string): readonly string[] | null {
  const codes = typed.split(/[\s,+]+/).filter((code) => code !== '');
  const isList = codes.length > 0 && codes.every((code) => CODE.test(code));
  return isList ? [...new Set(codes)] : null;
}
