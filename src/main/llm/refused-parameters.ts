/** Learns which parameters servers and models refuse. Each wording of a refusal is a row of a table. */
import { efforts } from '../../shared/efforts.ts';
import type { Problem } from '../../shared/problem.ts';
import { type ChatBody, type Quirks, REASONING_ROOMS } from './chat-body.ts';
import type { Lesson } from './lesson.ts';
import { FORMAT_LESSONS } from './refused-formats.ts';

/** The names of the limit at OpenAI, its Responses API, Google, TGI and Ollama. */
const LIMIT = `(?:max_(?:completion_|output_|new_)?tokens|max(?:Output|Completion)?Tokens|num_predict|min_tokens)`;
const REFUSED = `(?:not (?:be )?(?:supported|permitted|allowed|recogni[sz]ed|accepted|valid)|unsupported|unknown|unrecogni[sz]ed|unexpected|extra_forbidden|extra (?:inputs|fields)|deprecated|does(?: not|n't) support|removed|incompatible)`;
/** Within the same sentence or on the next line. */
const NEAR = String.raw`[\s\S]{0,160}?`;

const near = (one: string, other: string): readonly RegExp[] => [
  new RegExp(`${one}${NEAR}${other}`, 'i'),
  new RegExp(`${other}${NEAR}${one}`, 'i'),
];

/**
 * The order matters: a refusal that names a value is about the value, not the parameter, and one of a schema may name
 * anything that is in the schema.
 */
const LESSONS: readonly Lesson[] = [
  ...FORMAT_LESSONS,
  {
    about: 'a limit that reasoning used up',
    applies: hasLimit,
    refusals: [/could not finish the message because max_(?:completion_)?tokens/i],
    learn: (quirks, _found, body) => makeRoom(quirks, body),
  },
  {
    about: 'a limit that is too low',
    applies: hasLimit,
    refusals: [
      new RegExp(
        `${LIMIT}${NEAR}(?:expected a value >=?|at least|minimum(?: value)?(?: is| of|:)?|greater than or equal to|>=|no less than|must be ≥)\\s*['"]?(\\d{1,7})`,
        'i',
      ),
      new RegExp(`(?:greater than or equal to|at least)\\s*(\\d{1,7})${NEAR}${LIMIT}`, 'i'),
      new RegExp(
        `${LIMIT}${NEAR}(?:less than the minimum of|below the minimum(?: value)?(?: of)?|must be above)\\s*['"]?(\\d{1,7})`,
        'i',
      ),
      new RegExp(`(?:less than the minimum of|below the minimum of)\\s*(\\d{1,7})${NEAR}${LIMIT}`, 'i'),
      new RegExp(
        `${LIMIT}${NEAR}(?:in|within|between|range|be)[^\\d]{0,30}(\\d{1,7})\\s*(?:,|-|–|and|to|\\.\\.)\\s*\\d`,
        'i',
      ),
    ],
    learn: (quirks, [, least], body) => raise(quirks, Number(least), body),
  },
  {
    about: 'a limit that is too low, told by the number that it must be above',
    applies: hasLimit,
    refusals: [new RegExp(`${LIMIT}${NEAR}(?:greater than|larger than|more than|>)\\s*['"]?(\\d{1,7})`, 'i')],
    learn: (quirks, [, below], body) => raise(quirks, Number(below) + 1, body),
  },
  {
    about: 'a limit that is too high',
    applies: hasLimit,
    refusals: [
      new RegExp(
        `${LIMIT}${NEAR}(?:at most|maximum(?: value)?(?: is| of|:)?|less than or equal to|<=|no more than)\\s*['"]?(\\d{1,8})`,
        'i',
      ),
    ],
    learn: (quirks, [, most], body) => {
      if (Number(most) > 0) quirks.mostTokens = Math.min(quirks.mostTokens, Number(most));
      return limitOf(body) > quirks.mostTokens;
    },
  },
  {
    about: 'the name of the limit',
    applies: hasLimit,
    refusals: [...near(String.raw`\bmax_(?:completion_)?tokens`, REFUSED), /use ['"`]?max_completion_tokens/i],
    learn: (quirks, _found, body) => renameLimit(quirks, body),
  },
  {
    about: 'streaming usage',
    applies: (body) => body.stream_options != null,
    refusals: [/stream_options|include_usage/i],
    learn: (quirks) => {
      quirks.streamOptions = false;
      return true;
    },
  },
  {
    about: 'a whole reply',
    applies: (body) => body.stream !== true,
    refusals: [
      /only supports? (?:the )?stream(?:ing)?(?: mode| output| calls)?|stream(?:ing)? (?:mode |must be |is )(?:required|true|only)|must (?:be )?(?:set )?["'`]?stream["'`]?(?: to)?[ =:]*true|enable the stream parameter/i,
    ],
    learn: (quirks) => {
      quirks.streamOnly = true;
      return true;
    },
  },
  {
    about: 'thinking',
    applies: (body) => !('enable_thinking' in body),
    refusals: [/enable_thinking["'`]? (?:must|should) be (?:set to )?false/i],
    learn: (quirks) => {
      quirks.thinking = false;
      return true;
    },
  },
  {
    about: 'a temperature of 0',
    applies: (body) => body.temperature === 0,
    refusals: [/temperature[\s\S]{0,80}?(?:strictly positive|greater than 0|> ?0(?:\.0+)?\b|\(0(?:\.0)?,|exclusive)/i],
    learn: (quirks) => {
      quirks.leastTemperature = LOWEST_TEMPERATURE;
      return true;
    },
  },
  {
    about: 'a temperature',
    applies: (body) => typeof body.temperature === 'number',
    refusals: [/temperature/i],
    learn: (quirks) => {
      quirks.temperature = false;
      return true;
    },
  },
  {
    about: 'how much is thought, by the values that are taken',
    applies: (body) => body.reasoning_effort != null,
    refusals: [
      /(?:effort|thinking level|level)[\s\S]{0,160}?(?:supported values|valid levels|accepted values|must be one of|should be|expected|one of)[^a-z]{0,40}([^.}\n]{3,120})/i,
      /(?:supported values|valid levels|must be one of|accepted values)[^a-z]{0,40}([^.}\n]{3,120})[\s\S]{0,200}?effort/i,
    ],
    learn: (quirks, [, values], body) => keepEfforts(quirks, values ?? '', body),
  },
  {
    about: 'how much is thought, by the value that is not taken',
    applies: (body) => body.reasoning_effort != null,
    refusals: [
      new RegExp(String.raw`effort[^.\n]{0,60}?\b(${efforts.join('|')})\b`, 'i'),
      new RegExp(String.raw`\b(${efforts.join('|')})\b[^.\n]{0,60}?effort`, 'i'),
    ],
    learn: (quirks, [, value], body) => dropEffort(quirks, value ?? '', body),
  },
  {
    about: 'how much is thought',
    applies: (body) => body.reasoning_effort != null,
    refusals: [/effort/i, /does(?: not|n't) support (?:thinking|reasoning)/i],
    learn: (quirks) => {
      quirks.effortRefused = true;
      return true;
    },
  },
];

/** Practically 0, for servers that divide by it. */
const LOWEST_TEMPERATURE = 0.01;
/**
 * Learns from a refusal what the next request must omit or express differently.
 * @returns whether something was learned, so that the call is worth repeating at once.
 */
export function learnQuirk(failure: Problem, quirks: Quirks, body: ChatBody): boolean {
  if (failure.code === 'bad_response' && failure.params.reason === 'no_words') return makeRoom(quirks, body);
  if (failure.detail === undefined) return false;
  for (const { codes = ['bad_request'], applies, refusals, learn } of LESSONS) {
    if (!codes.includes(failure.code) || !applies(body)) continue;
    for (const refusal of refusals) {
      const found = refusal.exec(failure.detail);
      if (found !== null && learn(quirks, found, body)) return true;
    }
  }
  return false;
}

/** A reasoning model used up its limit: it gets room to reason, and once more if that was not enough. */
function makeRoom(quirks: Quirks, body: ChatBody): boolean {
  if (!hasLimit(body) || limitOf(body) >= quirks.mostTokens) return false;
  // Another call may have learned this already.
  if (limitOf(body) < quirks.roomForReasoning) return true;
  const more = REASONING_ROOMS.find((room) => room > quirks.roomForReasoning);
  if (more === undefined) return false;
  quirks.roomForReasoning = more;
  return true;
}

function hasLimit(body: ChatBody): boolean {
  return body.max_tokens != null || body.max_completion_tokens != null;
}

function limitOf(body: ChatBody): number {
  return body.max_tokens ?? body.max_completion_tokens ?? 0;
}

/** A required minimum above this is not believed. */
const HIGHEST_LEAST = 4_096;

function raise(quirks: Quirks, least: number, body: ChatBody): boolean {
  if (least <= HIGHEST_LEAST) quirks.leastTokens = Math.max(quirks.leastTokens, least);
  return limitOf(body) < quirks.leastTokens;
}

/** Switches to the other name; if both are refused, sends no limit. Another call may have learned this already. */
function renameLimit(quirks: Quirks, body: ChatBody): boolean {
  const refused = body.max_tokens != null ? 'max_tokens' : 'max_completion_tokens';
  quirks.refusedLimits.add(refused);
  const left = (['max_tokens', 'max_completion_tokens'] as const).find((name) => !quirks.refusedLimits.has(name));
  quirks.limit = left ?? null;
  return true;
}

/** Keeps the efforts that a refusal lists as accepted. */
function keepEfforts(quirks: Quirks, values: string, body: ChatBody): boolean {
  const accepted = efforts.filter(
    (effort) => effort !== body.reasoning_effort && new RegExp(`\\b${effort}\\b`, 'i').test(values),
  );
  if (accepted.length === 0) return false;
  quirks.efforts = accepted;
  return true;
}

/** A server that names only what it refuses is asked for two other efforts at most. */
const FEWEST_EFFORTS_LEFT = efforts.length - 2;

function dropEffort(quirks: Quirks, value: string, body: ChatBody): boolean {
  const refused = value.toLowerCase();
  if (refused !== body.reasoning_effort) return false;
  const left = (quirks.efforts ?? efforts).filter((effort) => effort !== refused);
  if (left.length < FEWEST_EFFORTS_LEFT) return false;
  quirks.efforts = left;
  return true;
}
