/**
 * What a server's refusal means, by its error names, its words and its status. Each kind of refusal is a row of a
 * table.
 */
import type { ProblemCode } from '../../shared/problem.ts';
import { type ErrorBody, plainName } from './error-body.ts';
import { PICTURE_REFUSALS } from './refused-pictures.ts';

export type RefusalCode = Extract<
  ProblemCode,
  | 'quota_exhausted'
  | 'context_too_long'
  | 'pictures_not_seen'
  | 'too_many_pictures'
  | 'content_refused'
  | 'model_not_found'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'server_error'
  | 'bad_request'
>;

interface NamedRefusal {
  readonly code: RefusalCode;
  readonly names: readonly string[];
  /** The statuses with which the names have this meaning; any, if left out. Null is an error sent with a 2xx status. */
  readonly statuses?: readonly (number | null)[];
}

const NAMED: readonly NamedRefusal[] = [
  {
    // Waiting does not help. OpenAI (platform.openai.com/docs/guides/error-codes); Moonshot; Alibaba; DeepSeek;
    // one-api.
    code: 'quota_exhausted',
    names: [
      'insufficient_quota',
      'billing_hard_limit_reached',
      'billing_not_active',
      'access_terminated',
      'exceeded_current_quota_error',
      'Arrearage',
      'insufficient_balance',
      'insufficient_user_quota',
      'insufficient_credits',
      'credit_balance_too_low',
    ],
  },
  {
    code: 'context_too_long',
    // OpenAI; llama.cpp; LiteLLM; Azure; GitHub.
    names: [
      'tokens_limit_reached',
      'context_length_exceeded',
      'exceed_context_size_error',
      'ContextWindowExceededError',
      'string_above_max_length',
    ],
  },
  {
    // OpenAI; Azure; Alibaba; Volcano; OpenAI's images.
    code: 'content_refused',
    names: [
      'content_filter',
      'content_policy_violation',
      'ResponsibleAIPolicyViolation',
      'data_inspection_failed',
      'DataInspectionFailed',
      'SensitiveContentDetected',
      'moderation_blocked',
    ],
  },
  {
    // OpenAI and LM Studio; Azure; Alibaba; others; Moonshot; Groq; Mistral.
    code: 'model_not_found',
    names: [
      'model_not_found',
      'DeploymentNotFound',
      'ModelNotFound',
      'model_not_exist',
      'resource_not_found_error',
      'model_decommissioned',
      'invalid_model',
    ],
  },
  {
    // Google answers a wrong key with 400.
    code: 'unauthorized',
    names: ['invalid_api_key', 'API_KEY_INVALID', 'authentication_error', 'UNAUTHENTICATED', 'InvalidApiKey'],
    statuses: [null, 400],
  },
  {
    code: 'rate_limited',
    names: ['rate_limit_exceeded', 'rate_limit_error', 'RESOURCE_EXHAUSTED', 'too_many_requests', 'Throttling'],
    statuses: [null, 400, 403, 503],
  },
];

interface WordedRefusal {
  readonly code: RefusalCode;
  readonly words: RegExp;
  readonly statuses: readonly (number | null)[];
}

/**
 * For refusals without a known name. Statuses separate sentences with the same words: a 429 may mention tokens a
 * minute.
 */
const WORDED: readonly WordedRefusal[] = [
  ...PICTURE_REFUSALS,
  {
    // Of a request that alone takes more tokens than a minute has: waiting does not help. OpenAI; Groq.
    code: 'context_too_long',
    words: /request too large for [\s\S]{1,200}tokens per min/i,
    statuses: [400, 413, 429],
  },
  {
    code: 'context_too_long',
    words:
      /context[ _](length|window|size|limit)|n_ctx|maximum (context|prompt length|model length)|too many (input )?tokens|tokens in the prompt cannot exceed|(prompt|input|text|request) is too long|reduce the length of the (messages|prompt|input)|exceeds? the (model'?s )?max(imum)? (input|prompt|sequence|number of tokens)|input tokens exceed|exceed(?:ed|s)? (?:model token limit|max message tokens|max(?:imum)? (?:input )?length)|max_tokens must be at least 1, got -|range of input length|`inputs`[^.]{0,40} must (be <=|have less than)/i,
    statuses: [null, 400, 413, 422, 500],
  },
  {
    code: 'quota_exhausted',
    words: /credit balance is too low|insufficient (account )?(balance|credits?|funds)|out of credits|arrearage/i,
    statuses: [null, 400, 403, 429],
  },
  {
    // DeepSeek and Alibaba; OpenRouter, twice; LiteLLM; LM Studio, twice; Mistral; Ollama; Groq; OpenAI and vLLM.
    code: 'model_not_found',
    words:
      /\bmodel not exist\b|is not a valid model id|no endpoints found for|invalid model name passed in|invalid model identifier|no models? (?:is |are )?(?:currently )?loaded|^invalid model:|\bmodel ['"`].{1,200}['"`] not found|\bmodel .{0,200}(?:has been decommissioned|does not exist)/i,
    statuses: [null, 400, 404, 422],
  },
  { code: 'rate_limited', words: /rate.?limit|too many requests/i, statuses: [null] },
];

const BY_STATUS: ReadonlyMap<number, RefusalCode> = new Map([
  [401, 'unauthorized'],
  [402, 'quota_exhausted'],
  [403, 'forbidden'],
  [404, 'not_found'],
  [408, 'server_error'],
  // A proxy's limit of a request in bytes: smaller parts fit.
  [413, 'context_too_long'],
  [425, 'server_error'],
  [429, 'rate_limited'],
]);

/** @param status null if it was 2xx and only the body reports an error. */
export function kindOfRefusal(status: number | null, body: ErrorBody): RefusalCode {
  const effective = status ?? body.status;
  const known = byName(effective, body) ?? byWords(effective, body);
  if (known !== null) return known;
  // A failure without a status may be transient.
  if (effective === null) return 'server_error';
  if (effective === 404 && /model/i.test(body.message)) return 'model_not_found';
  return BY_STATUS.get(effective) ?? (effective >= 500 ? 'server_error' : 'bad_request');
}

function byName(status: number | null, { names }: ErrorBody): RefusalCode | null {
  const found = NAMED.find(
    ({ names: known, statuses }) =>
      (statuses?.includes(status) ?? true) && known.some((name) => names.has(plainName(name))),
  );
  return found?.code ?? null;
}

function byWords(status: number | null, { detail }: ErrorBody): RefusalCode | null {
  return WORDED.find(({ words, statuses }) => statuses.includes(status) && words.test(detail))?.code ?? null;
}
