/** How the time to read a document grows with its size, for many shapes of documents. */
import { runChild } from './child.ts';
import type { GrowthReport, GrowthTask } from './growth-child.ts';
import { atMost, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';

/** Time in proportion to size is 1, to its square 2; an allowance for collecting garbage. */
const MOST = 1.5;

export function measureGrowth(plan: Plan): Promise<Section> {
  return inTempFolder(async (folder) => {
    const task: GrowthTask = { folder, least: plan.growth.least };
    const { exponents } = await runChild<GrowthReport>('./growth-child.ts', task);
    const [steepest = '', exponent = 0] = exponents.toSorted(([, one], [, other]) => other - one)[0] ?? [];
    plan.say(`growth: ${exponent.toFixed(2)} for ${steepest}`);
    return {
      title: 'Growing documents',
      method: [
        `${exponents.length} shapes of documents (paragraphs, elements in each other, links, fonts, recipients, words in one place, …), each with ${plan.growth.least.toLocaleString('en')} of them, and with twice, four and eight times as many, read by the readers themselves. The exponent of growth is the binary logarithm of the processor time for eight times as many divided by that for four times: 1 for time in proportion to size, 2 for its square. Shapes that take less than 200 ms are left out: there, it is chance.`,
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
