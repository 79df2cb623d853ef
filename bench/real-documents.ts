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
  ods: /\.(?:ods|fods)$/i,
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
const bookPackages = ['debian-policy', 'developers-reference', 'live-manual-epub'];

/** Larger ones take more time than they tell. */
const largestBytes = 4_000_000;

/** Made to do harm, many of them scrambled so that no virus scanner finds them: the fuzz run is for these. */
const hostile = /\/(?:pass|fail|indeterminate)\/|\/(?:CVE|EDB|ofz|forcepoint|crash|hang)-?[^/]*$/;

/** At most so many documents of each format, in turns from each package. The same ones every time. */
export function realDocuments(
  perFormat: number,
  say: (text: string) => void,
): Readonly<Record<RealFormat, readonly string[]>> {
  const folders = sourceFolders(say).map((folder) => filesIn(folder));
  const books = bookPackages.map((name) => packageFiles(name, endings.epub));
  const chosen = realFormats.map((format) => {
    const groups = [...folders, ...(format === 'epub' ? books : [])].map((files) =>
      files.filter((path) => endings[format].test(basename(path))),
    );
    return [format, inTurns(groups, perFormat)] as const;
  });
  return Object.fromEntries(chosen) as Record<RealFormat, readonly string[]>;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
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
