/** The client that Docket uses too, in `p-limit`, with nothing around it. */
import OpenAI from 'openai';
import pLimit from 'p-limit';
import { API_KEY, MAX_TOKENS, MODEL, type OpenContender, TEMPERATURE } from '../contender.ts';
import type { Prompt } from '../prompts.ts';

export const open: OpenContender = async (baseURL, concurrency) => {
  const limit = pLimit(concurrency);
  const client = new OpenAI({ baseURL, apiKey: API_KEY, maxRetries: 0 });

  const ask = async ({ instruction, document }: Prompt) => {
    const { choices } = await client.chat.completions.create({
      model: MODEL,
      messages: [{ role: 'user', content: instruction + document }],
      temperature: TEMPERATURE,
      max_tokens: MAX_TOKENS,
    });
    const text = choices[0]?.message.content;
    if (!text) throw new Error('A reply without text.');
    return text;
  };

  return {
    run: (prompts) => Promise.all(prompts.map((prompt) => limit(() => ask(prompt)))),
    settle: async () => {},
    close: async () => {},
  };
};
