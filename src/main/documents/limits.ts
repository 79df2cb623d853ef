/** Upper limits for a single document. Documents are hostile until proven otherwise. */
export interface ExtractLimits {
  /** File size in bytes. A larger file is refused before any of it is read. */
  readonly maxFileBytes: number;
  /** Number of entries in a packed document (.docx). */
  readonly maxZipEntries: number;
  /** Total unpacked bytes of the text parts of a packed document. */
  readonly maxUnpackedBytes: number;
  /** Unpacked bytes per packed byte, for parts that unpack to more than 1 MB. */
  readonly maxUnpackRatio: number;
  /** How many documents a document may lie in: mails attached to mails. */
  readonly maxDepth: number;
  /** How many archives, mails or the like a file may lie in to be one of its own. */
  readonly maxContainers: number;
  /** Files in one archive, mail or the like. */
  readonly maxMembers: number;
  /** Unpacked bytes of all members of an archive that are small enough to be read. */
  readonly maxMemberBytes: number;
}

export const defaultExtractLimits: ExtractLimits = {
  maxFileBytes: 50_000_000,
  maxZipEntries: 5_000,
  maxUnpackedBytes: 100_000_000,
  maxUnpackRatio: 200,
  maxDepth: 8,
  maxContainers: 2,
  maxMembers: 50_000,
  maxMemberBytes: 20_000_000_000,
};
