/** `npm run bench`: measures Docket alongside others and writes results.json and RESULTS.md. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureAuditCost } from './audit-cost.ts';
import { measureAuditRate } from './audit-rate.ts';
import { measureBatch } from './batch.ts';
import { measureBatchMemory } from './batch-memory.ts';
import { documentParts } from './documents.ts';
import { measureEventLoop } from './event-loop.ts';
import { measureEvidence } from './evidence.ts';
import { measureFrames } from './frames.ts';
import { measureFuzz } from './fuzz.ts';
import { measureGrowth } from './growth.ts';
import { measureHistory } from './history.ts';
import { measureHostileDocuments } from './hostile-documents.ts';
import { measureHostileFrames } from './hostile-frames.ts';
import type { Section } from './metric.ts';
import { measureOutage } from './outage.ts';
import { measurePdf } from './pdf.ts';
import { createPlan, type Plan } from './plan.ts';
import { measureRecipe } from './recipe.ts';
import { measureRecognition } from './recognition.ts';
import { measureReplyFrames } from './reply-frames.ts';
import { type MeasuredPart, measuredPart, toJson, toMarkdown } from './report.ts';
import { measureSplit } from './split.ts';
import { measureStart } from './start.ts';
import { measureTableActions } from './table-actions.ts';
import { measureTableFrames } from './table-frames.ts';
import { measureXlsx } from './xlsx.ts';

const parts: Readonly<Record<string, (plan: Plan) => Promise<Section>>> = {
  batch: measureBatch,
  'batch-memory': measureBatchMemory,
  outage: measureOutage,
  chat: measureAuditCost,
  audit: measureAuditRate,
  'event-loop': measureEventLoop,
  extract: measureHostileDocuments,
  fuzz: measureFuzz,
  growth: measureGrowth,
  ...documentParts,
  pdf: measurePdf,
  recognition: measureRecognition,
  split: measureSplit,
  evidence: measureEvidence,
  recipe: measureRecipe,
  frames: measureFrames,
  'table-frames': measureTableFrames,
  'table-actions': measureTableActions,
  'reply-frames': measureReplyFrames,
  'hostile-frames': measureHostileFrames,
  start: measureStart,
  history: measureHistory,
  xlsx: measureXlsx,
};

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    'keep-texts': { type: 'string' },
  },
});
const plan = createPlan(values.quick, values['keep-texts'] ?? null, (text) => process.stderr.write(`${text}\n`));
const folder = new URL('./results/', import.meta.url);
const fileOf = (name: string) => new URL(`${name}.json`, folder);

for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && !isNamed(name, values.only)) continue;
  const startedAt = Date.now();
  const part = measuredPart(await measure(plan), startedAt);
  process.stdout.write(`${toMarkdown([part])}\n`);
  // A quick look is not saved as a result.
  if (plan.quick) continue;
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileOf(name), `${JSON.stringify(part, null, 2)}\n`);
  save();
}

/** `documents` names all parts of documents, `documents.docx` one of them. */
function isNamed(part: string, names: readonly string[]): boolean {
  return names.some((name) => part === name || part.startsWith(`${name}.`));
}

/** Puts what every part measured the last time together. */
function save(): void {
  const all = Object.keys(parts).flatMap((name): MeasuredPart[] =>
    existsSync(fileOf(name)) ? [JSON.parse(readFileSync(fileOf(name), 'utf8'))] : [],
  );
  writeFileSync(new URL('./results.json', import.meta.url), `${JSON.stringify(toJson(all), null, 2)}\n`);
  writeFileSync(new URL('./RESULTS.md', import.meta.url), toMarkdown(all));
}
