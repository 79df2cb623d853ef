import { readFileSync } from 'node:fs';

/** Entry points of threads and processes: beside the program when built, in their own folders when run from source. */
export interface ProgramFiles {
  readonly store: URL;
  readonly extract: URL;
  readonly text: URL;
  readonly xlsx: URL;
  readonly watch: URL;
  readonly builtin: URL;
  readonly recognition: URL;
  readonly pages: URL;
}

/** @param program the URL of the program's entry file. */
export function programFiles(program: string): ProgramFiles {
  const isSource = program.endsWith('.ts');
  const find = (source: string, built: string) => new URL(isSource ? source : built, program);
  return {
    store: find('./store/store-worker.ts', './store-worker.js'),
    extract: find('./documents/extract-worker.ts', './extract-worker.js'),
    text: find('./recipes/text-worker.ts', './text-worker.js'),
    xlsx: find('./batch/export/xlsx-worker.ts', './xlsx-worker.js'),
    watch: find('./batch/watch/watch-worker.ts', './watch-worker.js'),
    builtin: find('./builtin/process.ts', './builtin-process.js'),
    recognition: find('./recognition/process.ts', './recognition-process.js'),
    pages: find('./pages/process.ts', './page-process.js'),
  };
}

/** The program lies two folders below its package, built or not. */
export function programVersion(program: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', program), 'utf8')) as { version: string };
  return version;
}
