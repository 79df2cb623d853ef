import type { Problem } from '../../../shared/problem.ts';
import type { Result } from '../../../shared/result.ts';

/** A file in a container. */
export interface Member {
  /** Its place there, with forward slashes: unique in its container, and no path on any disk. */
  readonly name: string;
  /** Null if that is not known before it is unpacked. */
  readonly bytes: number | null;
  /** Why it cannot be read, where that is known before it is unpacked. */
  readonly problem: Problem | null;
}

/** What a container holds. */
export interface Listing {
  /** It has no content of its own, as an archive. */
  readonly isFolder: boolean;
  /** In natural order. */
  readonly members: readonly Member[];
  /** Names that were passed over: hidden, left behind by systems, or links to other members. */
  readonly skipped: number;
}

/** A member that can be unpacked, in memory. */
export interface OpenMember extends Member {
  readonly unpack: () => Promise<Result<Buffer, Problem>>;
}

/** A file that holds files. */
export interface Container extends Listing {
  readonly members: readonly OpenMember[];
}

/** What a container is read from: a file on disk of any size, or the bytes of one that lies in another container. */
export interface Source {
  readonly size: number;
  /** Fills the buffer from an offset on. @returns how many bytes there were. */
  readAt(buffer: Buffer, offset: number): number;
  /** The whole of it, if it is no larger than a document may be. */
  readWhole(maxBytes: number): Result<Buffer, Problem>;
}
