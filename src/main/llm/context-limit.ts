/** What a server says that its model can read at once, when it refuses a text as too long. A row for each wording. */
import type { Problem } from '../../shared/problem.ts';
import type { ErrorBody } from './error-body.ts';

/** In tokens; a number is missing if the server does not say it. */
export interface ContextLimit {
  /** The most that the model reads at once. */
  readonly limitTokens?: number;
  /** How many tokens the server counted in the text. */
  readonly countedTokens?: number;
}

/** With the group `limit` and, where the server says it, `counted`. The first match counts. */
const WORDINGS: readonly RegExp[] = [
  // SGLang.
  /maximum context length of (?<limit>N) tokens\.[\s\S]{0,80}?(?<counted>N) tokens from the input/,
  // OpenAI, vLLM, DeepSeek, OpenRouter.
  /maximum context length is (?<limit>N) tokens[\s\S]{0,120}?\((?:about )?(?<counted>N) (?:in (?:the|your) (?:messages|prompt)|of (?:text )?input)/,
  // OpenAI and Azure; newer vLLM.
  /maximum context length is (?<limit>N) tokens[\s\S]{0,60}?(?:your (?:messages|input|prompt) resulted in|your request has) (?:at least )?(?<counted>N)/,
  /maximum context length (?:is|of) (?<limit>N)/,
  // vLLM of 2026, also where it counts characters.
  /passed (?<counted>N) input tokens[\s\S]{0,80}?context length is only (?<limit>N)/,
  /context length is only (?<limit>N) tokens/,
  // OpenAI and Groq, where the account takes fewer tokens in a minute.
  /tokens per min(?:ute)? \(TPM\): limit (?<limit>N), requested (?<counted>N)/,
  // Moonshot.
  /exceeded model token limit: (?<limit>N)(?: \(requested: (?<counted>N)\))?/,
  // GitHub.
  /request body too large for [^.]{1,100}\. max size: (?<limit>N) tokens/,
  // DeepInfra.
  /input length (?<counted>N) exceeds maximum input length (?<limit>N)/,
  // Fireworks.
  /prompt is too long: (?<counted>N), model maximum context length: (?<limit>N)/,
  // Cerebras.
  /current length is (?<counted>N) while limit is (?<limit>N)/,
  // LM Studio, while it writes.
  /reached context length of (?<limit>N) tokens/,
  // OpenAI's newer models, which read less than their whole context.
  /configured limit of (?<limit>N) tokens[\s\S]{0,60}?resulted in (?<counted>N)/,
  // Mistral.
  /prompt contains (?<counted>N) tokens[\s\S]{0,60}?model with (?<limit>N) maximum context length/,
  // Older vLLM.
  /prompt \((?:total )?length (?<counted>N)\) is longer than the maximum model length of (?<limit>N)/,
  // Older SGLang.
  /input \((?<counted>N) tokens\) is longer than the model's context length \((?<limit>N)/,
  // llama.cpp.
  /request \((?<counted>N) tokens\) exceeds the available context size \((?<limit>N)/,
  // llama-cpp-python.
  /requested tokens \((?<counted>N)\) exceed context window of (?<limit>N)/,
  // LM Studio, in three versions.
  /first (?<counted>N) tokens when[\s\S]{0,80}?context length of only (?<limit>N)/,
  /n_keep:? \(?(?<counted>N)\)? ?>=? n_ctx:? \(?(?<limit>N)/,
  // TGI, twice.
  /max_new_tokens`? must be <= (?<limit>N)\. given: (?<counted>N)/,
  /inputs`? must have less than (?<limit>N) tokens\. given: (?<counted>N)/,
  // Anthropic, twice.
  /prompt is too long: (?<counted>N) tokens > (?<limit>N)/,
  /exceed context limit: (?<counted>N) \+ N > (?<limit>N)/,
  // Google.
  /input token count \(?(?<counted>N)\)? exceeds the maximum number of tokens allowed \(?(?<limit>N)/,
  // xAI.
  /maximum prompt length is (?<limit>N)[\s\S]{0,60}?contains (?<counted>N)/,
  // Cohere.
  /tokens in the prompt cannot exceed (?<limit>N)[\s\S]{0,20}?received (?<counted>N)/,
  // Alibaba.
  /range of input length should be \[\d+, (?<limit>N)\]/,
].map(({ source }) => new RegExp(source.replaceAll('N', String.raw`\d[\d,]{1,11}`), 'i'));

export function contextLimitIn({ leaves, detail }: ErrorBody): ContextLimit {
  const field = (name: string) => positive(leaves.find(({ path }) => path.at(-1) === name)?.value);
  // llama.cpp.
  const limit = field('n_ctx');
  if (limit !== undefined) return known(limit, field('n_prompt_tokens'));
  for (const wording of WORDINGS) {
    const groups = wording.exec(detail)?.groups;
    if (groups !== undefined) return known(positive(groups.limit), positive(groups.counted));
  }
  return {};
}

/** No model reads less at once. A lower number is a wrong count. */
const LEAST_CONTEXT_TOKENS = 256;

/** How much a model reads at once, as its server said or showed when it failed a text; null if it did neither. */
export function contextSaid(why: Problem): number | null {
  const { code, params } = why;
  const said = code === 'read_in_part' ? params.readTokens : code === 'context_too_long' ? limitIn(params) : undefined;
  return said === undefined || said < LEAST_CONTEXT_TOKENS ? null : said;
}

/** Docket's own refusals say nothing of the server. */
function limitIn(params: Problem<'context_too_long'>['params']): number | undefined {
  return params.what === 'request' ? params.limitTokens : undefined;
}

function known(limitTokens: number | undefined, countedTokens: number | undefined): ContextLimit {
  return {
    ...(limitTokens === undefined ? {} : { limitTokens }),
    ...(countedTokens === undefined ? {} : { countedTokens }),
  };
}

function positive(said: string | number | boolean | undefined): number | undefined {
  const number = typeof said === 'string' ? Number(said.replaceAll(',', '')) : said;
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : undefined;
}
