/** Vercel's AI SDK: `generateText` in `p-limit`. */
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { generateText } from 'ai';
import pLimit from 'p-limit';
import { API_KEY, MAX_TOKENS, MODEL, type OpenContender, TEMPERATURE } from '../contender.ts';
import type { Prompt } from '../prompts.ts';

export const open: OpenContender = async (baseUrl, concurrency) => {
  const limit = pLimit(concurrency);
  const model = createOpenAICompatible({ name: 'bench', baseURL: baseUrl, apiKey: API_KEY })(MODEL);

  const ask = async ({ instruction, document }: Prompt) => {
    const { text } = await generateText({
      model,
      prompt: instruction + document,
      temperature: TEMPERATURE,
      maxOutputTokens: MAX_TOKENS,
      maxRetries: 0,
    });
    return text;
  };

  return {
    run: (prompts) => Promise.all(prompts.map((prompt) => limit(() => ask(prompt)))),
    settle: async () => {},
    close: async () => {},
  };
};
