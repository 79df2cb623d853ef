/** A folder whose changes the system does not tell of: a network share, too many folders, a thread that ended. */
import { rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LoggedEntry } from '../../src/shared/watch-data.ts';
import { batchNow } from '../support/docket.ts';
import { batchUntil, done, logUntil, watched } from './watching.ts';

const watchWorker = new URL('../support/deaf-watch-worker.ts', import.meta.url);
/** Between two looks where changes are not told of; without it an hour. */
const watchTimes = { pollEveryMs: 200 };
const troubles = (log: readonly LoggedEntry[]) => log.filter(({ what }) => what === 'trouble');

describe('a watched folder on a network share that tells of no change', () => {
  it.runIf(process.platform === 'linux')('is looked through every few minutes, and says so', async () => {
    const { type } = await statfs(tmpdir());
    const networkTypes = new Set([type >>> 0]);
    const beside = ['silent'];
    const { docket, folder, id } = await watched({ watchWorker, watchTimes, networkTypes, beside });
    const shared = await batchUntil(docket, id, ({ watch }) => watch?.trouble != null);
    expect(shared.watch?.trouble).toMatchObject({
      code: 'watch_trouble',
      params: { reason: 'shared', path: folder, everyMs: 200 },
    });
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await batchUntil(docket, id, done(2));
    await writeFile(join(folder, 'b.txt'), 'Two and a half.');
    const log = await logUntil(docket, id, (entry) => entry.what === 'saw' && entry.counts.edited === 1);
    expect(troubles(log)).toHaveLength(1);
    expect(docket.payloads('batch.watched').filter(({ isNews }) => isNews)).toEqual([]);
  });
});

describe.each([
  ['full', 'too_many'],
  ['dies', 'not_told'],
] as const)('a watched folder whose changes are not told of (%s)', (beside, reason) => {
  it('is looked through every few minutes, and says when changes are told of again', async () => {
    const { docket, folder, id } = await watched({ watchWorker, watchTimes, beside: [beside] });
    await writeFile(join(folder, 'b.txt'), 'Two.');
    await batchUntil(docket, id, done(2));
    expect((await batchNow(docket, id)).watch?.trouble).toMatchObject({ params: { reason, everyMs: 200 } });

    await rm(join(dirname(folder), beside));
    const log = await logUntil(docket, id, (entry) => entry.what === 'trouble' && entry.problem === null);
    expect(troubles(log)).toMatchObject([
      { problem: { params: { reason } } },
      { problem: null, ended: { params: { reason } } },
    ]);
    expect((await batchNow(docket, id)).watch?.trouble).toBeNull();

    // Nothing is looked through for an hour now: this one is told of.
    await writeFile(join(folder, 'c.txt'), 'Three.');
    await batchUntil(docket, id, done(3));
  });
});
