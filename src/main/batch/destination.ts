/** Where the texts of a batch go, and whether a batch that was begun may go on there. */
import type { Batch } from '../../shared/batch-data.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Recipe } from '../../shared/recipe.ts';
import type { Connection } from '../llm/connection.ts';
import { recipeHash } from '../recipes/recipe-hash.ts';
import type { Destination } from './batch-record.ts';

/** Where a batch would go now. The built-in engine has one model, whatever was asked for. */
export function destinationOf({ settings }: Connection, temperature: number, model?: string): Destination {
  const { provider } = settings;
  return {
    providerName: provider.name,
    host: provider.host,
    model: provider.kind === 'builtin' ? provider.model : (model ?? provider.model),
    llm: provider.llm,
    local: provider.local,
    temperature,
  };
}

/** The same for the same paths, in any order, with the same provider, model and recipe: a batch is found again by it. */
export function sourceOf(paths: readonly string[], { host, model, temperature }: Destination, recipe: Recipe): string {
  return JSON.stringify({ paths: [...paths].sort(), host, model, temperature, recipe: recipeHash(recipe) });
}

/** Whether a batch names that destination. Its model stays its own, whatever is set meanwhile. */
export function goesTo(batch: Batch, { host, llm }: Destination): boolean {
  return batch.host === host && batch.llm === llm;
}

/** Said of a batch that had begun, before it begins anew with another provider. */
export function willMove(batch: Batch, to: Destination): Problem {
  return problem('not_allowed', {
    what: 'provider_changes',
    begunWith: batch.providerName,
    model: batch.model,
    now: to.providerName,
  });
}

/** A batch never changes its provider halfway: its rows would not say the same thing. */
export function cannotMove(batch: Batch, to: Destination): Problem {
  return problem('not_allowed', {
    what: 'provider_changed',
    begunWith: batch.providerName,
    model: batch.model,
    now: to.providerName,
  });
}
