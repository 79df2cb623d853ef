/** Reads documents one after the other, as Docket does on its threads or as a peer does. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExtractor } from '../src/main/documents/extractor.ts';
import { readTask, sendReport } from './child.ts';

export interface ReadingTask {
  readonly contender: 'docket' | 'pdfjs' | 'pdftotext' | 'mutool';
  readonly files: readonly string[];
  /** Where the texts go, by their place in `files`; Docket's with what it leaves out because an earlier page has it. */
  readonly folder: string;
}

/** Milliseconds by file; null if it was not read. */
export type ReadingReport = readonly (number | null)[];

type Read = (path: string) => Promise<string | null>;

/** As it is built: from its sources a thread takes five times as long to start. */
const workerUrl = new URL('../out/main/extract-worker.js', import.meta.url);

const { contender, files, folder } = readTask<ReadingTask>();
const extractor = createExtractor({ workerUrl, threads: 1, workMs: () => Number.POSITIVE_INFINITY });
const readers: Readonly<Record<ReadingTask['contender'], Read>> = {
  docket: async (path) => {
    const read = await extractor.extract(path);
    return read.ok ? read.value.text : null;
  },
  pdfjs: async (path) => {
    const { readAlone } = await import('./peers/pdfjs.ts');
    return await readAlone(path).catch(() => null);
  },
  pdftotext: async (path) => readBy('pdftotext', ['-enc', 'UTF-8', path, '-'], 'poppler-utils'),
  mutool: async (path) => readBy('mutool', ['draw', '-q', '-F', 'txt', '-o', '-', path], 'mupdf-tools'),
};

function readBy(program: string, args: readonly string[], debianPackage: string): string {
  const read = spawnSync(program, args, { maxBuffer: 1e9 });
  if (read.error !== undefined)
    throw new Error(`${program} is in Debian's package ${debianPackage}.`, { cause: read.error });
  return read.stdout.toString('utf8');
}

const report: (number | null)[] = [];
// The first one starts the thread and loads what reads it.
await readers[contender](files[0] ?? '');
for (const [at, file] of files.entries()) {
  const startedAt = performance.now();
  const text = await readers[contender](file);
  report.push(text === null ? null : performance.now() - startedAt);
  writeFileSync(join(folder, `${at}.txt`), text ?? '');
}
await extractor.close();
if (contender === 'docket') {
  const { readPdf } = await import('../src/main/documents/pdf/read-pdf.ts');
  for (const [at, file] of files.entries()) {
    const read = await readPdf(readFileSync(file));
    writeFileSync(join(folder, `${at}.repeats.txt`), read.ok ? read.value.repeats.join('\n') : '');
  }
}
await sendReport(report);
