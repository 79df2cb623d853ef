/** What one would write by hand: `fetch` in `p-limit`. */
import pLimit from 'p-limit';
import { API_KEY, type OpenContender, replyText, requestBody } from '../contender.ts';
import type { Prompt } from '../prompts.ts';

export const open: OpenContender = async (baseUrl, concurrency) => {
  const limit = pLimit(concurrency);
  const url = `${baseUrl}/chat/completions`;
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${API_KEY}` };

  const ask = async (prompt: Prompt) => {
    const response = await fetch(url, { method: 'POST', headers, body: requestBody(prompt) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return replyText(await response.json());
  };

  return {
    run: (prompts) => Promise.all(prompts.map((prompt) => limit(() => ask(prompt)))),
    settle: async () => {},
    close: async () => {},
  };
};
