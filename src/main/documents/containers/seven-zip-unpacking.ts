import { crc32 } from 'node:zlib';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { damagedFile } from '../file-problems.ts';
import type { Source } from './container.ts';
import { runSevenZip, type SevenZipFormat } from './seven-zip.ts';
import { type ListedFile, NO_PASSWORD } from './seven-zip-listing.ts';

/** What is unpacked at once and kept: an archive is mostly packed as one, and reading one file is unpacking all before it. */
const MOST_KEPT_BYTES = 64_000_000;
/** Each name is compared with those of all files. */
const MOST_NAMED = 1_000;

export interface Sized extends ListedFile {
  readonly bytes: number;
}

/** Unpacks files of an archive, each with those that follow it. */
export interface SevenZipUnpacking {
  unpack(file: Sized): Promise<Result<Buffer, Problem>>;
}

/** Files to come out of a run, one behind the other, of which some are kept. */
interface Plan {
  /** Names that 7-Zip is told; none for all. */
  readonly names: readonly string[];
  readonly expected: readonly Sized[];
  readonly wanted: ReadonlySet<Sized>;
}

/** @param files those that have content, in the order of the archive. */
export function createSevenZipUnpacking(
  source: Source,
  format: SevenZipFormat,
  files: readonly Sized[],
): SevenZipUnpacking {
  const fitsAtOnce = totalOf(files) <= MOST_KEPT_BYTES && !files.some(({ isEncrypted }) => isEncrypted);
  let kept: ReadonlyMap<Sized, Buffer> = new Map();

  const carryOut = async ({ names, expected, wanted }: Plan) => {
    // What is kept is given up first: two at a time would be too much.
    kept = new Map();
    const slices = createSlices(expected, wanted);
    const filters = names.map((name) => `-i!${name}`);
    const run = await runSevenZip(source, ['x', '-so', '-spd', NO_PASSWORD, `-t${format}`, ...filters], slices.add);
    kept = slices.sound(run.succeeded);
    return run;
  };

  /** 7-Zip is told names, so several files of the same name come out together. */
  const named = (wanted: readonly Sized[]): Plan => {
    const names = new Set(wanted.map(({ path }) => path));
    return { names: [...names], expected: files.filter(({ path }) => names.has(path)), wanted: new Set(wanted) };
  };

  /** By its place alone: a name may be listed otherwise than it is written. */
  const placed = (file: Sized): Plan => ({
    names: [],
    expected: files.slice(0, files.indexOf(file) + 1),
    wanted: new Set([file]),
  });

  return {
    unpack: async (file) => {
      if (file.bytes === 0) return ok(Buffer.alloc(0));
      const known = kept.get(file);
      if (known !== undefined) return ok(known);
      const plans = [
        () => (fitsAtOnce ? { names: [], expected: files, wanted: new Set(files) } : named(follow(files, file))),
        // One that is damaged spoils those behind it, which may be sound themselves.
        () => named([file]),
        () => placed(file),
      ];
      let outOfMemory = false;
      for (const plan of plans) {
        ({ outOfMemory } = await carryOut(plan()));
        const unpacked = kept.get(file);
        if (unpacked !== undefined) return ok(unpacked);
        if (outOfMemory) break;
      }
      return err(
        outOfMemory
          ? problem('file_unsupported', { what: 'packing', method: `${file.method}, which takes too much memory` })
          : damagedFile({ what: 'member' }, 'It does not unpack to what its checksum says.'),
      );
    },
  };
}

/** A file and as many behind it as can be kept. */
function follow(files: readonly Sized[], first: Sized): readonly Sized[] {
  const next = [first];
  let total = first.bytes;
  for (const file of files.slice(files.indexOf(first) + 1)) {
    total += file.bytes;
    if (total > MOST_KEPT_BYTES || next.length >= MOST_NAMED) break;
    if (!file.isEncrypted) next.push(file);
  }
  return next;
}

/** Takes apart what is unpacked one after the other. */
function createSlices(expected: readonly Sized[], wanted: ReadonlySet<Sized>) {
  const parts = new Map<Sized, Buffer[]>();
  let next = 0;
  let missing = expected[0]?.bytes ?? 0;

  const partsOf = (file: Sized) => {
    const known = parts.get(file) ?? [];
    parts.set(file, known);
    return known;
  };

  return {
    add: (part: Buffer) => {
      let rest = part;
      for (let file = expected[next]; file !== undefined; file = expected[next]) {
        const taken = rest.subarray(0, missing);
        if (wanted.has(file)) partsOf(file).push(Buffer.from(taken));
        rest = rest.subarray(taken.length);
        missing -= taken.length;
        if (missing > 0) return true;
        next += 1;
        missing = expected[next]?.bytes ?? 0;
      }
      return false;
    },
    /** Files with the content that they had when they were packed. @param hasSucceeded 7-Zip had nothing to complain about. */
    sound: (hasSucceeded: boolean): ReadonlyMap<Sized, Buffer> => {
      const isWhole = hasSucceeded || next >= expected.length;
      const sound = new Map<Sized, Buffer>();
      for (const [file, chunks] of parts) {
        const content = Buffer.concat(chunks);
        if (content.length === file.bytes && isSound(content, file, isWhole)) sound.set(file, content);
      }
      return sound;
    },
  };
}

/** An archive may have no checksum for a file: then it is sound if 7-Zip met nothing on the way to it. */
function isSound(content: Buffer, { checksum }: ListedFile, isWhole: boolean): boolean {
  return checksum === '' ? isWhole : crc32(content) === Number.parseInt(checksum, 16);
}

function totalOf(files: readonly Sized[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
