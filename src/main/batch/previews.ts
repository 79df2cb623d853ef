/** Shows what a recipe would send for a file of a batch, before anything is sent. */
import { stat } from 'node:fs/promises';
import type { ItemDetail } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import type { RecipePreview } from '../../shared/recipe-data.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Extractor } from '../documents/extractor.ts';
import type { ReadDocument } from '../documents/thread-messages.ts';
import type { Connections } from '../llm/connections.ts';
import { mostReadCharacters, partTokens, readableText } from '../recipes/part-room.ts';
import { preparePieces } from '../recipes/pieces.ts';
import { previewRecipe } from '../recipes/preview-recipe.ts';
import type { PrepareText } from '../recipes/text-thread.ts';
import type { Store } from '../store/store.ts';
import { noBatch } from './batch-states.ts';
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
}

interface PreviewParts {
  readonly store: { readonly read: Pick<Store['read'], 'readBatch' | 'pageOfDetails' | 'readItemDetail'> };
  readonly extractor: Extractor;
  readonly connections: Connections;
  readonly prepareText: PrepareText;
}

interface ReadFile {
  /** The same as long as the file is. */
  readonly key: string;
  readonly document: ReadDocument;
}

export function createPreviews({ store, extractor, connections, prepareText }: PreviewParts): Previews {
  // A recipe is written while one file is looked at: it is read once.
  let last: ReadFile | null = null;

  const read = async ({ path, inside, apart }: ItemDetail, roots: readonly string[] | null, maxCharacters: number) => {
    const now = await stat(path).catch(() => null);
    const key = JSON.stringify([path, inside, apart, now?.size, now?.mtimeMs, maxCharacters]);
    if (last?.key === key) return ok(last.document);
    const extracted = await extractor.extract(path, { inside, apart, roots, maxCharacters });
    if (extracted.ok) last = { key, document: extracted.value };
    return extracted;
  };

  return {
    preview: async ({ batchId, itemId, recipe, questionId }) => {
      const setup = await store.read.readBatch(batchId);
      if (setup === null) return err(noBatch());
      const item =
        itemId === null
          ? (await store.read.pageOfDetails({ batchId, only: 'all', from: 0, limit: 1 }))[0]
          : await store.read.readItemDetail(itemId);
      if (item === undefined || item === null) return err(problem('invalid_input', { what: 'item_gone' }));
      const { llm, model } = setup.batch;
      const lease = connections.lease();
      try {
        const { connection } = lease;
        const asked = { recipe, name: item.row.name, model };
        const maxCharacters = mostReadCharacters(asked, connection);
        const document = await read(item, createReadArea(setup.paths)(item.path), maxCharacters);
        if (!document.ok) return document;
        const text = readableText(document.value, asked, connection);
        if (!text.ok) return text;
        const partsFor = async (asking: Recipe) => {
          const tokens = partTokens({ ...asked, recipe: asking }, connection);
          const whole = { text: text.value, pageStarts: document.value.places?.starts ?? [] };
          return (await preparePieces(prepareText, whole, tokens, false)).pieces;
        };
        return ok(await previewRecipe({ recipe, questionId, name: item.row.name, partsFor, llm }));
      } finally {
        lease.release();
      }
    },
  };
}
