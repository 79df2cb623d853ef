import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sortNaturally } from '../../src/main/documents/natural-order.ts';
import { type Found, type WalkOptions, type WalkSummary, walk } from '../../src/main/documents/walk.ts';
import { problem } from '../../src/shared/problem.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { writeManyFiles } from '../support/corpus.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { asOrdinaryUser, tempFolder } from './temp-folder.ts';

async function walkAll(paths: readonly string[], options?: WalkOptions) {
  const steps = walk(paths, options);
  const found: Found[] = [];
  for (;;) {
    const step = await steps.next();
    if (step.done) return { found, summary: step.value satisfies WalkSummary };
    found.push(step.value);
  }
}

/** A line for each thing found: its name, and its problem code if any. */
function rows(found: readonly Found[]): string[] {
  return found.map((one) => (one.problem === undefined ? one.name : `${one.name}: ${one.problem.code}`));
}

describe('walking what was dropped', () => {
  it('finds every file in natural order, with names starting at the dropped folder', async () => {
    const folder = tempFolder();
    for (const name of ['b/2.txt', 'b/10.txt', 'b/Äpfel.txt', 'a.txt', 'b/c/d/e.txt', 'B2.txt', 'b/zebra.txt']) {
      folder.put(`papers/${name}`, 'Words.');
    }
    const { found, summary } = await walkAll([join(folder.path, 'papers')]);
    expect(rows(found)).toEqual([
      'papers/a.txt',
      'papers/b/2.txt',
      'papers/b/10.txt',
      'papers/b/Äpfel.txt',
      'papers/b/c/d/e.txt',
      'papers/b/zebra.txt',
      'papers/B2.txt',
    ]);
    expect(found[0]).toMatchObject({ path: join(folder.path, 'papers/a.txt'), bytes: 6 });
    expect(Math.abs((found[0]?.modifiedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(summary).toEqual({ files: 7, failed: 0, skipped: 0, repeated: 0, aborted: false });
  });

  it('keeps single files in the order they were dropped', async () => {
    const folder = tempFolder();
    const paths = [folder.put('z.txt', 'z'), folder.put('.hidden', 'dropped by hand'), folder.put('a.txt', 'a')];
    expect(rows((await walkAll(paths)).found)).toEqual(['z.txt', '.hidden', 'a.txt']);
  });

  it('says that a path is too long for the system', async () => {
    const { found } = await walkAll([join(tempFolder().path, 'x'.repeat(300))]);
    expect(found).toMatchObject([
      { problem: problem('file_unreadable', { reason: 'path_too_long' }, { detail: expect.any(String) }) },
    ]);
  });

  it('skips and counts hidden files and leftovers of systems and tools', async () => {
    const folder = tempFolder();
    const leftovers = [
      '.DS_Store',
      'Thumbs.db',
      'desktop.ini',
      '.git/config',
      'node_modules/x/index.js',
      '~$report.docx',
    ];
    for (const name of [...leftovers, 'report.docx', 'src/.env', 'src/main.ts']) folder.put(`p/${name}`, 'x');
    const { found, summary } = await walkAll([join(folder.path, 'p')]);
    expect(rows(found)).toEqual(['p/report.docx', 'p/src/main.ts']);
    expect(summary).toMatchObject({ files: 2, skipped: 7 });
  });

  it('yields a file once, however often it was dropped or linked to', async () => {
    const folder = tempFolder();
    const file = folder.put('p/real.txt', 'Words.');
    symlinkSync('real.txt', join(folder.path, 'p/also.txt'));
    mkdirSync(join(folder.path, 'elsewhere'));
    folder.put('elsewhere/far.txt', 'Far.');
    symlinkSync('../elsewhere', join(folder.path, 'p/linked'));
    symlinkSync('../elsewhere', join(folder.path, 'p/linked again'));
    linkSync(file, join(folder.path, 'p/second name.txt'));
    const { found, summary } = await walkAll([join(folder.path, 'p'), file, join(folder.path, 'elsewhere')]);
    expect(rows(found)).toEqual(['p/real.txt', 'p/second name.txt', 'elsewhere/far.txt']);
    expect(summary).toMatchObject({ files: 3, repeated: 4 });
  });

  it('lists a file under its own name, wherever a link to it is', async () => {
    const folder = tempFolder();
    const real = folder.put('p/sub/ok.txt', 'Words.');
    folder.put('p/.store/hidden.txt', 'Only links lead here.');
    for (const [name, target] of [
      ['also.txt', 'sub/ok.txt'],
      ['before', 'sub'],
      ['kept.txt', '.store/hidden.txt'],
      ['kept too.txt', 'kept.txt'],
      ['more/far.txt', '../sub/ok.txt'],
      ['more/kept.txt', '../.store/hidden.txt'],
    ] as const) {
      mkdirSync(dirname(join(folder.path, 'p', name)), { recursive: true });
      symlinkSync(target, join(folder.path, 'p', name));
    }
    const { found, summary } = await walkAll([join(folder.path, 'p')]);
    expect(rows(found)).toEqual(['p/sub/ok.txt', 'p/kept too.txt']);
    expect(found[0]).toMatchObject({ path: real });
    expect(summary).toMatchObject({ files: 2, skipped: 1, repeated: 5 });
  });

  it('lists only the real file if a link to it was dropped as well, as by "batch *"', async () => {
    const folder = tempFolder();
    const real = folder.put('p/ok.txt', 'Words.');
    const link = join(folder.path, 'p/also.txt');
    symlinkSync('ok.txt', link);
    symlinkSync('p', join(folder.path, 'a'));
    expect(rows((await walkAll([link, real])).found)).toEqual(['ok.txt']);
    expect(rows((await walkAll([join(folder.path, 'a'), join(folder.path, 'p')])).found)).toEqual(['p/ok.txt']);
    expect(rows((await walkAll([link])).found)).toEqual(['also.txt']);
  });

  it('takes links to nothing but each other in turn, to the end', async () => {
    const folder = tempFolder();
    folder.put('p/.a/.b/deep.txt', 'Words.');
    symlinkSync('.a', join(folder.path, 'p/x'));
    symlinkSync('.b', join(folder.path, 'p/.a/y'));
    symlinkSync('../x', join(folder.path, 'p/.a/z'));
    expect(rows((await walkAll([join(folder.path, 'p')])).found)).toEqual(['p/x/z: file_loop', 'p/x/y/deep.txt']);
  });

  it.each([
    ['a file', '../secret/id_rsa.txt'],
    ['a folder', '../secret'],
    ['the folder above', '..'],
    ['the folder above via itself', '../p/..'],
    ['an absolute path', '/etc/hostname'],
    ['a neighbour whose name starts the same', '../p2/near.txt'],
    ['a link that leads out', 'sub/chain'],
    ['the root', '/'],
  ])('does not follow a link that leads out: to %s', async (_, target) => {
    const folder = tempFolder();
    folder.put('secret/id_rsa.txt', 'Secret.');
    folder.put('p2/near.txt', 'Near.');
    folder.put('p/words.txt', 'Words.');
    folder.put('p/sub/more.txt', 'More.');
    symlinkSync('../../secret/id_rsa.txt', join(folder.path, 'p/sub/chain'));
    symlinkSync(target, join(folder.path, 'p/notes.txt'));
    const { found } = await walkAll([join(folder.path, 'p')]);
    expect(rows(found)).toEqual([
      'p/notes.txt: file_outside',
      'p/sub/chain: file_outside',
      'p/sub/more.txt',
      'p/words.txt',
    ]);
    expect(found[0]?.problem && problemSentence(found[0].problem)).toMatch(
      /^This link points outside what was added, to \//,
    );
  });

  it('follows links that stay inside, whatever their route', async () => {
    const folder = tempFolder();
    folder.put('p/a/real.txt', 'Words.');
    symlinkSync('../p/a', join(folder.path, 'p/around'));
    symlinkSync(join(folder.path, 'p/a/real.txt'), join(folder.path, 'p/absolute.txt'));
    symlinkSync('hop', join(folder.path, 'p/chain.txt'));
    symlinkSync('a/real.txt', join(folder.path, 'p/hop'));
    const { found, summary } = await walkAll([join(folder.path, 'p')]);
    expect(rows(found)).toEqual(['p/a/real.txt']);
    expect(summary).toMatchObject({ files: 1, failed: 0, repeated: 4 });
  });

  it('follows a link to something else that was dropped, and a dropped link', async () => {
    const folder = tempFolder();
    folder.put('p/words.txt', 'Words.');
    folder.put('q/sub/more.txt', 'More.');
    folder.put('secret/id_rsa.txt', 'Secret.');
    symlinkSync('../q/sub', join(folder.path, 'p/link'));
    symlinkSync('../secret/id_rsa.txt', join(folder.path, 'p/key'));
    symlinkSync('secret/id_rsa.txt', join(folder.path, 'chosen'));
    const drop = (...names: string[]) => walkAll(names.map((name) => join(folder.path, name)));
    expect(rows((await drop('p', 'q')).found)).toEqual(['p/key: file_outside', 'p/words.txt', 'q/sub/more.txt']);
    expect(rows((await drop('p', 'chosen')).found)).toEqual(['p/link: file_outside', 'p/words.txt', 'p/key']);
    symlinkSync('p', join(folder.path, 'p again'));
    expect(rows((await drop('p again')).found)).toEqual([
      'p again/key: file_outside',
      'p again/link: file_outside',
      'p again/words.txt',
    ]);
  });

  it('yields one failed row for a link that loops', async () => {
    const folder = tempFolder();
    folder.put('p/a/b/file.txt', 'Words.');
    symlinkSync('../..', join(folder.path, 'p/a/b/up'));
    symlinkSync('itself', join(folder.path, 'p/itself'));
    const { found } = await walkAll([join(folder.path, 'p')]);
    expect(rows(found)).toEqual(['p/a/b/file.txt', 'p/a/b/up: file_loop', 'p/itself: file_loop']);
  });

  it('never opens pipes, and reports links and dropped paths that lead nowhere', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder.path, 'p'));
    execFileSync('mkfifo', [join(folder.path, 'p/pipe')]);
    symlinkSync('nowhere', join(folder.path, 'p/dangling'));
    const { found } = await walkAll([join(folder.path, 'p'), join(folder.path, 'gone'), '/dev/null']);
    expect(rows(found)).toEqual([
      'p/dangling: file_vanished',
      'p/pipe: file_unsupported',
      'gone: file_vanished',
      'null: file_unsupported',
    ]);
    expect(found[0]?.problem && problemSentence(found[0].problem)).toContain(
      'This link points to a file or folder that does not exist',
    );
  });

  it('yields one failed row for a forbidden folder, and continues', async () => {
    const folder = tempFolder();
    chmodSync(folder.path, 0o755);
    folder.put('p/locked/secret.txt', 'Secret.');
    folder.put('p/open.txt', 'Words.');
    chmodSync(join(folder.path, 'p/locked'), 0o000);
    const { found } = await asOrdinaryUser(() => walkAll([join(folder.path, 'p')]));
    expect(rows(found)).toEqual(['p/locked: file_unreadable', 'p/open.txt']);
  });

  it('says so if it stops at the limit', async () => {
    const folder = tempFolder();
    for (let index = 1; index <= 5; index += 1) folder.put(`p/${index}.txt`, 'x');
    const { found, summary } = await walkAll([join(folder.path, 'p')], { maxFiles: 3 });
    expect(rows(found)).toEqual(['p/1.txt', 'p/2.txt', 'p/3.txt', 'p/4.txt: invalid_input']);
    expect(found[3]?.problem && problemSentence(found[3].problem)).toContain('Only the first 3 files were added');
    expect(summary).toMatchObject({ files: 3, failed: 1 });
    expect((await walkAll([join(folder.path, 'p')], { maxFiles: 5 })).summary).toMatchObject({ files: 5, failed: 0 });
  });

  it('stops when it is aborted', async () => {
    const folder = tempFolder();
    await writeManyFiles(folder.path, 50, { bytes: 10 });
    const controller = new AbortController();
    const steps = walk([folder.path], { signal: controller.signal });
    await steps.next();
    controller.abort();
    expect(await steps.next()).toMatchObject({ done: true, value: { files: 1, aborted: true } });
  });

  it('reports names before finding the first file, and stops among them when aborted', async () => {
    const folder = tempFolder();
    await writeManyFiles(folder.path, 2_500, { bytes: 10 });
    const seen: number[] = [];
    const controller = new AbortController();
    const onSeen = (names: number) => {
      seen.push(names);
      if (names === 1_000) controller.abort();
    };
    const steps = walk([folder.path], { signal: controller.signal, onSeen });
    expect(await steps.next()).toMatchObject({ done: true, value: { files: 0, aborted: true } });
    expect(seen.length).toBeGreaterThan(0);
  });

  it('finds nothing in an empty folder, and handles a hundred levels', async () => {
    const folder = tempFolder();
    mkdirSync(join(folder.path, 'empty'));
    expect(await walkAll([join(folder.path, 'empty')])).toMatchObject({ found: [], summary: { files: 0 } });
    folder.put(`${'deep/'.repeat(100)}bottom.txt`, 'Words.');
    expect((await walkAll([join(folder.path, 'deep')])).summary).toMatchObject({ files: 1, failed: 0 });
  });

  it('finds thousands of files without blocking the event loop', async () => {
    const folder = tempFolder();
    await writeManyFiles(folder.path, 3_000, { bytes: 10 });
    let worst = 0;
    let last = cpuMs();
    const beat = setInterval(() => {
      worst = Math.max(worst, cpuMs() - last);
      last = cpuMs();
    }, 1);
    const { found } = await walkAll([folder.path]);
    clearInterval(beat);
    expect(found).toHaveLength(3_000);
    expect(found.at(-1)?.name).toMatch(/part 3\/note 3000\.txt$/);
    expect(worst).toBeLessThan(200);
  });
});

describe('natural order', () => {
  it('is the same for a long list as for a short one', async () => {
    const names = Array.from({ length: 9_999 }, (_, index) => `Note ${index + 1}.txt`);
    const mixed = [...names].sort();
    expect(await sortNaturally(mixed)).toEqual(names);
    expect(await sortNaturally([])).toEqual([]);
    expect(await sortNaturally(['b', 'A', 'a', '10', '9', 'é', 'f', 'e'])).toEqual([
      '9',
      '10',
      'A',
      'a',
      'b',
      'e',
      'é',
      'f',
    ]);
  });
});
