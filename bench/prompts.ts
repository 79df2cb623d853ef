import { readFileSync } from 'node:fs';

const sentences = readFileSync(new URL('../test/fixtures/corpus/quarterly-report.txt', import.meta.url), 'utf8').split(
  /(?<=\.)\s+/,
);

export interface Prompt {
  readonly instruction: string;
  readonly document: string;
}

/** A document of a length in natural language that no other number has. */
export function makeDocument(number: number, characters: number): string {
  let text = `Note ${number}.`;
  for (let turn = 0; text.length < characters; turn += 1) {
    text += ` ${turn} ${sentences[(number * 7 + turn * 3) % sentences.length]}`;
  }
  return text.slice(0, characters);
}

/** What a batch asks about many files: the same instruction, each time another document. */
export function makePrompts(from: number, count: number, characters: number): readonly Prompt[] {
  return Array.from({ length: count }, (_, index) => ({
    instruction: 'Summarize in one sentence: ',
    document: makeDocument(from + index, characters),
  }));
}
