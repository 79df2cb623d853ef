/** Formats whose names are words; the others are letters that are written large. */
const words: ReadonlySet<string> = new Set(['text', 'markdown', 'config', 'log', 'code']);

/** What a person calls a format that a file was read as: "PDF", "JPEG", "text". */
export function formatName(format: string): string {
  return words.has(format) ? format : format.toUpperCase();
}
