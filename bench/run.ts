/** `npm run bench`: measures Docket alongside others and writes results.json and RESULTS.md. */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { measureAuditCost } from './audit-cost.ts';
import { measureAuditRate } from './audit-rate.ts';
import { measureBatch } from './batch.ts';
import { measureBatchMemory } from './batch-memory.ts';
import { measureEventLoop } from './event-loop.ts';
import { measureEvidence } from './evidence.ts';
import { measureFrames } from './frames.ts';
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
import { toJson, toMarkdown } from './report.ts';
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

const args = process.argv.slice(2);
const { values } = parseArgs({
  args,
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const plan = createPlan(values.quick, (text) => process.stderr.write(`${text}\n`));
const startedAt = Date.now();
const sections: Section[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (values.only !== undefined && !values.only.includes(name)) continue;
  sections.push(await measure(plan));
}
const table = toMarkdown(sections, { startedAt, args });
process.stdout.write(`${table}\n`);
// A quick look is not saved as a result. A run of some parts is, and says so.
if (!plan.quick) {
  writeFileSync(new URL('./results.json', import.meta.url), `${JSON.stringify(toJson(sections), null, 2)}\n`);
  writeFileSync(new URL('./RESULTS.md', import.meta.url), table);
}
