/** The pages of a file as a recipe sends them. */
import type { Problem } from '../../shared/problem.ts';
import type { ReadingNote } from '../../shared/reading-note.ts';
import { type Recipe, type Sending, sendingOf } from '../../shared/recipe.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Located } from '../documents/containers/location.ts';
import { isImageFormat } from '../documents/images/image-pages.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Connection } from '../llm/connection.ts';
import type { PageSource } from '../pages/messages.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { readableText, whyNoPicture } from '../recipes/part-room.ts';
import type { RecipeInput, SentPages } from '../recipes/recipe-input.ts';

/** How many pages a document has that can be drawn: an image is one. */
export function pagesOf({ places }: Pick<ReadDocument, 'places'>): number {
  return places?.starts.length ?? 1;
}

/** A file that was read, to draw its pages; of one that has changed since, none is drawn. */
export function pageSource(
  { path, inside, roots }: Located,
  { sha256, format }: Pick<ReadDocument, 'format' | 'sha256'>,
): PageSource {
  return { path, inside, roots, sha256, format: isImageFormat(format) ? format : 'pdf' };
}

/** Undefined where only the text is sent. */
export function pagesToSend(
  drawer: Pick<PageDrawer, 'files'>,
  file: Located,
  document: Pick<ReadDocument, 'format' | 'sha256' | 'places'>,
  sending: Sending,
  signal: AbortSignal,
): SentPages | undefined {
  if (sending === 'text') return undefined;
  const source = pageSource(file, document);
  return {
    count: pagesOf(document),
    withText: sending === 'both',
    draw: (page) => drawer.files(source, page, signal),
  };
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
