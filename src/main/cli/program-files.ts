import { readFileSync } from 'node:fs';

/** What threads and processes start from: beside the program when it is built, in their folders when it is source. */
export interface ProgramFiles {
  readonly store: URL;
  readonly extract: URL;
  readonly builtin: URL;
}

/** @param program the URL of the program's first file. */
export function programFiles(program: string): ProgramFiles {
  const isSource = program.endsWith('.ts');
  const find = (source: string, built: string) => new URL(isSource ? source : built, program);
  return {
    store: find('./store/store-worker.ts', './store-worker.js'),
    extract: find('./documents/extract-worker.ts', './extract-worker.js'),
    builtin: find('./builtin/process.ts', './builtin-process.js'),
  };
}

/** Built or not, the program lies two folders below its package. */
export function programVersion(program: string): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', program), 'utf8')) as { version: string };
  return version;
}
