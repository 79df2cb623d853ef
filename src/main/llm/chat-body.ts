/** The body of a request, without the parameters that its server turned out to refuse. */
import type OpenAI from 'openai';
import type { ModelCall } from './model-call.ts';

export type ChatBody = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** How much a model may reason, in the order tried. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium'] as const;

/** What is known about one model at one connection. */
export interface Quirks {
  streamOptions: boolean;
  temperature: boolean;
  /** The lowest temperature accepted, where 0 is not. */
  leastTemperature: number;
  limit: LimitName;
  /** Names of the limit that were refused. */
  readonly refusedLimits: Set<LimitName>;
  /** A smaller limit is raised to this many tokens. */
  leastTokens: number;
  mostTokens: number;
  /** The model only streams. */
  streamOnly: boolean;
  /** Null while the model's default is used. */
  effort: Effort | null;
  effortRefused: boolean;
  /** False for a model that must be told not to reason first. */
  thinking: boolean | null;
}

type Effort = (typeof EFFORTS)[number];

/** The name of the token limit; null where none is accepted. */
type LimitName = 'max_tokens' | 'max_completion_tokens' | null;

export function noQuirks(): Quirks {
  return {
    streamOptions: true,
    temperature: true,
    leastTemperature: 0,
    limit: 'max_tokens',
    refusedLimits: new Set(),
    leastTokens: 0,
    mostTokens: Number.POSITIVE_INFINITY,
    streamOnly: false,
    effort: null,
    effortRefused: false,
    thinking: null,
  };
}

export function toChatBody(call: ModelCall, quirks: Quirks): ChatBody {
  const stream = call.stream || quirks.streamOnly;
  return {
    model: call.model,
    messages: call.turns.map((turn) => ({ role: turn.role, content: turn.content })),
    ...(quirks.temperature ? { temperature: Math.max(call.temperature, quirks.leastTemperature) } : {}),
    ...limitFor(call, quirks),
    ...(quirks.effort === null ? {} : { reasoning_effort: quirks.effort }),
    ...(quirks.thinking === null ? {} : { enable_thinking: quirks.thinking }),
    stream,
    ...(stream && quirks.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

function limitFor({ maxTokens }: ModelCall, { limit, leastTokens, mostTokens }: Quirks): Partial<ChatBody> {
  if (maxTokens === undefined || limit === null) return {};
  return { [limit]: Math.min(Math.max(maxTokens, leastTokens), mostTokens) };
}
