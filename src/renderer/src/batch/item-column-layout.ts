import { type ColumnLayout, createColumnLayout } from '../ui/grid/column-layout.ts';

const layouts = new Map<string, ColumnLayout>();

/** How the user arranged the columns of a recipe's tables. */
export function layoutOf(recipeId: string): ColumnLayout {
  const known = layouts.get(recipeId);
  if (known !== undefined) return known;
  const layout = createColumnLayout(`docket.batch.columns.${recipeId}`, 'docket.batch.columns');
  layouts.set(recipeId, layout);
  return layout;
}
