/** Why a model stopped, in the words of known servers. An unknown reason does not count as success. */

export type FinishKind =
  /** The model finished. */
  | 'whole'
  /** The token limit or the context size was reached. */
  | 'length'
  /** A content policy withheld the reply. */
  | 'refused'
  /** The model asked for a tool, and Docket has none. */
  | 'tool'
  /** The server failed; the same request may succeed. */
  | 'retry'
  /** It stopped early, or for an unknown reason. */
  | 'incomplete';

const KINDS: Readonly<Record<Exclude<FinishKind, 'incomplete'>, readonly string[]>> = {
  // OpenAI; Anthropic; Cohere; Gemini; TGI; Ollama and others
  whole: [
    'stop',
    'end_turn',
    'stop_sequence',
    'complete',
    'completed',
    'eos',
    'eos_token',
    'stop_token',
    'end',
    'done',
  ],
  // OpenAI; Gemini and Anthropic; Responses; Mistral; Anthropic; Cohere
  length: [
    'length',
    'max_tokens',
    'max_output_tokens',
    'max_completion_tokens',
    'model_length',
    'max_length',
    'token_limit',
    'model_context_window_exceeded',
    'context_length_exceeded',
    'error_limit',
  ],
  // OpenAI; Gemini; Anthropic; Bedrock; Zhipu; Cohere
  refused: [
    'content_filter',
    'content_filtered',
    'safety',
    'recitation',
    'blocklist',
    'prohibited_content',
    'spii',
    'image_safety',
    'language',
    'refusal',
    'guardrail_intervened',
    'sensitive',
    'error_toxic',
    'moderation',
  ],
  // OpenAI, old and new; Anthropic; Cohere; Gemini
  tool: [
    'tool_calls',
    'tool_call',
    'function_call',
    'tool_use',
    'malformed_function_call',
    'unexpected_tool_call',
    'too_many_tool_calls',
  ],
  // DeepSeek; Zhipu; OpenRouter and Cohere; others; Ollama while it loads a model
  retry: [
    'insufficient_system_resource',
    'network_error',
    'error',
    'server_error',
    'internal_error',
    'overloaded',
    'timeout',
    'load',
    'unload',
  ],
};

const kinds = ['whole', 'length', 'refused', 'tool', 'retry'] as const;

const KIND_BY_REASON: ReadonlyMap<string, FinishKind> = new Map(
  kinds.flatMap((kind) => KINDS[kind].map((reason) => [reason, kind] as const)),
);

/** What servers write when there is no reason yet. */
const NO_REASON: ReadonlySet<string> = new Set(['', 'null', 'none', 'nil', 'undefined', 'unspecified', 'in_progress']);

/** The reason as written, or null if none was given. */
export function readFinishReason(value: unknown): string | null {
  return typeof value !== 'string' || NO_REASON.has(plain(value)) ? null : value.trim();
}

export function kindOfFinish(reason: string): FinishKind {
  return KIND_BY_REASON.get(plain(reason)) ?? 'incomplete';
}

/** "MAX_TOKENS", "maxTokens", "FINISH_REASON_MAX_TOKENS" and "max-tokens" are one. */
function plain(reason: string): string {
  return reason
    .trim()
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[\s.-]+/g, '_')
    .replace(/^(?:finish|stop)_?reason_/, '');
}
