import type { Batch } from '../../../shared/batch-data.ts';
import type { BatchWatch, WatchLimits, WatchUse } from '../../../shared/watch-data.ts';
import { isBlind, limitWords } from '../../../shared/watch-words.ts';
import { formatCount } from '../ui/format.ts';

/** "Watching · 3 new today", or what keeps it from its work. */
export function watchWords({ foundToday, hold, trouble }: BatchWatch): string {
  if (hold !== null) return 'Watching · new files wait';
  if (trouble !== null && isBlind(trouble)) return 'Watching · folder not there';
  return foundToday === 0 ? 'Watching' : `Watching · ${formatCount(foundToday, 'new', 'new')} today`;
}

/** What a person agrees to who has a folder watched. */
export function agreementWords(batch: Batch): string {
  const { recipe, llm, local, model, host } = batch;
  const asked = `New and changed files are read and asked “${recipe.name}” as they come`;
  if (!llm) return `${asked}, by the built-in engine on this machine.`;
  if (local) return `${asked}, by ${model} at ${host}, on this machine.`;
  return `${asked}: their text is sent to ${host}, to be read by ${model}, without another question.`;
}

/** What the limits of a watched folder mean to the person who sets them. */
export function limitSentence(limits: WatchLimits): string {
  const isUnlimited = limits.filesPerDay === null && limits.tokensPerDay === null;
  return isUnlimited
    ? 'It asks about every file that comes.'
    : `It asks ${limitWords(limits)} by itself; more than that waits for you.`;
}

/** "Asked today: 12 files, 3,400 tokens". */
export function usedWords({ files, tokens }: WatchUse): string {
  const spent = tokens === 0 ? '' : `, ${formatCount(tokens, 'token')}`;
  return `Asked today: ${formatCount(files, 'file')}${spent}`;
}
