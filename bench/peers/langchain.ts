/** LangChain: `.batch` with its own bound. */
import { ChatOpenAI } from '@langchain/openai';
import { API_KEY, MAX_TOKENS, MODEL, type OpenContender, TEMPERATURE } from '../contender.ts';

export const open: OpenContender = async (baseUrl, concurrency) => {
  const model = new ChatOpenAI({
    model: MODEL,
    temperature: TEMPERATURE,
    maxTokens: MAX_TOKENS,
    maxRetries: 0,
    apiKey: API_KEY,
    configuration: { baseURL: baseUrl },
  });
  return {
    run: async (prompts) => {
      const inputs = prompts.map(({ instruction, document }) => instruction + document);
      const messages = await model.batch(inputs, { maxConcurrency: concurrency });
      return messages.map((message) => String(message.content));
    },
    settle: async () => {},
    close: async () => {},
  };
};
