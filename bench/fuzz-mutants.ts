/** Documents that are broken on purpose, each made again by its number alone. */
import { unzipSync, zipSync } from 'fflate';
import type { SeedFile } from './fuzz-corpus.ts';

/** Numbers by chance, the same ones for the same start. */
interface Chance {
  /** From 0 to below `limit`. */
  below(limit: number): number;
  of<T>(list: readonly [T, ...T[]]): T;
}

function chanceFrom(start: number): Chance {
  let state = (start * 2_654_435_761) >>> 0;
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, of: (list) => list[below(list.length)] ?? list[0] };
}

type Mutation = (bytes: Buffer, chance: Chance, others: readonly SeedFile[]) => Buffer;

const flipped: Mutation = (bytes, chance) => {
  const copy = Buffer.from(bytes);
  for (let flips = 1 + chance.below(20); flips > 0 && copy.length > 0; flips -= 1) {
    copy[chance.below(copy.length)] = chance.below(256);
  }
  return copy;
};

const truncated: Mutation = (bytes, chance) => bytes.subarray(0, chance.below(bytes.length));

const spliced: Mutation = (bytes, chance, others) => {
  const other = others[chance.below(others.length)]?.bytes ?? bytes;
  return Buffer.concat([bytes.subarray(0, chance.below(bytes.length)), other.subarray(chance.below(other.length))]);
};

const repeated: Mutation = (bytes, chance) => {
  const from = chance.below(bytes.length);
  const block = bytes.subarray(from, from + 1 + chance.below(chance.of([8, 200, 5_000])));
  const times = 1 + chance.below(Math.max(1, Math.min(20_000, Math.floor(2_000_000 / block.length))));
  return Buffer.concat([bytes.subarray(0, from), ...Array.from({ length: times }, () => block), bytes.subarray(from)]);
};

const removed: Mutation = (bytes, chance) => {
  const from = chance.below(bytes.length);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + chance.below(chance.of([4, 100, 5_000])))]);
};

/** Lengths and offsets in binary formats. */
const renumbered: Mutation = (bytes, chance) => {
  const copy = Buffer.from(bytes);
  for (let times = 1 + chance.below(4); times > 0 && copy.length >= 4; times -= 1) {
    copy.writeUInt32LE(
      chance.of([0, 1, 0xff, 0xffff, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff]),
      chance.below(copy.length - 3),
    );
  }
  return copy;
};

const numbers = [
  '0',
  '-1',
  '1',
  '65536',
  '2147483648',
  '1e308',
  'NaN',
  '',
  '99999999999999999999',
  '../../x',
  '&amp;',
  '%00',
] as const;

/** Tags, control words and numbers in formats that are text: one doubled, dropped, moved, nested, or with another value. */
const rewritten: Mutation = (bytes, chance) => {
  const text = bytes.toString('latin1');
  const tokens = text.match(/<[^<>]*>|\\[a-z]+-?\d* ?|[{}]|"[^"]*"|[^<\\{}"]+|[\s\S]/g) ?? [];
  for (let times = 1 + chance.below(5); times > 0 && tokens.length > 0; times -= 1) {
    const at = chance.below(tokens.length);
    const token = tokens[at] ?? '';
    const other = tokens[chance.below(tokens.length)] ?? '';
    switch (chance.below(7)) {
      case 0:
        tokens[at] = token + token;
        break;
      case 1:
        tokens[at] = '';
        break;
      case 2:
        tokens[at] = other;
        break;
      case 3:
        tokens[at] = token.repeat(1 + chance.below(Math.min(5_000, Math.ceil(500_000 / Math.max(1, token.length)))));
        break;
      case 4:
        tokens[at] = token.replace(/\d+/, chance.of(numbers));
        break;
      case 5:
        tokens[at] = token.replace(/="[^"]*"/, `="${chance.of(numbers)}"`);
        break;
      default:
        tokens[at] = other + token;
    }
  }
  return Buffer.from(tokens.join(''), 'latin1');
};

const plainMutations = [flipped, truncated, spliced, repeated, removed, renumbered, rewritten, rewritten] as const;

/** Changes what is packed, and packs it again: a flipped byte in a packed part only spoils its checksum. */
const inPacked: Mutation = (bytes, chance, others) => {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  for (let times = 1 + chance.below(3); times > 0; times -= 1) {
    const name = names[chance.below(names.length)] ?? '';
    const part = Buffer.from(parts[name] ?? new Uint8Array());
    const action = chance.below(10);
    if (action === 0) delete parts[name];
    else if (action === 1) parts[names[chance.below(names.length)] ?? name] = part;
    else if (part.length > 0) parts[name] = new Uint8Array(chance.of(plainMutations)(part, chance, others));
  }
  return Buffer.from(zipSync(parts, { mtime: new Date('2026-01-01T12:00:00Z'), level: 1 }));
};

export interface Mutant {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The mutant of that number. */
export function mutantOf(corpus: readonly SeedFile[], number: number): Mutant {
  const chance = chanceFrom(number);
  const seed = corpus[chance.below(corpus.length)];
  if (seed === undefined) throw new Error('There is nothing to change.');
  const isPacked = seed.bytes.subarray(0, 4).toString('latin1') === 'PK\x03\x04';
  const change = isPacked && chance.below(4) > 0 ? inPacked : chance.of(plainMutations);
  return { name: seed.name, bytes: change(seed.bytes, chance, corpus) };
}
