/** Shows what a recipe would send for a file of a batch, before anything is sent. */
import { stat } from 'node:fs/promises';
import type { ItemDetail } from '../../shared/batch-data.ts';
import type { PictureFile } from '../../shared/page-picture.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { type Recipe, sendingOf } from '../../shared/recipe.ts';
import type { RecipePreview } from '../../shared/recipe-data.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Connections } from '../llm/connections.ts';
import type { PageDrawer } from '../pages/page-drawer.ts';
import { pagePieces } from '../recipes/page-pieces.ts';
import { mostPicturesOf, mostReadCharacters, partTokens } from '../recipes/part-room.ts';
import { preparePieces } from '../recipes/pieces.ts';
import { previewRecipe } from '../recipes/preview-recipe.ts';
import { sendingFor } from '../recipes/sending.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Store } from '../store/store.ts';
import { noBatch } from './batch-states.ts';
import { pagesOf, pageToSend, sendableText } from './pages-to-send.ts';
import { createReadArea } from './read-area.ts';

export interface PreviewRequest {
  readonly batchId: string;
  /** Null for the first file. */
  readonly itemId: number | null;
  readonly recipe: Recipe;
  /** Whose request is shown; null for that of the first. */
  readonly questionId: string | null;
}

export interface Previews {
  preview(request: PreviewRequest): Promise<Result<RecipePreview, Problem>>;
  /** A page of a file as it would be sent. @param page counted from 1. */
  page(
    request: Pick<PreviewRequest, 'batchId' | 'itemId'>,
    page: number,
  ): Promise<Result<readonly PictureFile[], Problem>>;
}

interface PreviewParts {
  readonly store: { readonly read: Pick<Store['read'], 'readBatch' | 'pageOfDetails' | 'readItemDetail'> };
  readonly extractor: Extractor;
  readonly connections: Connections;
  readonly prepareText: PrepareText;
  readonly drawer: Pick<PageDrawer, 'files'>;
}

interface ReadFile {
  /** The same as long as the file is. */
  readonly key: string;
  readonly path: string;
  readonly document: ReadDocument;
}

export function createPreviews({ store, extractor, connections, prepareText, drawer }: PreviewParts): Previews {
  // A recipe is written while one file is looked at: it is read once.
  let last: ReadFile | null = null;

  const read = async (
    { path, inside, apart, withoutPages }: ItemDetail,
    roots: readonly string[] | null,
    maxCharacters: number,
    wordless: boolean,
  ) => {
    const now = await stat(path).catch(() => null);
    const key = JSON.stringify([path, inside, apart, withoutPages, now?.size, now?.mtimeMs, maxCharacters, wordless]);
    if (last?.key === key) return ok(last.document);
    const extracted = await extractor.extract(path, { inside, apart, withoutPages, roots, maxCharacters, wordless });
    if (extracted.ok) last = { key, path, document: extracted.value };
    return extracted;
  };

  const find = async ({ batchId, itemId }: Pick<PreviewRequest, 'batchId' | 'itemId'>) => {
    const setup = await store.read.readBatch(batchId);
    if (setup === null) return err(noBatch());
    const item =
      itemId === null
        ? (await store.read.pageOfDetails({ batchId, only: 'all', from: 0, limit: 1 }))[0]
        : await store.read.readItemDetail(itemId);
    if (item === undefined || item === null) return err(problem('invalid_input', { what: 'item_gone' }));
    return ok({ setup, item, roots: createReadArea(setup.paths)(item.path) });
  };

  return {
    preview: async ({ batchId, itemId, recipe, questionId }) => {
      const found = await find({ batchId, itemId });
      if (!found.ok) return found;
      const { setup, item, roots } = found.value;
      const { llm, model } = setup.batch;
      const lease = connections.lease();
      try {
        const { connection } = lease;
        const asked = { recipe, name: item.row.name, model };
        const maxCharacters = mostReadCharacters(asked, connection);
        const document = await read(item, roots, maxCharacters, llm && sendingOf(recipe) !== 'text');
        if (!document.ok) return document;
        const sending = sendingFor(recipe, document.value.format, llm);
        const text = sendableText(document.value, asked, sending, connection);
        if (!text.ok) return text;
        const partsFor = async (asking: Recipe) => {
          const tokens = partTokens({ ...asked, recipe: asking }, connection);
          if (sending !== 'text') {
            const pages = { count: pagesOf(document.value), withText: sending === 'both' };
            const portion = { tokens, pictures: mostPicturesOf(model, connection) };
            return pagePieces({ text: text.value, places: document.value.places, pages }, portion);
          }
          const whole = { text: text.value, pageStarts: document.value.places?.starts ?? [] };
          return (await preparePieces(prepareText, whole, tokens, false)).pieces;
        };
        return ok(await previewRecipe({ recipe, questionId, name: item.row.name, partsFor, llm }));
      } finally {
        lease.release();
      }
    },
    page: async (request, page) => {
      const found = await find(request);
      if (!found.ok) return found;
      const { item, roots } = found.value;
      // What the preview read: the page is of the same bytes.
      const document = last?.document;
      if (document === undefined || last?.path !== item.path) return err(problem('page_not_drawn', { why: 'changed' }));
      return pageToSend(drawer, { ...item, roots }, document, page, new AbortController().signal);
    },
  };
}
