/** A stream in the root of a compound file, as its directory describes it. */
export interface RootStream {
  readonly name: string;
  /** Offset in the file at which it begins; only for streams that are not small. */
  readonly at: number;
}

const [HEADER_BYTES, ENTRY_BYTES] = [512, 128];
const NONE = 0xffff_fffa;
const FAT_SECTORS_IN_HEADER = 109;
/** Sectors and entries that are looked at: chains may run in circles. */
const mostSteps = 100_000;

/**
 * The names in the root of a compound file. What is embedded in it (a Word document in a workbook) has the same names
 * further down.
 */
export function rootStreams(file: Buffer): readonly RootStream[] {
  if (file.length < HEADER_BYTES) return [];
  const sectorBytes = 2 ** Math.min(file.readUInt16LE(30), 16);
  const at = (sector: number) => (sector + 1) * sectorBytes;
  const entries: Buffer[] = [];
  for (const sector of chain(file, file.readUInt32LE(48), sectorBytes)) {
    const bytes = file.subarray(at(sector), at(sector) + sectorBytes);
    for (let from = 0; from + ENTRY_BYTES <= bytes.length; from += ENTRY_BYTES) {
      entries.push(bytes.subarray(from, from + ENTRY_BYTES));
    }
  }
  return siblings(entries, entries[0]?.readUInt32LE(76) ?? NONE).map((entry) => ({
    name: nameOf(entry),
    at: at(entry.readUInt32LE(116)),
  }));
}

function nameOf(entry: Buffer): string {
  const bytes = Math.min(64, Math.max(2, entry.readUInt16LE(64)));
  return entry.toString('utf16le', 0, bytes - 2);
}

/** The sectors that follow each other from the given one. */
function* chain(file: Buffer, first: number, sectorBytes: number): Generator<number> {
  const perSector = sectorBytes / 4;
  let sector = first;
  for (let step = 0; step < mostSteps && sector < NONE && (sector + 1) * sectorBytes < file.length; step += 1) {
    yield sector;
    const table = Math.floor(sector / perSector);
    if (table >= FAT_SECTORS_IN_HEADER) return;
    const place = (file.readUInt32LE(76 + table * 4) + 1) * sectorBytes + (sector % perSector) * 4;
    if (place + 4 > file.length) return;
    sector = file.readUInt32LE(place);
  }
}

/** The entries beside the given one: those of a folder are a tree. */
function siblings(entries: readonly Buffer[], first: number): Buffer[] {
  const found = new Map<number, Buffer>();
  const waiting = [first];
  for (let index = waiting.pop(); index !== undefined; index = waiting.pop()) {
    const entry = entries[index];
    if (entry === undefined || found.has(index)) continue;
    found.set(index, entry);
    waiting.push(entry.readUInt32LE(68), entry.readUInt32LE(72));
  }
  return [...found.values()];
}
