/** What an OpenAI-compatible server answers, read leniently: local servers leave out or add much. */
import { z } from 'zod';

/** A count that is none is not known, and costs nobody the reply that came with it. */
const tokens = z.int().nonnegative().nullish().catch(null);

const usage = z
  .object({ prompt_tokens: tokens, completion_tokens: tokens, total_tokens: tokens })
  .nullish()
  .catch(null);

/** The built-in engine's word on a result that it cannot give. */
const docket = z.object({ reason: z.string().nullish() }).nullish();

/** A string, or the parts that some servers answer in, of which those of type "text" are the reply. */
const content = z
  .union([
    z.string(),
    z.array(z.object({ type: z.string(), text: z.string().nullish() })).transform((parts) =>
      parts
        .filter(({ type }) => type === 'text')
        .map(({ text }) => text ?? '')
        .join(''),
    ),
  ])
  .nullish();

const message = { content, refusal: z.string().nullish().catch(null) };

const choice = { index: z.number().nullish().catch(null), finish_reason: z.string().nullish() };

const completion = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ ...choice, message: z.object(message) })).min(1),
  usage,
  docket,
});

const chunk = z.object({
  model: z.string().nullish(),
  choices: z.array(z.object({ ...choice, delta: z.object(message).nullish() })).nullish(),
  usage,
  docket,
});

/** Tokens as the server counted them; null where it did not say. */
export interface Usage {
  readonly promptTokens: number | null;
  readonly completionTokens: number | null;
  readonly totalTokens: number | null;
}

/** One piece of a reply; a reply that does not stream is a single piece. */
export interface ReplyPiece {
  readonly text: string;
  /** What a model says instead of a reply when it will not give one. */
  readonly refusal: string;
  readonly model: string | null;
  readonly finishReason: string | null;
  readonly usage: Usage | null;
  readonly note: string | null;
}

/** Null when it has not the shape of a completion. */
export function readCompletion(value: unknown): ReplyPiece | null {
  const parsed = completion.safeParse(value);
  const choice = parsed.data?.choices.find(isFirst);
  if (parsed.data === undefined || choice === undefined) return null;
  return {
    text: choice.message.content ?? '',
    refusal: choice.message.refusal ?? '',
    model: parsed.data.model ?? null,
    finishReason: choice.finish_reason ?? null,
    usage: toUsage(parsed.data.usage),
    note: parsed.data.docket?.reason ?? null,
  };
}

export function readChunk(value: unknown): ReplyPiece | null {
  const parsed = chunk.safeParse(value);
  if (parsed.data === undefined) return null;
  const choice = parsed.data.choices?.find(isFirst);
  return {
    text: choice?.delta?.content ?? '',
    refusal: choice?.delta?.refusal ?? '',
    model: parsed.data.model ?? null,
    finishReason: choice?.finish_reason ?? null,
    usage: toUsage(parsed.data.usage),
    note: parsed.data.docket?.reason ?? null,
  };
}

/** One reply is asked for; pieces of a second would be mixed into it. */
function isFirst({ index }: { readonly index?: number | null | undefined }): boolean {
  return (index ?? 0) === 0;
}

function toUsage(value: z.output<typeof usage>): Usage | null {
  if (value === null || value === undefined) return null;
  const promptTokens = value.prompt_tokens ?? null;
  const completionTokens = value.completion_tokens ?? null;
  const sum = promptTokens !== null && completionTokens !== null ? promptTokens + completionTokens : null;
  return { promptTokens, completionTokens, totalTokens: value.total_tokens ?? sum };
}
