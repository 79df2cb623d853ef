import { expect, it } from 'vitest';
import { createReporter } from '../../src/main/cli/batch-reporter.ts';
import type { Batch, BatchProgress } from '../../src/shared/batch-data.ts';
import { noCounts } from '../../src/shared/batch-data.ts';
import { problem } from '../../src/shared/problem.ts';

const counts = { ...noCounts, total: 3, queued: 3 };
const refused = problem('connection_failed', { host: 'h:1', reason: 'refused' });

function told(waiting: BatchProgress['waiting']): BatchProgress {
  // The reporter reads only status and counts of a batch.
  const batch = { status: 'running', counts } as Batch;
  return { batch, filesPerSecond: null, remainingMs: null, waiting, changed: [] };
}

/** What is written to a pipe over time, with one progress event a second. */
function reported() {
  const lines: { readonly at: number; readonly text: string }[] = [];
  let seconds = 0;
  const stream = {
    isTerminal: false,
    write: (text: string) => void lines.push({ at: seconds, text }),
    showStatus: () => {},
  };
  const reporter = createReporter(stream, () => seconds * 1_000);
  const pass = (until: number, waiting: BatchProgress['waiting']) => {
    for (; seconds < until; seconds += 1) reporter.progress(told(waiting));
  };
  return { lines, pass };
}

it('a log has a line when a batch starts to wait, and more at growing intervals', () => {
  const { lines, pass } = reported();
  const waiting = { problem: refused, remainingMs: 4_000, since: Date.UTC(2026, 2, 1, 12) };

  pass(24 * 3_600, waiting);

  expect(lines.slice(0, 6).map(({ at }) => at)).toEqual([0, 10, 30, 70, 150, 310]);
  expect(lines[1]?.text).toMatch(
    /^0 of 3 files\. Trying again in 4 s \(waiting since 2026-03-01 \d\d:\d\d:\d\d\): Nothing answers at h:1\.\n$/,
  );
  const pauses = lines.slice(1).map(({ at }, index) => at - (lines[index]?.at ?? 0));
  expect(Math.max(...pauses)).toBe(3_600);
});

it('a log says nothing about a wait that is over, and starts over with the next one', () => {
  const { lines, pass } = reported();
  const waiting = { problem: refused, remainingMs: 0, since: 0 };

  pass(100, waiting);
  pass(1_000, null);
  pass(1_015, waiting);

  expect(lines.map(({ at }) => at)).toEqual([0, 10, 30, 70, 1_000, 1_010]);
});
