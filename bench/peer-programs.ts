/** What else turns documents into text: programs of Debian's packages, each started for each file. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export interface PeerText {
  readonly text: string;
  /** Null where it was not one file that was waited for. */
  readonly ms: number | null;
  readonly peakMb: number | null;
}

/** Texts by the files' places in the list; null for a file that the program does not read. */
export type PeerTexts = readonly (PeerText | null)[];

/** A program is given up then, with all that it started. */
const MOST_SECONDS = 30;
/** One rich text file made pandoc take 20 GB, and the machine stood still. */
const MOST_BYTES = 4_000_000_000;
const sheetsScript = fileURLToPath(new URL('./peers/sheets.sh', import.meta.url));
const mailScript = fileURLToPath(new URL('./peers/mail.py', import.meta.url));

const commands = {
  pandoc: (path: string, from: string) => ['pandoc', '--from', from, '--to', 'plain', '--wrap', 'none', path],
  w3m: (path: string) => ['w3m', '-dump', '-T', 'text/html', '-I', 'UTF-8', '-O', 'UTF-8', '-cols', '100000', path],
  antiword: (path: string) => ['antiword', '-m', 'UTF-8.txt', '-w', '0', path],
  catdoc: (path: string) => ['catdoc', '-d', 'utf-8', '-w', path],
  xls2csv: (path: string) => ['xls2csv', '-d', 'utf-8', path],
  ssconvert: (path: string) => ['sh', sheetsScript, path],
  catppt: (path: string) => ['catppt', '-d', 'utf-8', path],
  python: (path: string) => ['python3', mailScript, path],
} as const;
export type Program = keyof typeof commands;

/** @param from the format's name for pandoc. */
export function readByProgram(program: Program, files: readonly string[], from = ''): PeerTexts {
  return files.map((path) => {
    const startedAt = performance.now();
    // GNU time tells how much memory it took, in its last line.
    const bounded = ['timeout', '-s', 'KILL', String(MOST_SECONDS), 'prlimit', `--data=${MOST_BYTES}`];
    const args = ['-f', '%M', ...bounded, ...commands[program](path, from)];
    const run = spawnSync('/usr/bin/time', args, { maxBuffer: 1e9 });
    if (run.error !== undefined && 'code' in run.error && run.error.code === 'ENOENT')
      throw new Error(`${program} or time is missing; they are Debian packages.`, { cause: run.error });
    if (run.status !== 0) return null;
    const kilobytes = Number(/(\d+)\s*$/.exec(run.stderr.toString('latin1'))?.[1]);
    return { text: run.stdout.toString('utf8'), ms: performance.now() - startedAt, peakMb: kilobytes / 1_024 };
  });
}

/** How LibreOffice is asked for text: at once, or by way of a PDF. */
export type OfficeWay = 'text' | 'pages';
const filters: Readonly<Record<OfficeWay, string>> = { text: 'txt:Text (encoded):UTF8', pages: 'pdf' };

/** So many documents are given to one start of LibreOffice, which would take longer than all of them. */
const AT_ONCE = 25;
const SECONDS_FOR_SOME = 100;

export function readByOffice(files: readonly string[], way: OfficeWay, folder: string): PeerTexts {
  const [inputs, outputs] = [join(folder, 'inputs'), join(folder, 'outputs')];
  for (const each of [inputs, outputs]) {
    rmSync(each, { recursive: true, force: true });
    mkdirSync(each, { recursive: true });
  }
  const named = files.map((path, at) => join(inputs, `${at}.${basename(path).replace(/^.*\./, '')}`));
  for (const [at, path] of files.entries()) symlinkSync(path, named[at] ?? '');
  const waiting = Array.from({ length: Math.ceil(named.length / AT_ONCE) }, (_, at) =>
    named.slice(at * AT_ONCE, (at + 1) * AT_ONCE),
  );
  const spent: (number | null)[] = [];
  for (const some of waiting) {
    const startedAt = performance.now();
    convert(some, way, outputs, folder);
    const ms = (performance.now() - startedAt) / some.length;
    for (const _ of some) spent.push(ms);
  }
  return files.map((_, at) => {
    const text = writtenText(outputs, at, way);
    return text === null ? null : { text, ms: spent[at] ?? null, peakMb: null };
  });
}

/** One document can end LibreOffice; those after it are tried again without it. */
function convert(files: readonly string[], way: OfficeWay, outputs: string, folder: string): void {
  let left = files;
  for (let tries = 0; tries < 4 && left.length > 0; tries += 1) {
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    const office = ['soffice', profile, '--headless', '--convert-to', filters[way], '--outdir', outputs, ...left];
    // It is a script that starts others; this ends them all.
    const run = spawnSync('timeout', ['-s', 'KILL', String(SECONDS_FOR_SOME), ...office], { stdio: 'ignore' });
    if (run.status === 0) return;
    const written = new Set(readdirSync(outputs).map((name) => name.replace(/[.-].*$/, '')));
    const reached = left.findLastIndex((path) => written.has(basename(path).replace(/\..*$/, '')));
    left = left.slice(reached + 2);
  }
}

function writtenText(outputs: string, at: number, way: OfficeWay): string | null {
  const path = join(outputs, `${at}.${way === 'text' ? 'txt' : 'pdf'}`);
  if (!existsSync(path)) return null;
  if (way === 'text') return readFileSync(path, 'utf8');
  const read = spawnSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { maxBuffer: 1e9 });
  return read.status === 0 ? read.stdout.toString('utf8') : null;
}
