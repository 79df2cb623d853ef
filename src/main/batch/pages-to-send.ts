/** The pages of a file as a recipe sends them. */

import { missingPages } from '../../shared/damaged-pages.ts';
import type { Problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { type Recipe, type Sending, sendingOf } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Located } from '../documents/containers/location.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Connection } from '../llm/connection.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { pageSource } from '../pages/page-source.ts';
import { readableText, whyNoPicture } from '../recipes/part-room.ts';
import type { RecipeInput, SentPages } from '../recipes/recipe-input.ts';

/** How many pages a document has that can be drawn: an image is one. */
export function pagesOf({ places }: Pick<ReadDocument, 'places'>): number {
  return places?.starts.length ?? 1;
}

/** Undefined where only the text is sent. */
export function pagesToSend(
  drawer: Pick<PageDrawer, 'files'>,
  file: Located,
  document: Pick<ReadDocument, 'format' | 'sha256' | 'places' | 'notes'>,
  sending: Sending,
  signal: AbortSignal,
): SentPages | undefined {
  if (sending === 'text') return undefined;
  return {
    count: pagesOf(document),
    withText: sending === 'both',
    draw: (page) => pageToSend(drawer, file, document, page, signal),
  };
}

/** A page as it is sent. Of a damaged one that the file was read without, a part of it would look like the whole: none is sent. */
export async function pageToSend(
  drawer: Pick<PageDrawer, 'files'>,
  file: Located,
  document: Pick<ReadDocument, 'format' | 'sha256' | 'notes'>,
  page: number,
  signal: AbortSignal,
): ReturnType<PageDrawer['files']> {
  if (missingPages(document.notes).includes(page)) return ok([]);
  return await drawer.files(pageSource(file, document), page, signal);
}

/** The text of a document, which is looked through for quotations also where pictures are sent; or why it cannot be asked about. */
export function sendableText(
  document: ReadDocument,
  asked: Pick<RecipeInput, 'recipe' | 'name' | 'model'>,
  sending: Sending,
  connection: Connection,
): Result<string, Problem> {
  if (sending === 'text') return readableText(document, asked, connection);
  const why = whyNoPicture(pagesOf(document), asked, connection);
  if (why !== null) return err(why);
  return sending === 'pages' && document.text !== null ? ok(document.text) : readableText(document, asked, connection);
}

/** What to say of a file of which the text is sent although the recipe sends pictures. */
export function notSeen(recipe: Pick<Recipe, 'send'>, sending: Sending, llm: boolean): readonly ReadingNote[] {
  if (sending !== 'text' || sendingOf(recipe) === 'text') return [];
  return [{ code: 'sent_as_text', params: { why: llm ? 'no_pages' : 'builtin' } }];
}

export function notDrawnNotes(pages: readonly number[], of: number): readonly ReadingNote[] {
  return pages.length === 0 ? [] : [{ code: 'pages_not_drawn', params: { pages, of } }];
}

export function withNotes(document: ReadDocument, notes: readonly ReadingNote[]): ReadDocument {
  return notes.length === 0 ? document : { ...document, notes: [...document.notes, ...notes] };
}
