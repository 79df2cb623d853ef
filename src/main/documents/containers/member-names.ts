import { isAscii, isUtf8 } from 'node:buffer';
import { isLeftover } from '../leftovers.ts';
import { decodeText } from '../text/decode-text.ts';

/** Longer names say nothing more, and some archives have them to do harm. */
const LONGEST_NAME = 1_000;

/**
 * Names of which nothing says how they are encoded. UTF-8 is not mistaken for anything else; otherwise all names of an
 * archive are one text, which tells more than each alone.
 */
export function decodeNames(names: readonly Buffer[]): string[] {
  const all = Buffer.concat(names.flatMap((name) => [name, NEW_LINE]));
  if (isAscii(all)) return names.map((name) => name.toString('latin1'));
  if (isUtf8(all)) return names.map((name) => name.toString('utf8'));
  const lines = decodeText(all)?.text.split('\n');
  // Names with line breaks, or that are no text in any encoding.
  if (lines === undefined || lines.length !== names.length + 1) return names.map((name) => name.toString('latin1'));
  return lines.slice(0, -1);
}

const NEW_LINE = Buffer.from('\n');

/**
 * A name as it is shown: without what would lead out of a folder, which is no danger here, as nothing is unpacked to a
 * disk, but says nothing either. Null if nothing is left.
 */
export function tidyName(name: string): string | null {
  const steps = name
    .slice(0, LONGEST_NAME)
    .replace(/^[a-z]:(?=[\\/])/i, '')
    .split(/[\\/]/)
    .map((step) => step.replace(/\p{Cc}+/gu, ' ').trim())
    .filter((step) => step !== '' && step !== '.' && step !== '..');
  return steps.length === 0 ? null : steps.join('/');
}

/** Whether a member, or a folder it lies in, is hidden or was left behind by a system. */
export function isHidden(name: string): boolean {
  return name.split('/').some(isLeftover);
}

/** Gives members of the same name different ones: the second `offer.pdf` is `offer (2).pdf`. */
export function createUniqueNames(): (name: string) => string {
  const taken = new Set<string>();
  const counts = new Map<string, number>();
  return (name) => {
    let unique = name;
    for (let count = counts.get(name) ?? 1; taken.has(unique); ) {
      count += 1;
      counts.set(name, count);
      unique = numbered(name, count);
    }
    taken.add(unique);
    return unique;
  };
}

function numbered(name: string, count: number): string {
  const dot = name.lastIndexOf('.');
  return dot > name.lastIndexOf('/') + 1 ? `${name.slice(0, dot)} (${count})${name.slice(dot)}` : `${name} (${count})`;
}
