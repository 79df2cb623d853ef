/** Finds the JSON that was asked for in whatever a model replied. */
import { jsonrepair } from 'jsonrepair';
import { isObject, type JsonObject } from '../llm/json-value.ts';
import { closed, jsonSpans, type Span } from './json-spans.ts';

/** A key that was asked for, and by what else a model may call it. */
export interface WantedKey {
  readonly key: string;
  readonly also: readonly string[];
}

export interface ReplyJson {
  /** By the key that was asked for. One that is missing here has no value in the reply. */
  readonly values: ReadonlyMap<string, unknown>;
  /** It was not valid JSON, so what it means is a guess. */
  readonly isMended: boolean;
  /** It breaks off. */
  readonly isCut: boolean;
  /** The last key in a reply that breaks off, so its value may be incomplete; null if it does not break off. */
  readonly last: string | null;
  /** Keys that it has more than once; the last one counts. */
  readonly repeated: readonly string[];
}

/** Mending takes longer than reading, so this many characters of a reply are mended. */
const MOST_MENDED = 80_000;
const LONGEST_READ = 1_000_000;

/** @returns null if no JSON in the reply has any of the keys. */
export function readReplyJson(text: string, wanted: readonly WantedKey[]): ReplyJson | null {
  if (text.length > LONGEST_READ) return null;
  const names = namesOf(wanted);
  const spans = jsonSpans(text);
  const whole = spans.flatMap((span) => readExactly(span, names) ?? []);
  const exact = best([joined(whole), ...whole]);
  if (exact !== null && exact.values.size === wanted.length) return exact;
  return best([exact, ...mendable(spans).map((span) => readMended(span, names))]);
}

/** An object for each answer, one after another. */
function joined(found: readonly ReplyJson[]): ReplyJson | null {
  const [first] = found;
  return first === undefined ? null : { ...first, values: new Map(found.flatMap(({ values }) => [...values])) };
}

/** The first ones that are not too long together. */
function mendable(spans: readonly Span[]): readonly Span[] {
  let left = MOST_MENDED;
  return spans.filter(({ text }) => {
    if (text.length > left) return false;
    left -= text.length;
    return true;
  });
}

/** The one with most of the keys; of several, the last, which is what a model settled on. A whole one before a mended one. */
function best(found: readonly (ReplyJson | null)[]): ReplyJson | null {
  return found.reduce((most, one) => {
    if (one === null || most === null) return one ?? most;
    if (one.values.size !== most.values.size) return one.values.size > most.values.size ? one : most;
    return one.isMended && !most.isMended ? most : one;
  }, null);
}

/** Where the last bracket alone is missing, and a value in brackets has just ended, every value is there. */
function readExactly({ text, isCut, repeated }: Span, names: Names): ReplyJson | null {
  if (isCut && !/[}\]]\s*$/.test(text)) return null;
  try {
    const values = valuesIn(JSON.parse(isCut ? `${text}}` : text), names);
    return values && { values, isMended: false, isCut, last: null, repeated: keysOf(repeated, names) };
  } catch {
    return null;
  }
}

function readMended({ text, isCut, repeated }: Span, names: Names): ReplyJson | null {
  const mended = (isCut ? complete(text) : null) ?? mend(text);
  const found = mended && valuesIn(mended.value, names);
  if (mended === null || found === null) return null;
  const values = new Map([...found].filter(([, value]) => !(mended.hasInvented && value === null)));
  const last = isCut ? ([...found.keys()].at(-1) ?? null) : null;
  return { values, isMended: true, isCut, last, repeated: keysOf(repeated, names) };
}

/** What a model may write for null. */
const NULLS = /\b(?:null|none|undefined)\b/gi;

interface Mended {
  readonly value: unknown;
  /** Mending puts null where a value is missing, which must not count as an answer. */
  readonly hasInvented: boolean;
}

/** Mending may take what stands before the end for something else, so a text that only breaks off is not mended. */
function complete(text: string): Mended | null {
  const value = parsed(closed(text));
  return value === undefined ? null : { value, hasInvented: false };
}

/** Null if that is beyond mending. It throws on deep nesting, too. */
function mend(text: string): Mended | null {
  let nulls = 0;
  try {
    const value: unknown = JSON.parse(jsonrepair(text), (_key, one: unknown) => {
      if (one === null) nulls += 1;
      return one;
    });
    return { value, hasInvented: nulls > (text.match(NULLS)?.length ?? 0) };
  } catch {
    return null;
  }
}

/** The keys by all their names, folded. */
type Names = ReadonlyMap<string, string>;

function namesOf(wanted: readonly WantedKey[]): Names {
  const names = new Map<string, string>();
  const others = wanted.flatMap(({ key, also }) => also.map((name) => ({ key, name: foldKey(name) })));
  for (const { key, name } of others) {
    const isOfOne = others.every((other) => other.name !== name || other.key === key);
    if (isOfOne && name !== '') names.set(name, key);
  }
  // A key is never taken for what another one is also called.
  for (const { key } of wanted) names.set(foldKey(key), key);
  return names;
}

/** Models repeat a key in another case, or with other punctuation. */
export function foldKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function keysOf(written: readonly string[], names: Names): readonly string[] {
  return written.flatMap((name) => names.get(foldKey(name)) ?? []);
}

/** Wrappers around the answers. */
const MOST_WRAPPERS = 4;
const MOST_MEMBERS = 200;

/** The values of the keys, through wrappers; null if it has none of them. */
function valuesIn(value: unknown, names: Names, wrappers = 0): ReadonlyMap<string, unknown> | null {
  if (wrappers > MOST_WRAPPERS) return null;
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? valuesIn(parsed(value), names, wrappers + 1) : null;
  if (Array.isArray(value)) return valuesInList(value.slice(0, MOST_MEMBERS), names, wrappers);
  if (!isObject(value)) return null;
  const own = new Map(Object.entries(value).flatMap(([name, one]) => pairOf(names.get(foldKey(name)), one)));
  if (own.size > 0) return own;
  return most(
    Object.values(value)
      .slice(0, MOST_MEMBERS)
      .map((one) => valuesIn(one, names, wrappers + 1)),
  );
}

/** A list holds one answer in each object, the answers in one object, or the same object several times. */
function valuesInList(list: readonly unknown[], names: Names, wrappers: number): ReadonlyMap<string, unknown> | null {
  const named = new Map(list.filter(isObject).flatMap((one) => pairOf(keyNamedIn(one, names), one)));
  if (named.size > 0) return named;
  const all = list.flatMap((one) => valuesIn(one, names, wrappers + 1) ?? []);
  return all.length === 0 ? null : new Map(all.flatMap((one) => [...one]));
}

/** The key that an object says it is about. */
function keyNamedIn(one: JsonObject, names: Names): string | undefined {
  for (const field of ['id', 'key', 'question', 'name', 'title', 'field']) {
    const name = Object.hasOwn(one, field) ? one[field] : undefined;
    const key = typeof name === 'string' ? names.get(foldKey(name)) : undefined;
    if (key !== undefined) return key;
  }
  return undefined;
}

function pairOf(key: string | undefined, value: unknown): readonly (readonly [string, unknown])[] {
  return key === undefined || value === undefined ? [] : [[key, value]];
}

function most(found: readonly (ReadonlyMap<string, unknown> | null)[]): ReadonlyMap<string, unknown> | null {
  return found.reduce((best, one) => (one !== null && one.size >= (best?.size ?? 1) ? one : best), null);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
