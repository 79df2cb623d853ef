/** How long a server asks to wait, wherever it says so. Each way of asking is a row of a table. */
import type { ErrorBody, Leaf } from './error-body.ts';

interface HeaderRule {
  readonly name: string;
  /** Milliseconds from now; null if the value does not say. */
  readonly read: (value: string, now: number) => number | null;
  /** The header with the remaining amount: only a limit that is used up is waited for. */
  readonly remaining?: string;
}

/** The first match wins. RFC 9110 and Azure ask for a wait; the others say when a limit is lifted. */
const ASKING: readonly HeaderRule[] = [
  { name: 'retry-after-ms', read: (value) => plainNumber(value, 1) },
  { name: 'x-ms-retry-after-ms', read: (value) => plainNumber(value, 1) },
  { name: 'retry-after', read: (value, now) => plainNumber(value, 1_000) ?? duration(value) ?? date(value, now) },
  { name: 'x-retry-after', read: (value, now) => plainNumber(value, 1_000) ?? duration(value) ?? date(value, now) },
];

/** Some servers send these with every reply, so they count only for "too many requests". */
const LIMITS: readonly HeaderRule[] = [
  // OpenAI, Groq and others: "6m0s", "12ms".
  { name: 'x-ratelimit-reset-requests', remaining: 'x-ratelimit-remaining-requests', read: momentOrSpan },
  { name: 'x-ratelimit-reset-tokens', remaining: 'x-ratelimit-remaining-tokens', read: momentOrSpan },
  // Anthropic: a date.
  ...['requests', 'tokens', 'input-tokens', 'output-tokens'].map((what) => ({
    name: `anthropic-ratelimit-${what}-reset`,
    remaining: `anthropic-ratelimit-${what}-remaining`,
    read: momentOrSpan,
  })),
  // Old and new IETF drafts.
  { name: 'ratelimit-reset', remaining: 'ratelimit-remaining', read: momentOrSpan },
  { name: 'ratelimit', read: (value) => plainNumber(/(?:^|[;,\s])(?:t|reset)=(\d+)/.exec(value)?.[1] ?? '', 1_000) },
  // Milliseconds since 1970 at OpenRouter, seconds since 1970 at GitHub and Mistral, seconds from now elsewhere.
  { name: 'x-ratelimit-reset', remaining: 'x-ratelimit-remaining', read: momentOrSpan },
  { name: 'x-ratelimit-reset-after', read: momentOrSpan },
  { name: 'x-rate-limit-reset', remaining: 'x-rate-limit-remaining', read: momentOrSpan },
];

/** The response headers needed to read a wait. */
export const WAIT_HEADERS: readonly string[] = [...ASKING, ...LIMITS].flatMap(({ name, remaining }) =>
  remaining === undefined ? [name] : [name, remaining],
);

interface BodyRule {
  /** Matches the plain name of the field, for example `retrydelay`. */
  readonly name: RegExp;
  readonly read: (value: string, now: number) => number | null;
}

/** Google; OpenRouter; Hugging Face while it loads a model; ChatGPT; proxies. */
const FIELDS: readonly BodyRule[] = [
  { name: /^(?:retryafterms|retrydelayms|retryinms|waitms)$/, read: (value) => plainNumber(value, 1) },
  { name: /^retrydelay$/, read: (value) => duration(value) ?? plainNumber(value, 1_000) },
  {
    name: /^(?:retryafter|retryafterseconds|retryaftersec|retryin|retryinseconds|waitseconds|estimatedtime|resetsinseconds)$/,
    read: (value, now) => plainNumber(value, 1_000) ?? duration(value) ?? date(value, now),
  },
  { name: /^(?:xratelimitreset|ratelimitreset|resetsat|resetat|retryat|availableat)$/, read: momentOrSpan },
];

const SPAN = String.raw`(\d[\d.]{0,20}\s*(?:[a-zµ]+)(?:\s*\d[\d.]{0,20}\s*[a-zµ]+){0,3})`;

/** OpenAI, Groq, Azure, Anthropic's proxies, Firecrawl, and many after them. */
const SENTENCES: readonly RegExp[] = [
  new RegExp(String.raw`(?:try|retry|again)(?:\s+\w+){0,4}?\s+(?:in|after)\s+(?:about\s+)?${SPAN}`, 'i'),
  new RegExp(String.raw`\bwait\s+(?:for\s+)?(?:at least\s+|about\s+)?${SPAN}`, 'i'),
  new RegExp(String.raw`\b(?:reset|resets|available|lifted)\s+(?:again\s+)?(?:in|after)\s+(?:about\s+)?${SPAN}`, 'i'),
];

/** Caps what a server may claim. Waits of days are reported to the user rather than waited for. */
const LONGEST_MS = 366 * 24 * 3_600_000;

/**
 * Milliseconds that the server asks to wait; undefined if it does not ask.
 * @param isLimit whether it refused because of too many requests.
 */
export function askedWait(
  headers: Headers | undefined,
  body: ErrorBody,
  isLimit: boolean,
  now: number = Date.now(),
): number | undefined {
  const found =
    firstOf(ASKING, headers, now) ??
    inFields(body.leaves, now) ??
    inSentences(body.leaves) ??
    (isLimit ? longestOf(headers, now) : null);
  return found === null ? undefined : Math.min(found, LONGEST_MS);
}

function firstOf(rules: readonly HeaderRule[], headers: Headers | undefined, now: number): number | null {
  for (const { name, read } of rules) {
    const value = headers?.get(name);
    const found = value == null ? null : read(value.trim(), now);
    if (found !== null) return found;
  }
  return null;
}

/** The longest wait among limits that are used up. If no limit says how much is left, the shortest. */
function longestOf(headers: Headers | undefined, now: number): number | null {
  const told = LIMITS.flatMap((rule) => {
    const wait = firstOf([rule], headers, now);
    const left = rule.remaining === undefined ? null : headers?.get(rule.remaining);
    return wait === null ? [] : [{ wait, usedUp: left == null ? null : Number(left) <= 0 }];
  });
  const usedUp = told.filter((limit) => limit.usedUp === true).map(({ wait }) => wait);
  if (usedUp.length > 0) return Math.max(...usedUp);
  return told.length === 0 ? null : Math.min(...told.map(({ wait }) => wait));
}

function inFields(leaves: readonly Leaf[], now: number): number | null {
  for (const { path, value } of leaves) {
    const name = (path.at(-1) ?? '').toLowerCase().replaceAll(/[^a-z]/g, '');
    const found = FIELDS.find((field) => field.name.test(name))?.read(String(value), now) ?? null;
    if (found !== null) return found;
  }
  // Google's other notation: { retryDelay: { seconds: 12 } }.
  const seconds = leaves.find(({ path }) => path.at(-1) === 'seconds' && /retry_?delay/i.test(path.at(-2) ?? ''));
  return seconds === undefined ? null : plainNumber(String(seconds.value), 1_000);
}

function inSentences(leaves: readonly Leaf[]): number | null {
  for (const { value } of leaves) {
    for (const sentence of SENTENCES) {
      const span = sentence.exec(String(value))?.[1];
      const found = span === undefined ? null : duration(span);
      if (found !== null) return found;
    }
  }
  return null;
}

function plainNumber(value: string, unitMs: number): number | null {
  return /^\d+(?:\.\d+)?$/.test(value) ? Number(value) * unitMs : null;
}

function date(value: string, now: number): number | null {
  // A plain number would be parsed as a year.
  const at = /[a-z:]/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

/** A number of seconds this large is a point in time, not a duration. */
const MOMENT_FROM_SECONDS = 1_000_000_000;
const MOMENT_FROM_MS = 1_000_000_000_000;

function momentOrSpan(value: string, now: number): number | null {
  const number = plainNumber(value, 1);
  if (number === null) return duration(value) ?? date(value, now);
  if (number >= MOMENT_FROM_MS) return Math.max(0, number - now);
  return number >= MOMENT_FROM_SECONDS ? Math.max(0, number * 1_000 - now) : number * 1_000;
}

const UNITS: readonly (readonly [unit: RegExp, ms: number])[] = [
  [/^(?:ms|msec|msecs|milliseconds?)$/, 1],
  [/^(?:us|µs)$/, 0.001],
  [/^ns$/, 0.000_001],
  [/^(?:s|sec|secs|seconds?)$/, 1_000],
  [/^(?:m|min|mins|minutes?)$/, 60_000],
  [/^(?:h|hr|hrs|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
];

/**
 * "12s", "6m0s", "1m9.696s", "20 seconds", "1.5 minutes", "2 hours 5 min". Null if the text does not begin with a
 * duration.
 */
export function duration(text: string): number | null {
  let total: number | null = null;
  for (const [, number, unit] of text.toLowerCase().matchAll(/(\d+(?:\.\d+)?)\s*([a-zµ]+)/g)) {
    const ms = UNITS.find(([name]) => name.test(unit ?? ''))?.[1];
    if (ms === undefined) return total;
    total = (total ?? 0) + Number(number) * ms;
  }
  return total;
}
