/** Real documents of every format, spread over the packages that they are from. */
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageFiles } from './debian-packages.ts';
import { sourceFolders } from './source-packages.ts';

const endings = {
  docx: /\.(?:docx|docm|dotx)$/i,
  odt: /\.(?:odt|ott|fodt)$/i,
  rtf: /\.rtf$/i,
  doc: /\.(?:doc|dot)$/i,
  xlsx: /\.(?:xlsx|xlsm)$/i,
  /** Not those in one piece: the peer takes them for text. */
  ods: /\.ods$/i,
  xls: /\.(?:xls|xlt)$/i,
  pptx: /\.(?:pptx|pptm)$/i,
  odp: /\.(?:odp|otp|fodp)$/i,
  ppt: /\.(?:ppt|pps)$/i,
  epub: /\.epub$/i,
  html: /\.(?:html?|xhtml)$/i,
  eml: /\.eml$/i,
  mbox: /\.mbox$/i,
  msg: /\.msg$/i,
} as const;

export type RealFormat = keyof typeof endings;
export const realFormats = Object.keys(endings) as readonly RealFormat[];

/** Packages whose own files are books: few sources have any. */
const bookPackages = [
  'debian-policy',
  'developers-reference',
  'live-manual-epub',
  'debian-history',
  'debmake-doc',
  ...['da', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nb-no', 'nl', 'pt-br', 'pt-pt', 'zh-cn'].map(
    (language) => `debian-edu-doc-${language}`,
  ),
];

/** Larger ones take more time than they tell. */
const largestBytes = 4_000_000;

/** So many are looked at for each that is read. */
const CANDIDATES = 4;

/** Made to do harm, many of them scrambled so that no virus scanner finds them: the fuzz run is for these. */
const hostile = /\/(?:pass|fail|indeterminate)\/|\/(?:CVE|EDB|ofz|forcepoint|crash|hang)-?[^/]*$/;

/**
 * At most so many documents of a format, in turns from each package. The same ones every time.
 *
 * @param hasWords which of some files are worth reading: many were made to show one line or picture.
 */
export function realDocuments(
  format: RealFormat,
  most: number,
  hasWords: (paths: readonly string[]) => readonly boolean[],
  say: (text: string) => void,
): readonly string[] {
  const books = format === 'epub' ? bookPackages.map((name) => unlike(packageFiles(name, endings.epub))) : [];
  const groups = sourceFolders(say).map((folder) => filesIn(folder, endings[format]));
  const all = [...groups, ...books];
  const candidates = inTurns(all, CANDIDATES * most);
  const worth = hasWords(candidates);
  const chosen = new Set(candidates.filter((_, at) => worth[at] === true));
  return inTurns(
    all.map((group) => group.filter((path) => chosen.has(path))),
    most,
  );
}

/** Some packages have a file in two folders. */
function unlike(paths: readonly string[]): readonly string[] {
  return [...new Map(paths.map((path) => [`${basename(path)} ${statSync(path).size}`, path])).values()];
}

function filesIn(folder: string, ending: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && ending.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !hostile.test(path) && statSync(path).size <= largestBytes)
    .sort();
}

/** As many of each group as there is room for, spread evenly over its names. */
function inTurns(groups: readonly (readonly string[])[], count: number): readonly string[] {
  const waiting = groups.filter((group) => group.length > 0).sort((one, other) => one.length - other.length);
  let left = count;
  return waiting.flatMap((group, at) => {
    const share = Math.min(group.length, Math.floor(left / (waiting.length - at)));
    left -= share;
    return Array.from({ length: share }, (_, place) => group[Math.floor((place * group.length) / share)] ?? '');
  });
}
