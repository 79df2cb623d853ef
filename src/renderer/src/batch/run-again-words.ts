import type { Batch } from '../../../shared/batch-data.ts';
import type { AgainPlan } from '../../../shared/batch-plan.ts';
import { capitalised } from '../../../shared/places.ts';
import { type Recipe, type Sending, sendingOf } from '../../../shared/recipe.ts';
import { formatCount } from '../ui/format.ts';
import { knownWords, noPicturesWords, unknownWords } from './batch-plan.tsx';

/** What running a batch again would do, a sentence a line. */
export function againWords({ providerName, host }: Batch, recipe: Recipe, plan: AgainPlan): readonly string[] {
  const moved =
    plan.host === host ? [] : [`This batch ran with ${providerName}; Settings now use ${plan.providerName}.`];
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

/** "About 1,200 tokens would be sent to gpt-4o at api.openai.com, plus the text of 2 files whose length is not known yet." */
function sentWords(plan: AgainPlan, sending: Sending): readonly string[] {
  const [known, unknown] = [knownWords(plan), unknownWords(plan, sending)];
  const model = plan.model === '' ? 'the model' : plan.model;
  const sent = `would be sent to ${model} at ${plan.host}${plan.local ? ', on this machine' : ''}`;
  if (known === null) return unknown === null ? [] : [`${capitalised(unknown)} ${sent}.`];
  return [unknown === null ? `${known} ${sent}.` : `${known} ${sent}, plus ${unknown}.`];
}
