import { Check, ClipboardList, FileUp, PenLine, Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { Batch } from '../../../shared/batch-data.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { isBusy } from './batch-words.ts';
import { applyTo, importRecipe } from './recipe-actions.ts';
import styles from './recipe-picker.module.css';
import { recipes } from './recipes.ts';

interface RecipePickerProps {
  /** The batch whose recipe is chosen; null for that of the next one. */
  readonly batch: Batch | null;
  readonly recipe: Recipe;
  /** The button that opens it. */
  readonly trigger: ReactElement;
}

/** Chooses what is asked, and leads to the editor. */
export function RecipePicker({ batch, recipe, trigger }: RecipePickerProps) {
  const list = useStore(recipes.store, (state) => state.list)?.recipes ?? [];
  const runs = batch !== null && isBusy(batch.status);
  const choose = (chosen: Recipe) => void (batch === null ? recipes.use(chosen.id) : applyTo(batch, chosen));
  const entryOf = (listed: Recipe): MenuEntry => ({
    label: listed.name,
    icon: listed.id === recipe.id ? <Check /> : <span className={styles.unchosen} />,
    disabled: runs,
    onSelect: () => choose(listed),
  });
  const own = list.filter(({ bundled }) => !bundled);
  return (
    <Menu
      align="start"
      trigger={trigger}
      entries={[
        ...own.map((listed) => entryOf(listed.recipe)),
        ...(own.length === 0 ? [] : [null]),
        ...list.filter(({ bundled }) => bundled).map((listed) => entryOf(listed.recipe)),
        null,
        {
          label: 'Show and edit this recipe',
          icon: <PenLine />,
          onSelect: () => recipes.edit(recipe),
          focusAfter: firstField,
        },
        { label: 'New recipe', icon: <Plus />, onSelect: () => recipes.editNew(), focusAfter: firstField },
        { label: 'Import recipe…', icon: <FileUp />, onSelect: () => void importRecipe(runs ? null : batch) },
      ]}
    />
  );
}

/** Where one begins to write: what the open question asks, else the editor's first control. */
function firstField(): HTMLElement | null {
  return (
    document.querySelector<HTMLElement>('[data-field="ask"] textarea') ?? document.querySelector('[data-recipe] button')
  );
}

/** What stands on the buttons that open it. */
export const recipeIcon = <ClipboardList />;
