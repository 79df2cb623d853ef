/** A stream or folder of a compound file, as its directory describes it. */
export interface CompoundEntry {
  readonly name: string;
  readonly kind: 'stream' | 'folder' | 'root';
  /** In bytes. */
  readonly size: number;
  readonly first: number;
  readonly children: readonly CompoundEntry[];
}

export interface CompoundFile {
  readonly root: CompoundEntry;
  /** The bytes of a stream, as far as the file has them. */
  readonly read: (entry: CompoundEntry) => Buffer;
  /** False where sectors or entries follow each other in circles, which keeps most programs busy for ever. */
  readonly isSound: boolean;
}

const [HEADER_BYTES, ENTRY_BYTES, MINI_SECTOR_BYTES] = [512, 128, 64];
const FIRST_SPECIAL = 0xffff_fffa;
const TABLES_IN_HEADER = 109;
/** Streams that share sectors are a fault that most programs read over. */
const mostOfFile = 2;
/** Of folders in each other. */
const deepest = 100;
const kinds: Readonly<Record<number, CompoundEntry['kind']>> = { 1: 'folder', 2: 'stream', 5: 'root' };

/** The streams of a compound file, which programs of before 2007 keep their documents in; null if it is none. */
export function openCompound(file: Buffer): CompoundFile | null {
  const power = file.length < HEADER_BYTES ? 0 : file.readUInt16LE(30);
  if (power < 7 || power > 16) return null;
  const sectorBytes = 2 ** power;
  const sector = (at: number) => file.subarray((at + 1) * sectorBytes, (at + 2) * sectorBytes);
  const chains = createChains(file, sectorBytes);
  const big = (first: number) => chains.follow(first).map(sector);
  const bytes = Buffer.concat(big(file.readUInt32LE(48)));
  const tree = readTree(bytes);
  if (tree === null) return null;
  const smallTable = numbersOf(Buffer.concat(big(file.readUInt32LE(60))));
  const smallBelow = file.readUInt32LE(56);
  const smallBytes = Buffer.concat(big(tree.root.first));

  function readSmall(first: number): Buffer {
    const found: Buffer[] = [];
    const seen = new Set<number>();
    for (let at = first; at < FIRST_SPECIAL && !seen.has(at); at = smallTable[at] ?? FIRST_SPECIAL) {
      seen.add(at);
      found.push(smallBytes.subarray(at * MINI_SECTOR_BYTES, (at + 1) * MINI_SECTOR_BYTES));
    }
    return Buffer.concat(found);
  }

  const read = ({ first, size }: CompoundEntry): Buffer =>
    (size < smallBelow ? readSmall(first) : Buffer.concat(big(first))).subarray(0, size);
  return {
    root: tree.root,
    read,
    isSound: tree.isSound && fits(tree.streams) && !chains.isCircular() && !isCircular(smallTable),
  };

  /** Whether the streams have room in the file: those of hostile ones are made of the same sectors again and again. */
  function fits(streams: readonly CompoundEntry[]): boolean {
    let left = mostOfFile * file.length;
    for (const { first, size } of streams) {
      left -= size < smallBelow ? size : chains.follow(first).length * sectorBytes;
      if (left < 0) return false;
    }
    return true;
  }
}

/** Which sector follows which. */
function createChains(file: Buffer, sectorBytes: number) {
  const sectors = Math.ceil(file.length / sectorBytes);
  const table = sectorTable(file, sectorBytes);
  let circular = false;

  return {
    isCircular: () => circular,
    follow(first: number): number[] {
      const found: number[] = [];
      const seen = new Set<number>();
      for (let at = first; at < FIRST_SPECIAL && at < sectors; at = table(at)) {
        if (seen.has(at)) {
          circular = true;
          return found;
        }
        seen.add(at);
        found.push(at);
      }
      return found;
    },
  };
}

/** The table of sectors, whose own sectors are listed in the header and, of large files, in sectors after it. */
function sectorTable(file: Buffer, sectorBytes: number): (at: number) => number {
  const perSector = sectorBytes / 4;
  const lists = Array.from({ length: TABLES_IN_HEADER }, (_, at) => file.readUInt32LE(76 + at * 4));
  const seen = new Set<number>();
  for (let at = file.readUInt32LE(68); at < FIRST_SPECIAL && !seen.has(at); ) {
    seen.add(at);
    const numbers = numbersOf(file.subarray((at + 1) * sectorBytes, (at + 2) * sectorBytes));
    lists.push(...numbers.slice(0, perSector - 1));
    at = numbers[perSector - 1] ?? FIRST_SPECIAL;
  }
  return (at) => {
    const place = ((lists[Math.floor(at / perSector)] ?? FIRST_SPECIAL) + 1) * sectorBytes + (at % perSector) * 4;
    return place + 4 > file.length ? FIRST_SPECIAL : file.readUInt32LE(place);
  };
}

function numbersOf(bytes: Buffer): number[] {
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, at) => bytes.readUInt32LE(at * 4));
}

/** Whether any chain of the table never ends. */
function isCircular(table: readonly number[]): boolean {
  const state = new Uint32Array(table.length);
  for (let first = 0; first < table.length; first += 1) {
    for (let at = first; at < table.length && state[at] !== first + 1; at = table[at] ?? FIRST_SPECIAL) {
      if (state[at] !== 0) break;
      state[at] = first + 1;
      if (state[table[at] ?? FIRST_SPECIAL] === first + 1) return true;
    }
  }
  return false;
}

interface Tree {
  readonly root: CompoundEntry;
  readonly streams: readonly CompoundEntry[];
  readonly isSound: boolean;
}

/** The entries of a folder are a tree of their own. */
function readTree(directory: Buffer): Tree | null {
  const seen = new Set<number>();
  const streams: CompoundEntry[] = [];
  let isSound = true;

  function entryAt(at: number, depth: number): CompoundEntry | null {
    const bytes = directory.subarray(at * ENTRY_BYTES, (at + 1) * ENTRY_BYTES);
    const kind = bytes.length < ENTRY_BYTES ? undefined : kinds[bytes[66] ?? 0];
    if (kind === undefined) return null;
    const children = kind === 'stream' || depth > deepest ? [] : siblings(bytes.readUInt32LE(76), depth + 1);
    const entry = {
      name: nameOf(bytes),
      kind,
      size: bytes.readUInt32LE(120),
      first: bytes.readUInt32LE(116),
      children,
    };
    if (kind === 'stream') streams.push(entry);
    return entry;
  }

  function siblings(first: number, depth: number): CompoundEntry[] {
    const found: CompoundEntry[] = [];
    const waiting = [first];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if ((at + 1) * ENTRY_BYTES > directory.length) continue;
      if (seen.has(at)) {
        isSound = false;
        continue;
      }
      seen.add(at);
      const entry = entryAt(at, depth);
      if (entry !== null) found.push(entry);
      waiting.push(directory.readUInt32LE(at * ENTRY_BYTES + 68), directory.readUInt32LE(at * ENTRY_BYTES + 72));
    }
    return found;
  }

  seen.add(0);
  const root = entryAt(0, 0);
  return root === null ? null : { root, streams, isSound };
}

function nameOf(entry: Buffer): string {
  const bytes = Math.min(64, Math.max(2, entry.readUInt16LE(64)));
  return entry.toString('utf16le', 0, bytes - 2);
}
