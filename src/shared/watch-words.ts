/** What a watch did, in words for the window, the command line and the system's notifications. */
import { countOf } from './amounts.ts';
import type { Problem } from './problem.ts';
import { problemSentence, whatHappened } from './problem-words.ts';
import type { WatchEntry, WatchLimits, WatchSight } from './watch-data.ts';

/** Nothing can be looked at, whether in time or not. */
export function isBlind(trouble: Problem): boolean {
  if (trouble.code !== 'watch_trouble') return true;
  const { reason } = trouble.params;
  return reason === 'gone' || reason === 'empty' || reason === 'denied';
}

/** "at most 200 files and 1,000,000 tokens a day". */
export function limitWords({ filesPerDay, tokensPerDay }: WatchLimits): string {
  const most = [
    filesPerDay === null ? null : countOf(filesPerDay, 'file'),
    tokensPerDay === null ? null : countOf(tokensPerDay, 'token'),
  ].filter((words) => words !== null);
  return most.length === 0 ? 'without a limit' : `at most ${most.join(' and ')} a day`;
}

const sightWords: Readonly<Record<WatchSight, (count: number) => string>> = {
  added: (count) => countOf(count, 'new file'),
  edited: (count) => `${countOf(count, 'file')} changed`,
  renamed: (count) => `${countOf(count, 'file')} renamed`,
  gone: (count) => `${countOf(count, 'file')} gone`,
  back: (count) => `${countOf(count, 'file')} back`,
  unreadable: (count) => `${countOf(count, 'file')} that cannot be read`,
};

/** One line of the list of what a watch did. */
export function entryWords(entry: WatchEntry): string {
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
      const failed = entry.failed === 0 ? '' : `, ${countOf(entry.failed, 'failed', 'failed')}`;
      const tokens = entry.tokens === null ? '' : `, ${countOf(entry.tokens, 'token')}`;
      return `${countOf(entry.files, 'file')} asked${failed}${tokens}`;
    }
    case 'held':
      return `New files wait: ${whatHappened(entry.problem)}`;
    case 'trouble':
      if (entry.problem !== null) return problemSentence(entry.problem);
      return entry.ended === undefined || isBlind(entry.ended)
        ? 'The folder is watched again'
        : 'Changes in the folder are told of again as they come';
  }
}

/** The files of an entry by name, those that are not named as a number. */
export function namesOfEntry(entry: WatchEntry): string | null {
  if (entry.what !== 'saw') return null;
  const all = Object.values(entry.counts).reduce((sum, count) => sum + count, 0);
  const names = entry.names.map(({ name }) => name.split('/').slice(1).join('/') || name);
  const others = all - names.length;
  return others > 0 ? `${names.join(', ')} and ${countOf(others, 'other')}` : names.join(', ');
}
