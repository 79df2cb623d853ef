import { describe, expect, it } from 'vitest';
import { contextLimitIn } from '../../src/main/llm/context-limit.ts';
import { readErrorBody } from '../../src/main/llm/error-body.ts';
import { kindOfRefusal } from '../../src/main/llm/refusal-kinds.ts';

const said = (message: string) => ({ error: { message } });

describe('the limit in a refusal of a long text', () => {
  it.each([
    [
      'OpenAI and Azure',
      said(
        "This model's maximum context length is 128000 tokens. However, your messages resulted in 204308 tokens. Please reduce the length of the messages.",
      ),
      128_000,
      204_308,
    ],
    [
      'vLLM',
      {
        object: 'error',
        message:
          "This model's maximum context length is 16384 tokens. However, you requested 122946 tokens (112946 in the messages, 10000 in the completion). Please reduce the length of the messages or completion.",
        code: 400,
      },
      16_384,
      112_946,
    ],
    [
      'newer vLLM',
      said(
        "'max_tokens' or 'max_completion_tokens' is too large: 1000. This model's maximum context length is 4096 tokens and your request has 3500 input tokens (1000 > 4096 - 3500).",
      ),
      4_096,
      3_500,
    ],
    [
      'older vLLM',
      said('The decoder prompt (length 5021) is longer than the maximum model length of 4096. Make sure that it fits.'),
      4_096,
      5_021,
    ],
    [
      'OpenAI before chat',
      said(
        "This model's maximum context length is 2049 tokens, however you requested 2054 tokens (2049 in your prompt, 5 for the completion).",
      ),
      2_049,
      2_049,
    ],
    [
      'OpenRouter',
      said(
        "This endpoint's maximum context length is 32768 tokens. However, you requested about 41648 tokens (37552 of text input, 4096 in the output).",
      ),
      32_768,
      37_552,
    ],
    [
      'GPT-5',
      said(
        'Input tokens exceed the configured limit of 272000 tokens. Your messages resulted in 301524 tokens. Please reduce the length of the messages.',
      ),
      272_000,
      301_524,
    ],
    [
      'SGLang',
      said(
        "Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5000 tokens: 4500 tokens from the input messages and 500 tokens for the completion.",
      ),
      4_096,
      4_500,
    ],
    [
      'older SGLang',
      said("The input (5000 tokens) is longer than the model's context length (4096 tokens)."),
      4_096,
      5_000,
    ],
    [
      'llama.cpp',
      {
        error: {
          code: 400,
          message: 'the request exceeds the available context size. try increasing the context size',
          type: 'exceed_context_size_error',
          n_prompt_tokens: 14_429,
          n_ctx: 8_192,
        },
      },
      8_192,
      14_429,
    ],
    [
      'llama.cpp in words',
      said('request (14429 tokens) exceeds the available context size (8192 tokens), try increasing it'),
      8_192,
      14_429,
    ],
    ['llama-cpp-python', said('Requested tokens (2285) exceed context window of 2048'), 2_048, 2_285],
    [
      'LM Studio',
      {
        error:
          'Trying to keep the first 111490 tokens when context the overflows. However, the model is loaded with context length of only 32768 tokens, which is not enough.',
      },
      32_768,
      111_490,
    ],
    [
      'newer LM Studio',
      {
        error:
          'The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 10247 >= n_ctx: 4096). Try to load the model with a larger context length.',
      },
      4_096,
      10_247,
    ],
    ['LM Studio, in short', { error: 'Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)' }, 7_424, 15_028],
    [
      'TGI',
      {
        error:
          'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 500 `max_new_tokens`',
      },
      4_096,
      5_000,
    ],
    ['TGI, by the text alone', { error: '`inputs` must have less than 1024 tokens. Given: 1500' }, 1_024, 1_500],
    [
      'Anthropic',
      {
        type: 'error',
        error: { type: 'invalid_request_error', message: 'prompt is too long: 208310 tokens > 200000 maximum' },
      },
      200_000,
      208_310,
    ],
    [
      'Anthropic, with the answer',
      said(
        'input length and `max_tokens` exceed context limit: 178959 + 64000 > 200000, decrease input length or `max_tokens` and try again',
      ),
      200_000,
      178_959,
    ],
    [
      'Google',
      [
        {
          error: {
            code: 400,
            message: 'The input token count (1200293) exceeds the maximum number of tokens allowed (1048576).',
            status: 'INVALID_ARGUMENT',
          },
        },
      ],
      1_048_576,
      1_200_293,
    ],
    [
      'Mistral',
      said('Prompt contains 40962 tokens and 0 draft tokens, too large for model with 32768 maximum context length'),
      32_768,
      40_962,
    ],
    [
      'xAI',
      said("This model's maximum prompt length is 131072 but the request contains 537812 tokens."),
      131_072,
      537_812,
    ],
    [
      'Cohere',
      said('too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5012.'),
      4_081,
      5_012,
    ],
    ['Alibaba', said('Range of input length should be [1, 30720]'), 30_720, undefined],
    [
      'vLLM of 2026',
      said(
        "You passed 9001 input tokens and requested 50 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8142 tokens. Please reduce the length of the input prompt.",
      ),
      8_192,
      9_001,
    ],
    [
      'vLLM of 2026, in characters',
      said(
        "You passed 90010 input characters and requested 50 output tokens. However, the model's context length is only 8192 tokens, resulting in a maximum input length of 8142 tokens.",
      ),
      8_192,
      undefined,
    ],
    ['vLLM without room for an answer', said('max_tokens must be at least 1, got -186.'), undefined, undefined],
    [
      'Moonshot',
      said('Invalid request: Your request exceeded model token limit: 131072 (requested: 140210)'),
      131_072,
      140_210,
    ],
    [
      'GitHub',
      {
        error: {
          code: 'tokens_limit_reached',
          message: 'Request body too large for gpt-4o model. Max size: 8000 tokens.',
        },
      },
      8_000,
      undefined,
    ],
    ['DeepInfra', { detail: 'Requested input length 9000 exceeds maximum input length 8191' }, 8_191, 9_000],
    ['Fireworks', said('The prompt is too long: 9000, model maximum context length: 8191'), 8_191, 9_000],
    [
      'Cerebras',
      {
        message: 'Please reduce the length of the messages or completion. Current length is 9000 while limit is 8192',
        code: 'context_length_exceeded',
      },
      8_192,
      9_000,
    ],
    [
      'LM Studio while it writes',
      {
        error:
          'Reached context length of 4096 tokens with model (arch: llama) that does not currently support mid-generation context overflow.',
      },
      4_096,
      undefined,
    ],
    ['Zhipu', said('Prompt exceeds max length'), undefined, undefined],
    ['Volcano', said('Total tokens of image and text exceed max message tokens.'), undefined, undefined],
    ['Groq', said('Please reduce the length of the messages or completion.'), undefined, undefined],
    ['Ollama', { error: 'the input length exceeds the context length' }, undefined, undefined],
  ] as const)('is read as %s says it', (_server, body, limitTokens, countedTokens) => {
    const read = readErrorBody(body);
    expect(kindOfRefusal(400, read)).toBe('context_too_long');
    expect(contextLimitIn(read)).toEqual({
      ...(limitTokens === undefined ? {} : { limitTokens }),
      ...(countedTokens === undefined ? {} : { countedTokens }),
    });
  });
});

const ofMinute = (message: string) => ({ error: { message, type: 'tokens', code: 'rate_limit_exceeded' } });

describe('a limit of tokens a minute', () => {
  it.each([
    [
      'Groq',
      413,
      'Request too large for model `llama-3.3-70b-versatile` in organization `org_1` service tier `on_demand` on tokens per minute (TPM): Limit 6000, Requested 14810, please reduce your message size and try again.',
      { limitTokens: 6_000, countedTokens: 14_810 },
    ],
    [
      'OpenAI',
      429,
      'Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Requested 342389. The input or output tokens must be reduced in order to run successfully.',
      { limitTokens: 30_000, countedTokens: 342_389 },
    ],
  ])('that one request exceeds at %s is one of its length: waiting does not help', (_server, code, message, limit) => {
    const read = readErrorBody(ofMinute(message));
    expect(kindOfRefusal(code, read)).toBe('context_too_long');
    expect(contextLimitIn(read)).toEqual(limit);
  });

  it('that is used up is waited for', () => {
    const message =
      'Rate limit reached for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Used 29000, Requested 2000. Please try again in 2s.';
    expect(kindOfRefusal(429, readErrorBody(ofMinute(message)))).toBe('rate_limited');
  });
});

it('a proxy that takes no request of that many bytes is sent shorter ones', () => {
  const page = '<html><head><title>413 Request Entity Too Large</title></head></html>';
  expect(kindOfRefusal(413, readErrorBody(page))).toBe('context_too_long');
});
