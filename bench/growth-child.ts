/** Reads documents of many shapes in growing sizes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractDocument } from '../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../src/main/documents/limits.ts';
import { collectGarbage, readTask, sendReport } from './child.ts';
import type { Grown } from './grown.ts';
import { officeShapes } from './grown-office.ts';
import { pdfShapes } from './grown-pdfs.ts';
import { textShapes } from './grown-texts.ts';
import { wordShapes } from './grown-word.ts';

export interface GrowthTask {
  readonly folder: string;
  /** How many of something the smallest document has. */
  readonly least: number;
}

export interface GrowthReport {
  readonly exponents: readonly (readonly [shape: string, exponent: number])[];
}

/** A shape that grows at all is none of those that unpack to what they are not worth. */
const limits = { ...defaultExtractLimits, maxUnpackRatio: 1_000_000 };
const LEAST_MS = 200;
const ROUNDS = 2;
const extensions: Readonly<Record<string, string>> = { text: 'txt', mail: 'eml' };

const { folder, least } = readTask<GrowthTask>();

async function timeOf(shape: string, make: Grown, count: number): Promise<number> {
  const [kind = ''] = shape.split(' ');
  const path = join(folder, `grown.${extensions[kind] ?? kind}`);
  writeFileSync(path, make(count));
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round += 1) {
    collectGarbage();
    const before = process.cpuUsage();
    await extractDocument(path, limits);
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, (user + system) / 1_000);
  }
  return fastest;
}

const exponents: (readonly [string, number])[] = [];
for (const [shape, make] of Object.entries({ ...wordShapes, ...officeShapes, ...textShapes, ...pdfShapes })) {
  await timeOf(shape, make, least);
  const fewer = await timeOf(shape, make, 4 * least);
  const more = await timeOf(shape, make, 8 * least);
  const exponent = Math.log2(more / fewer);
  exponents.push([shape, more < LEAST_MS ? 0 : exponent]);
  if (more >= LEAST_MS && exponent > 1.3) {
    process.stderr.write(
      `growth: ${exponent.toFixed(2)} for ${shape}: ${fewer.toFixed(0)} and ${more.toFixed(0)} ms\n`,
    );
  }
}
await sendReport({ exponents } satisfies GrowthReport);
