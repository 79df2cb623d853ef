/** How the time to read a document grows with its size, for many shapes of documents. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.ts';
import type { GrowthReport, GrowthTask } from './growth-child.ts';
import { atMost, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

/** Time in proportion to size is 1, to its square 2; an allowance for collecting garbage. */
const MOST = 1.5;

/** Processes: it is their processor time that counts. */
const AT_ONCE = 2;

function measureShare(plan: Plan, folder: string, at: number): Promise<GrowthReport> {
  const own = join(folder, String(at));
  mkdirSync(own);
  const task: GrowthTask = { folder: own, least: plan.growth.least, share: { of: AT_ONCE, at } };
  return runChild<GrowthReport>('./growth-child.ts', task);
}

export function measureGrowth(plan: Plan): Promise<Section> {
  return inTempFolder(async (folder) => {
    const reports = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => measureShare(plan, folder, at)));
    const exponents = reports.flatMap((report) => report.exponents);
    const [steepest = '', exponent = 0] = exponents.toSorted(([, one], [, other]) => other - one)[0] ?? [];
    plan.say(`growth: ${exponent.toFixed(2)} for ${steepest}`);
    return {
      title: 'Growing documents',
      method: [
        `${exponents.length} shapes of documents (paragraphs, elements in each other, links, fonts, recipients, words in one place, …), each with ${plan.growth.least.toLocaleString('en')} of them, and with four and eight times as many, read by the readers themselves in two processes. The exponent of growth is the binary logarithm of the processor time for eight times as many divided by that for four times (the least of three times each where it is above 1.3): 1 for time in proportion to size, 2 for its square. Shapes that take less than 200 ms are left out: there, it is chance.`,
        `The steepest was: ${steepest}.`,
      ],
      metrics: [
        {
          name: 'extract.growth.max',
          unit: 'exponent',
          better: 'lower',
          series: { [DOCKET]: [exponent] },
          aim: atMost(MOST, ''),
          digits: 2,
        },
      ],
    };
  });
}
