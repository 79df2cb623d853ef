import { readPrompt } from './model-server-prompts.ts';

/**
 * Tells the requests of the first files that ask from all others. Which files these are is open: several are read at
 * the same time, more on a machine with more processors.
 */
export function firstFiles(count: number): (request: { readonly prompt: string }) => boolean {
  const texts = new Set<string>();
  return ({ prompt }) => {
    const text = readPrompt(prompt).subject;
    if (texts.size < count) texts.add(text);
    return texts.has(text);
  };
}
