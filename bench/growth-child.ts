/** Reads documents of many shapes in growing sizes. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLocatedFiles } from '../src/main/documents/containers/located.ts';
import { extractDocument } from '../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../src/main/documents/limits.ts';
import { collectGarbage, readTask, sendReport } from './child.ts';
import type { Grown } from './grown.ts';
import { insideShapes } from './grown-inside.ts';
import { officeShapes } from './grown-office.ts';
import { pdfShapes } from './grown-pdfs.ts';
import { textShapes } from './grown-texts.ts';
import { wordShapes } from './grown-word.ts';

export interface GrowthTask {
  readonly folder: string;
  /** How many of something the smallest document has. */
  readonly least: number;
  /** Of so many processes, which one this is: each takes its share of the shapes. */
  readonly share: { readonly of: number; readonly at: number };
}

export interface GrowthReport {
  readonly exponents: readonly (readonly [shape: string, exponent: number])[];
}

/** A shape that grows at all is none of those that unpack to what they are not worth. */
const limits = { ...defaultExtractLimits, maxUnpackRatio: 1_000_000 };
const LEAST_MS = 200;
/** What seems to grow faster is measured again, and the shorter times count. */
const DOUBTFUL = 1.3;
const MOST_ROUNDS = 3;
const extensions: Readonly<Record<string, string>> = { text: 'txt', mail: 'eml' };

const { folder, least, share } = readTask<GrowthTask>();

/** Processor time in milliseconds: what else runs on the machine hardly changes it. */
async function timeOf(shape: string, make: Grown, count: number): Promise<number> {
  const [kind = ''] = shape.split(' ');
  const path = join(folder, `grown.${extensions[kind] ?? kind}`);
  writeFileSync(path, make(count));
  collectGarbage();
  const before = process.cpuUsage();
  await extractDocument(path, limits);
  await listFiles(path);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

/** Finds the files in it, each of which would be a row. */
async function listFiles(path: string): Promise<void> {
  const files = createLocatedFiles(limits);
  await files.list({ path, inside: [], roots: null }, () => {});
  files.close();
}

async function exponentOf(shape: string, make: Grown): Promise<number> {
  await timeOf(shape, make, least);
  let more = await timeOf(shape, make, 8 * least);
  if (more < LEAST_MS) return 0;
  let fewer = await timeOf(shape, make, 4 * least);
  for (let round = 1; round < MOST_ROUNDS && Math.log2(more / fewer) > DOUBTFUL; round += 1) {
    more = Math.min(more, await timeOf(shape, make, 8 * least));
    fewer = Math.min(fewer, await timeOf(shape, make, 4 * least));
  }
  const exponent = Math.log2(more / fewer);
  if (exponent > DOUBTFUL)
    process.stderr.write(
      `growth: ${exponent.toFixed(2)} for ${shape}: ${fewer.toFixed(0)} and ${more.toFixed(0)} ms\n`,
    );
  return exponent;
}

const exponents: (readonly [string, number])[] = [];
const shapes = Object.entries({ ...wordShapes, ...officeShapes, ...textShapes, ...pdfShapes, ...insideShapes });
for (const [at, [shape, make]] of shapes.entries())
  if (at % share.of === share.at) exponents.push([shape, await exponentOf(shape, make)]);
await sendReport({ exponents } satisfies GrowthReport);
