/** The choice to read a PDF without its damaged pages, and its words. */
import type { Problem } from './problem.ts';
import type { ReadingNote } from './reading-note.ts';

/** More are not named in a few words; the problem or the note beside them names them. */
const NAMED = 5;

/** The choice to read a file without its damaged pages; null if it has none, or no others. */
export function withoutPagesLabel(problem: Problem | null): string | null {
  if (problem?.code !== 'file_damaged') return null;
  const { params } = problem;
  if (params.what !== 'pdf_damaged_pages' || params.damaged.length >= params.pages) return null;
  const { damaged } = params;
  return damaged.length > NAMED ? `Read without ${damaged.length} damaged pages` : `Read without ${named(damaged)}`;
}

/** The same choice for several files. @param damaged how many of them can be read so. */
export function allWithoutPagesLabel(damaged: number, files: number): string {
  if (damaged === files) return 'Read all without their damaged pages';
  return damaged === 1 ? 'Read one without its damaged pages' : `Read ${damaged} without their damaged pages`;
}

/** Which pages a text was read without, such as "pages 3, 7 missing"; null if none. */
export function missingPagesWords(notes: readonly ReadingNote[]): string | null {
  const pages = missingPages(notes);
  if (pages.length === 0) return null;
  return pages.length > NAMED ? `${pages.length} pages missing` : `${named(pages)} missing`;
}

/** The pages that a file was read without, counted from 1. */
export function missingPages(notes: readonly ReadingNote[]): readonly number[] {
  return notes.flatMap((note) => (note.code === 'pages_missing' ? note.params.pages : []));
}

function named(pages: readonly number[]): string {
  return `${pages.length === 1 ? 'page' : 'pages'} ${pages.join(', ')}`;
}
