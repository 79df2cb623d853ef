/** The names of the models in a server's list, in the shapes that were met. */
import { isObject } from './json-value.ts';

/** OpenAI, Ollama; Ollama and Google in their own way; Azure; gateways. The list itself is Together's. */
const CONTAINERS = ['data', 'models', 'value', 'items', 'results', 'result', 'list', 'model_list'] as const;
/** OpenAI; Google, Ollama and Cohere; Ollama; LiteLLM; LM Studio; others. */
const NAMES = ['id', 'name', 'model', 'model_name', 'key', 'slug'] as const;
/** A list may stand in an object in the object. */
const DEEPEST = 2;

/** Each name once, in order; null when it is no list of models. */
export function readModelNames(value: unknown, depth = 0): readonly string[] | null {
  if (Array.isArray(value)) return namesIn(value);
  if (!isObject(value) || depth > DEEPEST) return null;
  for (const container of CONTAINERS) {
    if (!Object.hasOwn(value, container)) continue;
    const inside = value[container];
    // A server that has none yet.
    if (inside === null) return [];
    const names = readModelNames(inside, depth + 1) ?? namedByKey(inside);
    if (names !== null) return names;
  }
  return null;
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
