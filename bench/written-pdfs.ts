/** PDFs of the known texts, by the writers that most documents come from. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { unpackedPackage } from './debian-packages.ts';
import { cleanEnvironment, electronPath, switches } from './electron-program.ts';
import { htmlOf, type KnownText, knownTexts, textOf } from './known-texts.ts';

export interface WrittenPdf {
  readonly writer: string;
  readonly language: string;
  readonly path: string;
  readonly text: string;
}

/** So that every machine draws with the same letters. */
const fontPackages = ['fonts-noto-core', 'fonts-wqy-microhei', 'fonts-ipafont-gothic', 'fonts-unfonts-core'];

/** As on a well-kept machine: letters of one word come from one font. */
const preferredFonts: Readonly<Record<string, readonly string[]>> = {
  serif: [...['', ' Hebrew', ' Devanagari', ' Thai'].map((script) => `Noto Serif${script}`), 'Noto Naskh Arabic'],
  'sans-serif': [...['', ' Hebrew', ' Devanagari', ' Thai', ' Arabic'].map((script) => `Noto Sans${script}`)],
  'Times New Roman': ['Noto Serif'],
  Arial: ['Noto Sans'],
};

const writers: Readonly<Record<string, (folder: string, env: Record<string, string>) => void>> = {
  LibreOffice: (folder, env) => {
    const profile = pathToFileURL(join(folder, 'profile')).href;
    const files = knownTexts().map(({ language }) => join(folder, `${language}.html`));
    const filters = ['--infilter=HTML (StarWriter)', '--convert-to', 'pdf:writer_pdf_Export'];
    run('soffice', [`-env:UserInstallation=${profile}`, '--headless', ...filters, '--outdir', folder, ...files], env);
  },
  Chromium: (folder, env) => {
    const app = fileURLToPath(new URL('./printing-electron', import.meta.url));
    run(electronPath, [...switches, `--user-data-dir=${join(folder, 'profile')}`, app, folder], env);
  },
};

/** @throws if a writer is missing: LibreOffice is Debian's package libreoffice-writer-nogui. */
export function writtenPdfs(folder: string): readonly WrittenPdf[] {
  const env = cleanEnvironment({ FONTCONFIG_FILE: fontConfiguration(folder) });
  const texts = knownTexts();
  return Object.entries(writers).flatMap(([writer, write]) => {
    const target = join(folder, writer);
    mkdirSync(target, { recursive: true });
    for (const text of texts) writeFileSync(join(target, `${text.language}.html`), htmlOf(text));
    write(target, env);
    return texts.map((text) => written(writer, target, text));
  });
}

function written(writer: string, folder: string, text: KnownText): WrittenPdf {
  return { writer, language: text.language, path: join(folder, `${text.language}.pdf`), text: textOf(text) };
}

function fontConfiguration(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'fonts.conf');
  const folders = fontPackages.map((name) => `<dir>${join(unpackedPackage(name), 'usr/share/fonts')}</dir>`);
  const cache = `<cachedir>${join(folder, 'font-cache')}</cachedir>`;
  const preferred = Object.entries(preferredFonts).map(
    ([family, fonts]) =>
      `<alias><family>${family}</family><prefer>${fonts.map((font) => `<family>${font}</family>`).join('')}</prefer></alias>`,
  );
  writeFileSync(path, `<?xml version="1.0"?><fontconfig>${[...folders, cache, ...preferred].join('')}</fontconfig>\n`);
  return path;
}

function run(command: string, args: readonly string[], env: Record<string, string>): void {
  execFileSync(command, args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
}
