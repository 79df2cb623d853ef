import { bridge } from '../platform/bridge.ts';
import { createRecipeStore } from './recipe-store.ts';

/** The recipes of this window. */
export const recipes = createRecipeStore(bridge);
