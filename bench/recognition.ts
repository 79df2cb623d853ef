/** How much of known pages is recognised, and how fast, beside Tesseract's own program. */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { forkWithNode } from '../src/main/common/fork-node.ts';
import { createExtractor } from '../src/main/documents/extractor.ts';
import { findLanguages } from '../src/main/recognition/languages.ts';
import { createRecogniser } from '../src/main/recognition/recogniser.ts';
import { createRecognisingExtractor } from '../src/main/recognition/recognising-extractor.ts';
import { pictureOf, png } from '../test/support/page-pictures.ts';
import { createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { inTempFolder } from './temp-folder.ts';
import { compareWords } from './word-measures.ts';

const TESSERACT = 'tesseract';
const built = (name: string) => new URL(`../out/main/${name}.js`, import.meta.url);
const texts = new URL('../test/fixtures/corpus/', import.meta.url);
const names = [
  'supplier-contract',
  'quarterly-report',
  'travel-policy',
  'project-plan',
  'interview-notes',
  'press-release',
];
/** As many characters as fit on a page. */
const PAGE_CHARACTERS = 2_600;
const A4: [number, number] = [595, 842];

export function measureRecognition(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const recall = createSeries();
  const precision = createSeries();
  const seconds = createSeries();
  const extractor = createRecognisingExtractor({
    extractor: createExtractor({ workerUrl: built('extract-worker'), threads: 1 }),
    recogniser: createRecogniser({
      fork: () => forkWithNode(fileURLToPath(built('recognition-process'))),
      processes: 1,
    }),
    kept: { find: async () => [], keep: () => {} },
    languages: () => findLanguages(['eng'], [folder]),
  });
  const docket = async (path: string) => {
    const read = await extractor.extract(path);
    return read.ok ? (read.value.text ?? '') : '';
  };
  for (const name of names.slice(0, plan.quick ? 1 : names.length)) {
    const text = readFileSync(new URL(`${name}.txt`, texts), 'utf8').slice(0, PAGE_CHARACTERS);
    const path = join(folder, `${name}.png`);
    writeFileSync(path, png(await pictureOf(text.split('\n'), A4)));
    for (const [contender, read] of [[DOCKET, docket] as const, [TESSERACT, ownProgram] as const]) {
      const startedAt = performance.now();
      const words = compareWords(await read(path), text);
      seconds.add(contender, (performance.now() - startedAt) / 1_000);
      recall.add(contender, words.recall);
      precision.add(contender, words.precision);
      plan.say(`recognition: ${name}, ${contender}: recall ${words.recall.toFixed(4)}`);
    }
  }
  await extractor.close();
  const share = { unit: 'share', better: 'higher', digits: 4 } as const;
  const mean = (values: Readonly<Record<string, number>>) => values[DOCKET] ?? 0;
  const clean = { text: '≥ 0.98', met: (values: Readonly<Record<string, number>>) => mean(values) >= 0.98 };
  return {
    title: 'Text recognition',
    method: [
      `${names.length} English texts, each drawn as a page of A4 at 200 dpi in grey and read from the PNG; medians over the pages. The program is Debian's tesseract-ocr with its own English data, one thread; both times include what a file takes to start.`,
    ],
    metrics: [
      { name: 'ocr.recall', ...share, series: recall.values, aim: clean },
      { name: 'ocr.precision', ...share, series: precision.values },
      { name: 'ocr.secondsPerPage', unit: 's', better: 'lower', digits: 2, series: seconds.values },
    ],
  };
}

async function ownProgram(path: string): Promise<string> {
  const env = { ...process.env, OMP_THREAD_LIMIT: '1' };
  const ended = spawnSync('tesseract', [path, 'stdout', '--dpi', '200'], { env, encoding: 'utf8' });
  if (ended.error !== undefined)
    throw new Error('Tesseract is not installed (Debian: tesseract-ocr).', { cause: ended.error });
  return ended.stdout;
}
