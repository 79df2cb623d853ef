/** Has Docket's threads read mutants one after the other, and tells what became of them. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExtractor } from '../src/main/documents/extractor.ts';
import { problemSentence } from '../src/shared/problem-words.ts';
import { noteWords } from '../src/shared/reading-note-words.ts';
import { readTask, sendReport } from './child.ts';
import { fuzzCorpus } from './fuzz-corpus.ts';
import { type Mutant, mutantOf } from './fuzz-mutants.ts';

export interface FuzzTask {
  /** Number of the first mutant. */
  readonly from: number;
  readonly files: number;
  readonly longestMs: number;
  readonly folder: string;
}

export interface FuzzReport {
  readonly files: number;
  readonly crashes: number;
  readonly hangs: number;
  readonly overMemory: number;
  readonly peakMegabytes: number;
  readonly slowestMs: number;
}

/** As it is built: from its sources a thread takes five times as long to start. */
const workerUrl = new URL('../out/main/extract-worker.js', import.meta.url);
/** What is found is kept here: it becomes a test. */
const foundFolder = join(tmpdir(), 'docket-fuzz');
const AT_ONCE = 2;

const task = readTask<FuzzTask>();
const corpus = await fuzzCorpus();
const extractor = createExtractor({ workerUrl, threads: AT_ONCE });
const counts = { files: 0, crashes: 0, hangs: 0, overMemory: 0, peakMegabytes: 0, slowestMs: 0 };
const endsAt = performance.now() + task.longestMs;
let next = task.from;

function noteMemory(): void {
  counts.peakMegabytes = Math.max(counts.peakMegabytes, process.memoryUsage.rss() / 1024 ** 2);
}

/** What is wrong with how a mutant was read; null if it was read, or not for a reason that people are told. */
async function faultOf(path: string): Promise<'crashes' | 'hangs' | 'overMemory' | null> {
  const listed = path.endsWith('.zip') ? await extractor.list(path) : null;
  const read = listed?.ok === false ? listed : await extractor.extract(path);
  if (read.ok) {
    for (const note of read.value.notes) noteWords(note);
    return null;
  }
  if (read.error.code === 'extract_timeout') return 'hangs';
  if (read.error.code === 'extract_memory') return 'overMemory';
  if (read.error.code === 'unexpected') throw new Error(read.error.detail);
  return problemSentence(read.error) === '' ? 'crashes' : null;
}

function tell(number: number, { name, bytes }: Mutant, what: string): void {
  mkdirSync(foundFolder, { recursive: true });
  const path = join(foundFolder, `${number} ${name}`);
  writeFileSync(path, bytes);
  process.stderr.write(`fuzz: mutant ${number} of ${name} ${what}; it is in ${path}\n`);
}

async function readOne(number: number): Promise<void> {
  const mutant = mutantOf(corpus, number);
  const path = join(task.folder, `${number} ${mutant.name}`);
  writeFileSync(path, mutant.bytes);
  const startedAt = performance.now();
  const fault = await faultOf(path).catch((error: unknown) => {
    tell(number, mutant, String(error));
    return 'crashes' as const;
  });
  const ms = performance.now() - startedAt;
  if (fault !== null) counts[fault] += 1;
  if (fault === 'hangs' || fault === 'overMemory') tell(number, mutant, fault);
  counts.files += 1;
  if (ms > counts.slowestMs) {
    counts.slowestMs = ms;
    process.stderr.write(`fuzz: mutant ${number} of ${mutant.name} took ${ms.toFixed(0)} ms\n`);
  }
  rmSync(path);
}

async function readOnAndOn(): Promise<void> {
  while (next < task.from + task.files && performance.now() < endsAt) {
    next += 1;
    await readOne(next - 1);
    if (next % 1_000 === 0) process.stderr.write(`fuzz: ${next - task.from} files\n`);
  }
}

const watching = setInterval(noteMemory, 50);
await Promise.all(Array.from({ length: AT_ONCE }, readOnAndOn));
clearInterval(watching);
await extractor.close();
await sendReport(counts satisfies FuzzReport);
