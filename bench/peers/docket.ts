/** Docket: the real gateway, every call recorded before it leaves and after it came back. */
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { MAX_TOKENS, MODEL, type OpenContender, TEMPERATURE } from '../contender.ts';
import { openDocketParts } from '../docket-parts.ts';
import type { Prompt } from '../prompts.ts';

/** Sockets that the settings keep free for the chat. */
const HEADROOM = 8;

export const open: OpenContender = async (baseUrl, concurrency) => {
  const docket = await openDocketParts(baseUrl, concurrency + HEADROOM);
  const { connection } = docket.connections.lease();
  const { lanes } = createLimiter(concurrency);
  const { signal } = new AbortController();
  let items = 0;

  const ask = async ({ instruction, document }: Prompt) => {
    items += 1;
    const result = await docket.gateway.complete(
      {
        kind: 'analysis',
        task: 'question',
        title: 'Summary',
        model: MODEL,
        turns: [{ role: 'user', content: instruction + document }],
        temperature: TEMPERATURE,
        maxTokens: MAX_TOKENS,
        stream: false,
        links: { batchId: 'bench', itemId: items, fileName: `note ${items}.txt` },
        sharedTexts: [document],
      },
      { connection, signal, lanes },
    );
    if (!result.ok) throw new Error(result.error.problem.message);
    return result.value.text;
  };

  return {
    run: (prompts) => Promise.all(prompts.map(ask)),
    settle: docket.settle,
    close: docket.close,
  };
};
