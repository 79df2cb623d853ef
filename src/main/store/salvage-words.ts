import type { Salvage } from './open-recovered.ts';

/** Describes the salvage of a damaged store, in sentences. */
export function salvageWords(salvage: Salvage): readonly string[] {
  const { calls, conversations, files, lostRows, lostTexts, isEndUnknown, damagedFile } = salvage;
  const counts = [amount(calls, 'call'), amount(conversations, 'conversation'), amount(files, 'file')];
  const isNothing = calls + conversations + files === 0;
  const kept = isNothing ? 'Nothing of it could be read.' : `What could be read is kept: ${listed(counts)}.`;
  const lost = [
    ...(lostRows > 0 ? [`up to ${amount(lostRows, 'row')}`] : []),
    ...(lostTexts > 0 ? [amount(lostTexts, 'text')] : []),
    ...(isEndUnknown && !isNothing ? ['an unknown number of rows after them'] : []),
  ];
  return [
    kept,
    ...(lost.length === 0 ? [] : [`Lost: ${listed(lost)}.`]),
    `The damaged file is kept as ${damagedFile}.`,
  ];
}

function amount(count: number, what: string): string {
  return `${count.toLocaleString('en-US')} ${what}${count === 1 ? '' : 's'}`;
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
