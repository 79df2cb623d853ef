/** The body of a request, without what its server turned out not to want in it. */
import type OpenAI from 'openai';
import type { ModelCall } from './model-call.ts';

export type ChatBody = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** How much a model thinks: asked for in this order, as far as it takes them. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium'] as const;

/** Learned of one model at one connection. */
export interface Quirks {
  streamOptions: boolean;
  temperature: boolean;
  /** The lowest that is taken, where 0 is not. */
  leastTemperature: number;
  limit: LimitName;
  /** The names that were refused. */
  readonly refusedLimits: Set<LimitName>;
  /** A limit below is asked for as this many. */
  leastTokens: number;
  mostTokens: number;
  /** It answers in a stream only. */
  streamOnly: boolean;
  /** Null as long as the model's own is left to it. */
  effort: Effort | null;
  effortRefused: boolean;
  /** Set to false where a model thinks before it answers and has to be told not to. */
  thinking: boolean | null;
}

type Effort = (typeof EFFORTS)[number];

/** Under which name a limit of tokens is asked for; null where none is taken. */
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
