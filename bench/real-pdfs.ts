/** PDFs of Debian's packages, by as many writers and in as many languages as could be found. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { packageFiles } from './debian-packages.ts';

/** The list can grow; what is taken out of it makes the numbers before and after incomparable. */
const packages = [
  ...['abinit-doc', 'auto-multiple-choice-doc-pdf', 'bash-doc', 'debian-faq', 'debian-faq-de', 'debian-faq-fr'],
  ...['debian-faq-ja', 'debian-faq-zh-cn', 'debian-policy', 'debian-refcard', 'developers-reference'],
  ...['docbook-xsl-doc-pdf', 'eyes17-manuals-fr', 'eyes17-manuals-ml', 'gap-doc', 'ghostscript-doc'],
  ...['gle-graphics-manual', 'gnuplot-doc', 'gretl-doc', 'gri-pdf-doc', 'groff', 'installation-guide-amd64'],
  ...['ledger', 'ledgersmb', 'lilypond-doc-pdf-hu', 'lilypond-doc-pdf-nl', 'live-manual-pdf', 'maxima-doc'],
  ...['mpich-doc', 'muttprint-manual', 'octave-doc', 'pari-doc', 'r-doc-pdf', 'siscone-doc-pdf'],
  ...['texlive-humanities-doc', 'texlive-lang-arabic', 'texlive-lang-cyrillic', 'texlive-lang-czechslovak'],
  ...['texlive-lang-european', 'texlive-lang-german', 'texlive-lang-italian', 'texlive-lang-other'],
  ...['texlive-lang-polish', 'texlive-lang-portuguese', 'texlive-lang-spanish', 'why3-doc-pdf', 'xfig-doc', 'zsh-doc'],
] as const;

/**
 * Gives at most so many PDFs of each package, spread evenly over its names, in the folder. What several packages or
 * languages share is there once.
 */
export function realPdfs(folder: string, perPackage: number): readonly string[] {
  mkdirSync(folder, { recursive: true });
  const seen = new Set<string>();
  return packages.flatMap((name) =>
    spread(packageFiles(name, /\.pdf(\.gz)?$/), perPackage).flatMap((file, at) => {
      const bytes = file.endsWith('.gz') ? gunzipSync(readFileSync(file)) : readFileSync(file);
      const hash = createHash('sha256').update(bytes).digest('hex');
      if (seen.has(hash)) return [];
      seen.add(hash);
      const path = join(folder, `${name}.${at}.${basename(file, '.gz')}`);
      if (file.endsWith('.gz')) writeFileSync(path, bytes);
      else symlinkSync(file, path);
      return [path];
    }),
  );
}

function spread<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (items.length <= count) return items;
  return Array.from({ length: count }, (_, at) => items[Math.floor((at * items.length) / count)]).filter(
    (item) => item !== undefined,
  );
}
