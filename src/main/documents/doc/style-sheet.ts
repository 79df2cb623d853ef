import { type Changes, changesOf, mergedOver } from './properties.ts';

export interface StyleSheet {
  /** What a style says about its paragraphs and characters, with what it is based on. */
  readonly of: (style: number) => Changes;
}

interface Style {
  readonly base: number;
  readonly own: Changes;
}

const PARAGRAPH = 1;
const CHARACTER = 2;
/** A longer chain is a cycle. */
const maxBases = 50;
const LAST_HEADING = 9;

export function readStyleSheet(bytes: Buffer): StyleSheet {
  const styles = bytes.length < 6 ? [] : readStyles(bytes);
  const known = new Map<number, Changes>();
  return {
    of(style) {
      const before = known.get(style);
      if (before !== undefined) return before;
      const chain: Changes[] = [];
      for (let at = style; chain.length < maxBases; ) {
        const one = styles[at];
        if (one === undefined || one === null) break;
        chain.push(one.own);
        at = one.base;
      }
      const merged = chain.reduceRight<Changes>((below, own) => mergedOver(below, own), {});
      known.set(style, merged);
      return merged;
    },
  };
}

function readStyles(bytes: Buffer): (Style | null)[] {
  const headBytes = bytes.readUInt16LE(0);
  const count = bytes.readUInt16LE(2);
  const baseBytes = bytes.readUInt16LE(4);
  const styles: (Style | null)[] = [];
  let at = 2 + headBytes;
  for (let index = 0; index < count && at + 2 <= bytes.length; index += 1) {
    const size = bytes.readUInt16LE(at);
    styles.push(size < baseBytes + 2 ? null : readStyle(bytes.subarray(at + 2, at + 2 + size), baseBytes));
    at += 2 + size;
  }
  return styles;
}

function readStyle(bytes: Buffer, baseBytes: number): Style | null {
  if (bytes.length < Math.max(6, baseBytes + 2)) return null;
  const builtIn = bytes.readUInt16LE(0) & 0x0fff;
  const kindAndBase = bytes.readUInt16LE(2);
  const kind = kindAndBase & 0x000f;
  const nameEnd = baseBytes + 2 + bytes.readUInt16LE(baseBytes) * 2 + 2;
  const [first, second] = propertyLists(bytes, nameEnd);
  let own: Changes = {};
  if (kind === PARAGRAPH)
    own = mergedOver(changesOf((first ?? Buffer.alloc(0)).subarray(2)), changesOf(second ?? Buffer.alloc(0)));
  else if (kind === CHARACTER) own = changesOf(first ?? Buffer.alloc(0));
  // Word's own styles for headings, whatever they are called.
  const isHeading = kind === PARAGRAPH && builtIn >= 1 && builtIn <= LAST_HEADING;
  return { base: kindAndBase >> 4, own: isHeading ? { outline: builtIn - 1, ...own } : own };
}

function propertyLists(bytes: Buffer, from: number): Buffer[] {
  const found: Buffer[] = [];
  for (let at = from + (from % 2); at + 2 <= bytes.length && found.length < 3; ) {
    const size = bytes.readUInt16LE(at);
    found.push(bytes.subarray(at + 2, at + 2 + size));
    at += 2 + size + (size % 2);
  }
  return found;
}
