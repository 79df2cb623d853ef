import type { Batch } from '../../../shared/batch-data.ts';
import type { AgainPlan } from '../../../shared/batch-plan.ts';
import { type Recipe, type Sending, sendingOf } from '../../../shared/recipe.ts';
import { formatCount } from '../ui/format.ts';
import { noPicturesWords, tokenWords } from './batch-plan.tsx';

/** What running a batch again would do, a sentence a line. */
export function againWords({ providerName, host }: Batch, recipe: Recipe, plan: AgainPlan): readonly string[] {
  const moved =
    plan.host === host ? [] : [`This batch was asked of ${providerName}; Settings now name ${plan.providerName}.`];
  const noPictures = plan.noPictures === null ? [] : [noPicturesWords(plan.model, plan.noPictures)];
  return [
    ...moved,
    takenOverWords(recipe, plan),
    ...(plan.llm ? sentWords(plan, sendingOf(recipe)) : []),
    ...noPictures,
  ];
}

function takenOverWords({ questions }: Recipe, { files, takenOver, requestsPerFile }: AgainPlan): string {
  const over = `${formatCount(files, 'file')}, ${formatCount(questions.length, 'question')}`;
  if (takenOver === 0) return `${over}, in ${formatCount(requestsPerFile, 'request')} per file.`;
  if (takenOver === questions.length) {
    return `${over}: all were asked like this, and their answers are taken over. Only what failed or was edited since is asked.`;
  }
  return `${over}: ${takenOver} ${takenOver === 1 ? 'was' : 'were'} asked like this, and the answers are taken over. The others take ${formatCount(requestsPerFile, 'request')} per file.`;
}

/** "About 1,200 tokens would be sent to gpt-4o at api.openai.com." */
function sentWords(plan: AgainPlan, sending: Sending): readonly string[] {
  if (plan.tokens === 0 && plan.unmeasured === 0) return [];
  const model = plan.model === '' ? 'the model' : plan.model;
  return [
    `${tokenWords(plan, sending)} would be sent to ${model} at ${plan.host}${plan.local ? ', on this machine' : ''}.`,
  ];
}
