/** How fast a text is split into parts that a model can read. */
import { splitText } from '../src/main/recipes/split-text.ts';
import { createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';

const MEGABYTE = 1_000_000;
/** A small local model's window, which makes the most parts. */
const PART_TOKENS = 3_500;
const CHINESE = 'The same in Chinese';
const paragraphs: Readonly<Record<string, string>> = {
  [DOCKET]:
    'The committee met on Tuesday and agreed to publish its report. It was long,\nand nobody read it, or so they said.\n\n',
  [CHINESE]: '委员会于星期二开会，同意公布其报告。报告很长，据说没有人读过。',
};

export async function measureSplit(plan: Plan): Promise<Section> {
  const { rounds, megabytes } = plan.split;
  const speeds = createSeries();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, paragraph] of Object.entries(paragraphs)) {
      const text = paragraph.repeat(Math.ceil((megabytes * MEGABYTE) / Buffer.byteLength(paragraph)));
      const startedAt = performance.now();
      const parts = splitText(text, PART_TOKENS).length;
      const speed = megabytes / ((performance.now() - startedAt) / 1_000);
      speeds.add(name, speed);
      plan.say(`split ${megabytes} MB into ${parts} parts: ${speed.toFixed(1)} MB/s`);
    }
  }
  return {
    title: 'Long documents',
    method: [
      `${megabytes} MB of text split into parts of ${PART_TOKENS} tokens, English paragraphs and unbroken Chinese text.`,
    ],
    metrics: [{ name: 'split.mbPerSecond', unit: 'MB/s', better: 'higher', series: speeds.values, digits: 1 }],
  };
}
