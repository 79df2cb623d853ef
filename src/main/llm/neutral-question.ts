import type { ModelCall } from './model-call.ts';

/** Asks a model for a sign of life, without any user content. */
export function neutralQuestion(model: string): ModelCall {
  return {
    kind: 'probe',
    task: 'test',
    model,
    turns: [{ role: 'user', content: 'Reply with the word OK.' }],
    temperature: 0,
    maxTokens: 5,
    stream: false,
    links: {},
  };
}
