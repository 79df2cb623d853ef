import { hasPagePictures } from '../../shared/page-picture.ts';
import { type Recipe, type Sending, sendingOf } from '../../shared/recipe.ts';

/**
 * What of a file is sent: of one without pages that can be drawn, and to the built-in engine, which does not see, the text.
 * @param format as it was read; null if that is not known.
 */
export function sendingFor(recipe: Pick<Recipe, 'send'>, format: string | null, llm: boolean): Sending {
  return llm && hasPagePictures(format) ? sendingOf(recipe) : 'text';
}
