import { isNothing, type Salvage } from './salvage-or-backup.ts';

/** Describes the salvage of a damaged store, in sentences. */
export function salvageWords(salvage: Salvage): readonly string[] {
  const { lostRows, lostTexts, isEndUnknown, damagedFile } = salvage;
  const lost = [
    ...(lostRows > 0 ? [`up to ${amount(lostRows, 'row')}`] : []),
    ...(lostTexts > 0 ? [amount(lostTexts, 'text')] : []),
    ...(isEndUnknown && !isNothing(salvage) ? ['an unknown number of rows after them'] : []),
  ];
  return [
    whatIsKept(salvage),
    ...(lost.length === 0 ? [] : [`Lost: ${listed(lost)}.`]),
    `The damaged file is kept as ${damagedFile}.`,
  ];
}

function whatIsKept(salvage: Salvage): string {
  const { calls, conversations, files, backup } = salvage;
  if (isNothing(salvage)) return 'Nothing of it could be read.';
  const counts = listed([amount(calls, 'call'), amount(conversations, 'conversation'), amount(files, 'file')]);
  if (backup === null) return `What could be read is kept: ${counts}.`;
  return `Nothing of it could be read. Restored from the copy made before an update of Docket: ${counts}. Anything newer is lost. The copy is ${backup}.`;
}

function amount(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
