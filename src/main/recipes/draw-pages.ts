import type { Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { TurnPicture } from '../llm/model-call.ts';
import { turnPictures } from './page-pieces.ts';
import type { RecipeInput, SentPages } from './recipe-input.ts';

type Paged = Pick<RecipeInput, 'text' | 'places'> & { readonly pages: SentPages };

/**
 * Pages as they are sent. A page that cannot be drawn is told of, and its text sent; what is wrong with the whole file, or
 * with every one of the pages that are there, is a problem.
 */
export async function drawPages(
  document: Paged,
  pages: readonly number[],
  onNotDrawn: (page: number) => void,
): Promise<Result<readonly TurnPicture[], Problem>> {
  const drawn = await Promise.all(pages.map(document.pages.draw));
  const failed = drawn.flatMap((page) => (page.ok ? [] : [page.error]));
  const isAnyDrawn = drawn.some((page) => page.ok && page.value.length > 0);
  const [fatal = isAnyDrawn ? undefined : failed[0]] = failed.filter((why) => !isOfOnePage(why));
  if (fatal !== undefined) return err(fatal);
  for (const [index, page] of pages.entries()) if (drawn[index]?.ok === false) onNotDrawn(page);
  return ok(
    turnPictures(
      document,
      pages,
      drawn.map((page) => (page.ok ? page.value : null)),
    ),
  );
}

function isOfOnePage({ code, params }: Problem): boolean {
  return code === 'unexpected' || (code === 'page_not_drawn' && params.why !== 'changed');
}
