/** What becomes of tens of thousands of broken documents. */
import { runChild } from './child.ts';
import type { FuzzReport, FuzzTask } from './fuzz-child.ts';
import { atMost, DOCKET, type Metric, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

export function measureFuzz(plan: Plan): Promise<Section> {
  return inTempFolder(async (folder) => {
    const { from, files, longestMs } = plan.fuzz;
    const task: FuzzTask = { from, files, longestMs, folder };
    const report = await runChild<FuzzReport>('./fuzz-child.ts', task);
    return {
      title: 'Broken documents',
      method: [
        `Mutants of small documents of every format, read by Docket's threads with their limits: bytes changed, cut off, doubled and spliced, tags and control words moved, repeated and given other values, in packed documents within the parts too. At most ${files} files or ${longestMs / 60_000} minutes, from number ${from} on; a mutant is made again by its number.`,
        'crashes: ended as a bug, without a reason that people are told. hangs: took more processor time than a file of its size may, and were given up. overMemory: given up for their memory.',
      ],
      metrics: metricsOf(report),
    };
  });
}

function metricsOf(report: FuzzReport): readonly Metric[] {
  const metric = (name: string, unit: string, value: number, more: Partial<Metric> = {}): Metric => ({
    name: `extract.fuzz.${name}`,
    unit,
    better: 'lower',
    series: { [DOCKET]: [value] },
    digits: 0,
    ...more,
  });
  return [
    metric('files', 'files', report.files, { better: 'higher' }),
    metric('crashes', 'files', report.crashes, { aim: atMost(0, 'files') }),
    metric('hangs', 'files', report.hangs, { aim: atMost(0, 'files') }),
    metric('overMemory', 'files', report.overMemory),
    metric('peakRssMb', 'MB', report.peakMegabytes, { aim: atMost(2_000, 'MB') }),
    metric('slowestMs', 'ms', report.slowestMs),
  ];
}
