/** Reads documents one after the other, as Docket does on its threads. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createExtractor } from '../src/main/documents/extractor.ts';
import { readTask, sendReport } from './child.ts';

export interface DocumentsTask {
  readonly files: readonly string[];
  /** Where the texts go, by their place in `files`. */
  readonly folder: string;
}

export interface DocumentsReport {
  /** Null for a file that was not read. */
  readonly ms: readonly (number | null)[];
  /** Why files were not read, by code. */
  readonly problems: readonly (string | null)[];
  readonly peakMb: number;
}

const { files, folder } = readTask<DocumentsTask>();
/** As it is built: from its sources a thread takes five times as long to start. */
const workerUrl = new URL('../out/main/extract-worker.js', import.meta.url);
const extractor = createExtractor({ workerUrl, threads: 1 });
const ms: (number | null)[] = [];
const problems: (string | null)[] = [];
// The first one starts the thread and loads what reads it.
await extractor.extract(files[0] ?? '');
for (const [at, file] of files.entries()) {
  const startedAt = performance.now();
  const read = await extractor.extract(file);
  ms.push(read.ok ? performance.now() - startedAt : null);
  problems.push(read.ok ? null : read.error.code);
  writeFileSync(join(folder, `${at}.txt`), read.ok ? (read.value.text ?? '') : '');
}
await extractor.close();
const report: DocumentsReport = { ms, problems, peakMb: process.resourceUsage().maxRSS / 1_024 };
await sendReport(report);
