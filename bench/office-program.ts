/** Documents as LibreOffice shows them: printed to PDF, whose text pdftotext gives. */
import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MOST_BYTES, type PeerTexts } from './peer-programs.ts';

/** It is given up on a document then, with all that it started. */
const MOST_SECONDS = 30;

/**
 * One start for all the files, because it takes longer than most of them.
 *
 * @param folder a new one, for its profile and what it writes.
 */
export async function readByOffice(files: readonly string[], folder: string): Promise<PeerTexts> {
  const [inputs, outputs] = [join(folder, 'inputs'), join(folder, 'outputs')];
  for (const each of [inputs, outputs]) mkdirSync(each, { recursive: true });
  const named = files.map((path, at) => join(inputs, `${at}.${basename(path).replace(/^.*\./, '')}`));
  for (const [at, path] of files.entries()) symlinkSync(path, named[at] ?? '');
  const startedAt = performance.now();
  await convertAll(named, outputs, folder);
  const ms = (performance.now() - startedAt) / files.length;
  const texts = await Promise.all(files.map((_, at) => textOf(join(outputs, `${at}.pdf`))));
  return texts.map((text) => (text === null ? null : { text, ms, peakMb: null }));
}

/** One document can end it or keep it for ever; those after it are tried again without it. */
async function convertAll(files: readonly string[], outputs: string, folder: string): Promise<void> {
  let left = files;
  while (left.length > 0) {
    if (await convert(left, outputs, folder)) return;
    const written = writtenIn(outputs);
    const reached = left.findLastIndex((path) => written.has(basename(path).replace(/\..*$/, '')));
    left = left.slice(reached + 2);
  }
}

/** @returns whether it came to the end of them. */
function convert(files: readonly string[], outputs: string, folder: string): Promise<boolean> {
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
  const office = ['soffice', profile, '--headless', '--convert-to', 'pdf', '--outdir', outputs, ...files];
  // A group of its own: it is a script that starts others.
  const child = spawn('prlimit', [`--data=${MOST_BYTES}`, ...office], { stdio: 'ignore', detached: true });
  let count = writtenIn(outputs).size;
  let writtenAt = performance.now();
  const watching = setInterval(() => {
    const now = writtenIn(outputs).size;
    if (now !== count) [count, writtenAt] = [now, performance.now()];
    else if (performance.now() - writtenAt > MOST_SECONDS * 1_000 && child.pid !== undefined)
      process.kill(-child.pid, 'SIGKILL');
  }, 500);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watching);
      resolve(code === 0);
    });
  });
}

function writtenIn(folder: string): ReadonlySet<string> {
  return new Set(readdirSync(folder).flatMap((name) => /^(\d+)\.pdf$/.exec(name)?.[1] ?? []));
}

function textOf(pdf: string): Promise<string | null> {
  if (!existsSync(pdf)) return Promise.resolve(null);
  return new Promise((resolve) => {
    execFile('pdftotext', ['-enc', 'UTF-8', pdf, '-'], { maxBuffer: 1e9 }, (error, out) => {
      resolve(error === null ? out : null);
    });
  });
}
