import type { Prompt } from './prompts.ts';

/** All contenders send the same request. */
export const MODEL = 'gpt-4o-mini';
export const MAX_TOKENS = 50;
export const TEMPERATURE = 0;
export const API_KEY = 'sk-bench';

/** A way to make many calls with a limited number in flight. */
export interface Contender {
  /** Resolves with the replies once all have arrived. */
  run(prompts: readonly Prompt[]): Promise<readonly string[]>;
  /** Resolves once background work has ended. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export type OpenContender = (baseUrl: string, concurrency: number) => Promise<Contender>;

/** The request body sent by contenders that write their own. */
export function requestBody({ instruction, document }: Prompt): string {
  return JSON.stringify({
    model: MODEL,
    messages: [{ role: 'user', content: instruction + document }],
    temperature: TEMPERATURE,
    max_tokens: MAX_TOKENS,
    stream: false,
  });
}

interface CompletionJson {
  readonly choices: readonly { readonly message: { readonly content: string } }[];
}

export function replyText(json: unknown): string {
  const text = (json as CompletionJson).choices[0]?.message.content;
  if (text === undefined) throw new Error('A reply without text.');
  return text;
}
