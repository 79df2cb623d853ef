/** Reads the model names in a server's list, in all known shapes. */
import { isObject } from './json-value.ts';

/** OpenAI, Ollama; Ollama and Google natively; Azure; gateways. Together sends a bare list. */
const CONTAINERS = ['data', 'models', 'value', 'items', 'results', 'result', 'list', 'model_list'] as const;
/** OpenAI; Google, Ollama and Cohere; Ollama; LiteLLM; LM Studio; others. */
const NAMES = ['id', 'name', 'model', 'model_name', 'key', 'slug'] as const;
/** A list may be nested one object deeper. */
const DEEPEST = 2;

/** Each name once, in order; null if it is not a list of models. */
export function readModelNames(value: unknown, depth = 0): readonly string[] | null {
  if (Array.isArray(value)) return namesIn(value);
  if (!isObject(value) || depth > DEEPEST) return null;
  for (const container of CONTAINERS) {
    if (!Object.hasOwn(value, container)) continue;
    const inside = value[container];
    // A server that has no models yet.
    if (inside === null) return [];
    const names = readModelNames(inside, depth + 1) ?? namedByKey(inside);
    if (names !== null) return names;
  }
  return null;
}

/** The entries of a list; empty where they are no list. */
export function modelEntries(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return [];
  const inside = CONTAINERS.map((container) => value[container]).find(Array.isArray);
  return Array.isArray(inside) ? inside : [];
}

function namesIn(models: readonly unknown[]): readonly string[] | null {
  const names = models.flatMap((model) => nameOf(model) ?? []);
  // A list of something else.
  if (names.length === 0 && models.length > 0) return null;
  return [...new Set(names)].sort((a, b) => a.localeCompare(b));
}

function nameOf(model: unknown): string | null {
  if (typeof model === 'string') return model === '' ? null : model;
  if (!isObject(model)) return null;
  for (const name of NAMES) {
    const value = Object.hasOwn(model, name) ? model[name] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return null;
}

/** `{ "llama3": { … }, "qwen": { … } }` */
function namedByKey(models: unknown): readonly string[] | null {
  if (!isObject(models) || !Object.values(models).every(isObject)) return null;
  return namesIn(Object.keys(models));
}
