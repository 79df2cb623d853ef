import { describe, expect, it } from 'vitest';
import { kindOfFinish, readFinishReason } from '../../src/shared/finish-reasons.ts';

describe('a finish reason', () => {
  it.each(['', ' ', 'null', 'None', 'NULL', 'undefined', 'FINISH_REASON_UNSPECIFIED', null, undefined, 7, {}, true])(
    '%j is none',
    (value) => {
      expect(readFinishReason(value)).toBeNull();
    },
  );

  it('is kept as written', () => {
    expect(readFinishReason(' MAX_TOKENS')).toBe('MAX_TOKENS');
  });

  it.each([
    // OpenAI; Anthropic; Cohere; Gemini, twice; Ollama
    ['stop', 'whole'],
    ['end_turn', 'whole'],
    ['stop_sequence', 'whole'],
    ['COMPLETE', 'whole'],
    ['STOP', 'whole'],
    ['FinishReason.STOP', 'whole'],
    ['eos_token', 'whole'],
    // OpenAI; Gemini; a proxy; Mistral; Anthropic; Cohere
    ['length', 'length'],
    ['MAX_TOKENS', 'length'],
    ['maxTokens', 'length'],
    ['model_length', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['ERROR_LIMIT', 'length'],
    // OpenAI; Gemini, five times; Anthropic; Bedrock; Zhipu; Cohere
    ['content_filter', 'refused'],
    ['SAFETY', 'refused'],
    ['RECITATION', 'refused'],
    ['PROHIBITED_CONTENT', 'refused'],
    ['BLOCKLIST', 'refused'],
    ['SPII', 'refused'],
    ['refusal', 'refused'],
    ['guardrail_intervened', 'refused'],
    ['sensitive', 'refused'],
    ['ERROR_TOXIC', 'refused'],
    // OpenAI, twice; Anthropic; Gemini
    ['tool_calls', 'tool'],
    ['function_call', 'tool'],
    ['tool_use', 'tool'],
    ['MALFORMED_FUNCTION_CALL', 'tool'],
    // DeepSeek; Zhipu; OpenRouter; Cohere; Ollama
    ['insufficient_system_resource', 'retry'],
    ['network_error', 'retry'],
    ['error', 'retry'],
    ['ERROR', 'retry'],
    ['load', 'retry'],
    // vLLM and SGLang; Anthropic; Gemini; Cohere; none known.
    ['abort', 'incomplete'],
    ['pause_turn', 'incomplete'],
    ['OTHER', 'incomplete'],
    ['USER_CANCEL', 'incomplete'],
    ['a_new_one', 'incomplete'],
  ] as const)('%s is %s', (reason, kind) => {
    expect(kindOfFinish(reason)).toBe(kind);
  });
});
