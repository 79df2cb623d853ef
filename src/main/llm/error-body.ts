/** Reads the body of an error in all the shapes servers are known to use. */
import { at, isObject, listOf, parseJson } from './json-value.ts';

export interface ErrorBody {
  /** The server's main sentence; '' if there is none. */
  readonly message: string;
  /** Everything informative in the body, main sentence first, for display. */
  readonly detail: string;
  /** Codes, types and reasons, lower-cased and without punctuation: `insufficientquota`. */
  readonly names: ReadonlySet<string>;
  /** A status in the body, for errors sent with a 2xx status. */
  readonly status: number | null;
  /** The parameters it blames. */
  readonly parameters: readonly string[];
  /** Every value in the body, with embedded JSON parsed. */
  readonly leaves: readonly Leaf[];
}

/** One value of a body. */
export interface Leaf {
  /** The keys that lead to it; list positions as numbers. */
  readonly path: readonly string[];
  readonly value: string | number | boolean;
}

/** Stops at a hostile body. */
const MOST_LEAVES = 200;
const MOST_OF_A_LIST = 20;
const DEEPEST = 12;
const LEAF_CHARACTERS = 1_000;
const TEXT_CHARACTERS = 2_000;

export function readErrorBody(body: unknown): ErrorBody {
  const value = typeof body === 'string' ? (embedded(body) ?? body) : body;
  const leaves: Leaf[] = [];
  collect(value, [], leaves);
  const message = messageOf(value);
  return {
    message,
    detail: toDetail(message, leaves),
    names: new Set(leaves.filter(isName).map((leaf) => plainName(String(leaf.value)))),
    status: statusIn(leaves),
    parameters: leaves.filter(({ path }) => PARAMETER.test(path.at(-1) ?? '')).map((leaf) => String(leaf.value)),
    leaves,
  };
}

/** OpenAI; a bare string; FastAPI, twice; Google in a list; MiniMax; Baidu; Apigee; AWS; problem+json; proxies. */
const MESSAGES: readonly (readonly string[])[] = [
  ['error', 'message'],
  ['error', 'msg'],
  ['error', 'detail'],
  ['error'],
  ['message'],
  ['detail'],
  ['msg'],
  ['error_msg'],
  ['errorMessage'],
  ['errMsg'],
  ['base_resp', 'status_msg'],
  ['fault', 'faultstring'],
  ['Message'],
  ['error_description'],
  ['title'],
  ['reason'],
];

/** The server's main sentence; '' if there is none. */
export function messageOf(body: unknown): string {
  if (typeof body === 'string') return body.slice(0, TEXT_CHARACTERS).trim();
  for (const path of MESSAGES) {
    const found = at(body, ...path);
    if (typeof found === 'string' && found.trim() !== '') return found.trim();
  }
  const [inList] = [...listOf(body), ...listOf(at(body, 'errors')), ...listOf(at(body, 'detail'))];
  return inList === undefined ? '' : messageOf(inList);
}

function collect(value: unknown, path: readonly string[], leaves: Leaf[]): void {
  if (leaves.length >= MOST_LEAVES || path.length > DEEPEST) return;
  if (typeof value === 'string') {
    const inner = embedded(value);
    if (inner !== null) collect(inner, path, leaves);
    else if (value.trim() !== '') leaves.push({ path, value: value.slice(0, LEAF_CHARACTERS).trim() });
  } else if (typeof value === 'number' || typeof value === 'boolean') leaves.push({ path, value });
  else if (Array.isArray(value))
    for (const [index, one] of value.slice(0, MOST_OF_A_LIST).entries()) collect(one, [...path, String(index)], leaves);
  else if (isObject(value)) for (const [name, one] of Object.entries(value)) collect(one, [...path, name], leaves);
}

/** Proxies wrap the upstream server's error in a string, some of them as a stream event. */
function embedded(text: string): unknown {
  const bare = text.trim().replace(/^(?:event:.*\n)?data:\s*/, '');
  if (!/^[[{]/.test(bare)) return null;
  const parsed = parseJson(bare);
  return typeof parsed === 'object' ? parsed : null;
}

/** The rest after the main sentence: other sentences first, then codes, each with its path. */
function toDetail(message: string, leaves: readonly Leaf[]): string {
  const rest = leaves.filter(({ value }) => String(value) !== message && value !== false);
  const isSentence = ({ value }: Leaf) => typeof value === 'string' && /\s/.test(value);
  const lines = [...rest.filter(isSentence), ...rest.filter((leaf) => !isSentence(leaf))].map(toLine);
  return [...new Set([message, ...lines])].filter((line) => line !== '').join('\n');
}

function toLine({ path, value }: Leaf): string {
  const way = path[0] === 'error' ? path.slice(1) : path;
  return way.length === 0 ? String(value) : `${way.join('.')}: ${value}`;
}

const NAME = /^(?:code|type|reason|status|error_?code|__type|error|sub_?code)$/i;
const PARAMETER = /^(?:param|parameter|loc|field)$/i;

function isName({ path, value }: Leaf): boolean {
  return typeof value === 'string' && !/\s/.test(value) && NAME.test(path.at(-1) ?? '');
}

/** "RESOURCE_EXHAUSTED", "resourceExhausted" and "resource-exhausted" are the same name. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

const STATUS = /^(?:code|status|status_?code|http_?status|error_?code)$/i;

function statusIn(leaves: readonly Leaf[]): number | null {
  for (const { path, value } of leaves) {
    if (!STATUS.test(path.at(-1) ?? '')) continue;
    const status = Number(value);
    if (Number.isInteger(status) && status >= 400 && status < 600) return status;
  }
  return null;
}
