/** The body of a request, without the parameters that its server turned out to refuse. */
import type OpenAI from 'openai';
import { type Effort, type EffortChoice, efforts } from '../../shared/efforts.ts';
import { knownModel, type LimitName } from './known-models.ts';
import type { ChatTurn, ModelCall, TurnPicture } from './model-call.ts';

export type ChatBody = OpenAI.Chat.Completions.ChatCompletionCreateParams;

/** How strictly a server can be asked for a format, strictest first. */
export type FormatKind = 'json_schema' | 'json_object';

/** What is known about one model at one host. */
export interface Quirks {
  /** The strictest one accepted; null if none is. */
  format: FormatKind | null;
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
  /** Tokens for reasoning, which count towards the limit of the answer; 0 for a model that has not been seen to reason. */
  roomForReasoning: number;
  /** The efforts accepted, least first; null if unknown. */
  efforts: readonly Effort[] | null;
  effortRefused: boolean;
  /** False for a model that must be told not to reason first. */
  thinking: boolean | null;
  /** The most that the model turned out to read at once, in tokens; null if nothing contradicted what is set. */
  contextTokens: number | null;
  /** Whether the model took pictures when it was last sent some; null if it was not sent any. */
  sees: boolean | null;
  /** The most pictures that it takes in one request; null if it has not refused any number. */
  mostPictures: number | null;
}

/** Tokens for reasoning: at first, and after they were used up without an answer. */
export const REASONING_ROOMS = [2_048, 8_192] as const;

/**
 * What is known about a model before its server refuses anything.
 * @param llm false for the built-in engine, which takes no format.
 */
export function firstQuirks(model: string, llm = true): Quirks {
  const { limit = 'max_tokens', temperature = true, reasons = false, efforts = null } = knownModel(model);
  return {
    format: llm ? 'json_schema' : null,
    streamOptions: true,
    temperature,
    leastTemperature: 0,
    limit,
    refusedLimits: new Set(),
    leastTokens: 0,
    mostTokens: Number.POSITIVE_INFINITY,
    streamOnly: false,
    roomForReasoning: reasons ? REASONING_ROOMS[0] : 0,
    efforts,
    effortRefused: false,
    thinking: null,
    contextTokens: null,
    sees: null,
    mostPictures: null,
  };
}

export function toChatBody(call: ModelCall, quirks: Quirks, choice: EffortChoice): ChatBody {
  const effort = effortFor(choice, quirks);
  const stream = call.stream || quirks.streamOnly;
  return {
    model: call.model,
    messages: call.turns.map(toMessage),
    ...(quirks.temperature ? { temperature: Math.max(call.temperature, quirks.leastTemperature) } : {}),
    ...limitFor(call, quirks),
    ...(effort === null ? {} : { reasoning_effort: effort }),
    ...(quirks.thinking === null ? {} : { enable_thinking: quirks.thinking }),
    ...formatFor(call, quirks),
    stream,
    ...(stream && quirks.streamOptions ? { stream_options: { include_usage: true } } : {}),
  };
}

/**
 * A turn with pictures is a list of parts: what a server refuses for a model that does not see, so any other turn is a plain
 * text. Pictures come first, as Anthropic and Google advise, which is also what further questions about them share.
 */
function toMessage({ role, content, pictures = [] }: ChatTurn): Message {
  if (role !== 'user' || pictures.length === 0) return { role, content };
  return { role, content: [...pictures.flatMap(partsOf), { type: 'text', text: content }] };
}

type Message = ChatBody['messages'][number];

function partsOf({ label, image }: TurnPicture): readonly OpenAI.Chat.Completions.ChatCompletionContentPart[] {
  return [
    ...(label === '' ? [] : [{ type: 'text', text: label } as const]),
    ...(image === null
      ? []
      : [{ type: 'image_url', image_url: { url: `data:${image.type};base64,${image.base64}` } } as const]),
  ];
}

/** The pictures of a request. */
export function picturesIn({ messages }: Pick<ChatBody, 'messages'>): number {
  return messages.reduce(
    (sum, { content }) =>
      sum + (Array.isArray(content) ? content.filter(({ type }) => type === 'image_url').length : 0),
    0,
  );
}

/** The limit counts the answer, so reasoning needs room of its own. */
function limitFor({ maxTokens }: ModelCall, quirks: Quirks): Partial<ChatBody> {
  const { limit, roomForReasoning, leastTokens, mostTokens } = quirks;
  if (maxTokens === undefined || limit === null) return {};
  return { [limit]: Math.min(Math.max(maxTokens + roomForReasoning, leastTokens), mostTokens) };
}

function formatFor({ format, turns }: ModelCall, { format: kind }: Quirks): Pick<ChatBody, 'response_format'> {
  if (format === undefined || kind === null) return {};
  if (kind === 'json_schema') return { response_format: { type: kind, json_schema: { ...format, strict: true } } };
  // OpenAI and others refuse it where the question does not have the word.
  const isAskedFor = turns.some(({ content }) => /json/i.test(content));
  return isAskedFor ? { response_format: { type: kind } } : {};
}

/** Null if the model decides. A model that has not been seen to reason is not told to reason less. */
function effortFor(
  choice: EffortChoice,
  { roomForReasoning, efforts: accepted, effortRefused }: Quirks,
): Effort | null {
  if (choice === 'model' || effortRefused) return null;
  if (choice === 'least') return roomForReasoning === 0 ? null : ((accepted ?? efforts)[0] ?? null);
  if (accepted === null) return choice;
  const most = efforts.indexOf(choice);
  return accepted.findLast((effort) => efforts.indexOf(effort) <= most) ?? accepted[0] ?? null;
}
