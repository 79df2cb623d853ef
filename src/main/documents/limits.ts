/** What one document may cost at most. Documents are hostile until proven otherwise. */
export interface ExtractLimits {
  /** Bytes of the file on disk. A larger file is refused before a byte of it is read. */
  readonly maxFileBytes: number;
  /** Entries in a packed document (.docx). */
  readonly maxZipEntries: number;
  /** Bytes that the text parts of a packed document may unpack to, all together. */
  readonly maxUnpackedBytes: number;
  /** Unpacked bytes for each packed byte, for a part that unpacks to more than 1 MB. */
  readonly maxUnpackRatio: number;
}

export const defaultExtractLimits: ExtractLimits = {
  maxFileBytes: 50_000_000,
  maxZipEntries: 5_000,
  maxUnpackedBytes: 100_000_000,
  maxUnpackRatio: 200,
};
