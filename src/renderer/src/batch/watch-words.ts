import type { Batch } from '../../../shared/batch-data.ts';
import { problemSentence, whatHappened } from '../../../shared/problem-words.ts';
import type { BatchWatch, LoggedEntry, WatchLimits, WatchSight, WatchUse } from '../../../shared/watch-data.ts';
import { formatCount } from '../ui/format.ts';

/** "Watching · 3 new today", or what keeps it from its work. */
export function watchWords({ foundToday, hold, trouble }: BatchWatch): string {
  if (hold !== null) return 'Watching · new files wait';
  if (trouble !== null && isBlind(trouble)) return 'Watching · folder not there';
  return foundToday === 0 ? 'Watching' : `Watching · ${formatCount(foundToday, 'new', 'new')} today`;
}

/** Nothing can be looked at, whether in time or not. */
export function isBlind(trouble: NonNullable<BatchWatch['trouble']>): boolean {
  if (trouble.code !== 'watch_trouble') return true;
  const { reason } = trouble.params;
  return reason === 'gone' || reason === 'empty' || reason === 'denied';
}

/** What a person agrees to who has a folder watched. */
export function agreementWords(batch: Batch): string {
  const { recipe, llm, local, model, host } = batch;
  const asked = `New and changed files are read and asked “${recipe.name}” as they come`;
  if (!llm) return `${asked}, by the built-in engine on this machine.`;
  if (local) return `${asked}, by ${model} at ${host}, on this machine.`;
  return `${asked}: their text is sent to ${host}, to be read by ${model}, without another question.`;
}

/** "at most 200 files and 1,000,000 tokens a day". */
export function limitWords({ filesPerDay, tokensPerDay }: WatchLimits): string {
  const most = [
    filesPerDay === null ? null : formatCount(filesPerDay, 'file'),
    tokensPerDay === null ? null : formatCount(tokensPerDay, 'token'),
  ].filter((words) => words !== null);
  return most.length === 0 ? 'without a limit' : `at most ${most.join(' and ')} a day`;
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

const sightWords: Readonly<Record<WatchSight, (count: number) => string>> = {
  added: (count) => formatCount(count, 'new file'),
  edited: (count) => `${formatCount(count, 'file')} changed`,
  renamed: (count) => `${formatCount(count, 'file')} renamed`,
  gone: (count) => `${formatCount(count, 'file')} gone`,
  back: (count) => `${formatCount(count, 'file')} back`,
  unreadable: (count) => `${formatCount(count, 'file')} that cannot be read`,
};

/** One line of the list of what a watch did. */
export function entryWords(entry: LoggedEntry): string {
  switch (entry.what) {
    case 'on':
      return `Watched, ${limitWords(entry.limits)}`;
    case 'off':
      return 'Not watched any more';
    case 'saw': {
      const { counts } = entry;
      const sights = Object.keys(sightWords) as WatchSight[];
      return sights
        .flatMap((sight) => (counts[sight] === undefined ? [] : sightWords[sight](counts[sight])))
        .join(', ');
    }
    case 'asked': {
      const failed = entry.failed === 0 ? '' : `, ${formatCount(entry.failed, 'failed', 'failed')}`;
      const tokens = entry.tokens === null ? '' : `, ${formatCount(entry.tokens, 'token')}`;
      return `${formatCount(entry.files, 'file')} asked${failed}${tokens}`;
    }
    case 'held':
      return `New files wait: ${whatHappened(entry.problem)}`;
    case 'trouble':
      return entry.problem === null ? 'The folder is watched again' : problemSentence(entry.problem);
  }
}

/** The files of an entry by name, those that are not named as a number. */
export function namesOfEntry(entry: LoggedEntry): string | null {
  if (entry.what !== 'saw') return null;
  const all = Object.values(entry.counts).reduce((sum, count) => sum + count, 0);
  const names = entry.names.map(({ name }) => name.split('/').slice(1).join('/') || name);
  const others = all - names.length;
  return others > 0 ? `${names.join(', ')} and ${formatCount(others, 'other')}` : names.join(', ');
}
