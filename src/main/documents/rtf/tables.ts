import { createEncodings } from './encodings.ts';
import { createFonts } from './fonts.ts';
import { createRtfLists } from './lists.ts';
import { createRtfStyles } from './styles.ts';

export type RtfTables = ReturnType<typeof createRtfTables>;

/** The tables of a document, which its text refers to by number. */
export function createRtfTables() {
  const encodings = createEncodings();
  return { encodings, fonts: createFonts(encodings), styles: createRtfStyles(), lists: createRtfLists() };
}
