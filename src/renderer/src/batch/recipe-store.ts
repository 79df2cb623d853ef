import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Bridge } from '../../../shared/contract.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Recipe } from '../../../shared/recipe.ts';
import type { RecipeList } from '../../../shared/recipe-data.ts';
import type { Result } from '../../../shared/result.ts';
import { finished, newQuestion, newRecipe } from './recipe-draft.ts';

/** A recipe that is being looked at or changed. */
export interface RecipeEditing {
  /** As it is in the fields now. */
  readonly draft: Recipe;
  /** As it is kept; null for one that was not saved yet. */
  readonly kept: Recipe | null;
  /** It came with Docket: it can be read, and duplicated. */
  readonly bundled: boolean;
  /** The question whose fields are open. */
  readonly openQuestion: string | null;
  readonly problem: Problem | null;
}

export type RecipeAction = 'save' | 'duplicate' | 'import' | 'export';

export interface RecipeState {
  /** Null until it has been read. */
  readonly list: RecipeList | null;
  readonly problem: Problem | null;
  readonly editing: RecipeEditing | null;
  readonly doing: RecipeAction | null;
}

export interface RecipeStore {
  readonly store: StoreApi<RecipeState>;
  /** Reads the list and follows its changes, until the returned function is called. */
  connect(): () => void;
  load(): Promise<void>;
  /** Opens a recipe: the one of that id as it is kept, or else as it is given, for a batch may have an older version. */
  edit(recipe: Recipe): void;
  editNew(): void;
  change(draft: Recipe): void;
  open(questionId: string | null): void;
  /** @returns the draft, if something in it was not saved. */
  close(): Recipe | null;
  /** Opens again what was closed. */
  reopen(draft: Recipe): void;
  /** @returns the recipe as it is kept, or null if it could not be. */
  save(): Promise<Recipe | null>;
  duplicate(recipe: Recipe): Promise<Recipe | null>;
  remove(recipeId: string): Promise<boolean>;
  restore(recipeId: string): Promise<void>;
  /** What new batches ask from now on. */
  use(recipeId: string): Promise<void>;
  importFile(): Promise<Recipe | null>;
  /** @returns where it was saved. */
  exportFile(recipe: Recipe): Promise<string | null>;
}

export function createRecipeStore(bridge: Bridge, newId: () => string = () => crypto.randomUUID()): RecipeStore {
  const store = createStore<RecipeState>(() => ({ list: null, problem: null, editing: null, doing: null }));
  const { getState: get, setState: set } = store;

  async function load(): Promise<void> {
    const result = await bridge.request('recipe.list', undefined);
    if (result.ok) set({ list: result.value, problem: null });
    else set({ problem: result.error });
  }

  function listed(id: string) {
    return get().list?.recipes.find(({ recipe }) => recipe.id === id);
  }

  function show(draft: Recipe, kept: Recipe | null, openQuestion: string | null): void {
    const bundled = listed(draft.id)?.bundled ?? false;
    set({ editing: { draft, kept, bundled, openQuestion, problem: null } });
  }

  /** A failure is told in the editor if one is open, else where recipes are chosen. */
  async function act<T>(doing: RecipeAction, request: () => Promise<Result<T, Problem>>): Promise<T | null> {
    set({ doing, problem: null });
    const result = await request();
    const { editing } = get();
    set({ doing: null, editing: editing === null ? null : { ...editing, problem: result.ok ? null : result.error } });
    if (!result.ok && editing === null) set({ problem: result.error });
    return result.ok ? result.value : null;
  }

  return {
    store,
    connect() {
      void load();
      return bridge.on('recipe.changed', () => void load());
    },
    load,
    edit(recipe) {
      const kept = listed(recipe.id)?.recipe ?? null;
      show(kept ?? recipe, kept, null);
    },
    editNew() {
      const question = newQuestion(newId());
      show(newRecipe(newId(), question), null, question.id);
    },
    change(draft) {
      const { editing } = get();
      if (editing !== null) set({ editing: { ...editing, draft, problem: null } });
    },
    open(openQuestion) {
      const { editing } = get();
      if (editing !== null) set({ editing: { ...editing, openQuestion } });
    },
    close() {
      const { editing } = get();
      set({ editing: null });
      return editing !== null && isChanged(editing) ? editing.draft : null;
    },
    reopen(draft) {
      show(draft, listed(draft.id)?.recipe ?? null, null);
    },
    async save() {
      const { editing } = get();
      if (editing === null) return null;
      const saved = await act('save', () => bridge.request('recipe.save', { recipe: finished(editing.draft) }));
      const now = get().editing;
      if (saved !== null && now !== null) set({ editing: { ...now, draft: saved, kept: saved } });
      return saved;
    },
    async duplicate(recipe) {
      const copy = await act('duplicate', () => bridge.request('recipe.duplicate', { recipe: finished(recipe) }));
      if (copy !== null) show(copy, copy, null);
      return copy;
    },
    async remove(recipeId) {
      const result = await bridge.request('recipe.remove', { recipeId });
      if (result.ok && get().editing?.draft.id === recipeId) set({ editing: null });
      if (!result.ok) set({ problem: result.error });
      return result.ok;
    },
    async restore(recipeId) {
      const result = await bridge.request('recipe.restore', { recipeId });
      if (!result.ok) set({ problem: result.error });
    },
    async use(recipeId) {
      const result = await bridge.request('recipe.use', { recipeId });
      if (!result.ok) set({ problem: result.error });
    },
    importFile: () => act('import', () => bridge.request('recipe.import', undefined)),
    exportFile: (recipe) => act('export', () => bridge.request('recipe.export', { recipe: finished(recipe) })),
  };
}

/** Whether something would be lost by closing it. */
export function isChanged({ draft, kept, bundled }: RecipeEditing): boolean {
  if (bundled) return false;
  if (kept !== null) return JSON.stringify(draft) !== JSON.stringify(kept);
  return draft.questions.some(({ title, ask }) => title.trim() !== '' || ask.trim() !== '');
}
