import { readFileSync } from 'node:fs';

const sentences = readFileSync(new URL('../test/fixtures/corpus/quarterly-report.txt', import.meta.url), 'utf8').split(
  /(?<=\.)\s+/,
);

export interface Prompt {
  readonly instruction: string;
  readonly document: string;
}

/** A natural-language document of a given length, unique to each number. */
export function makeDocument(number: number, characters: number): string {
  let text = `Note ${number}.`;
  for (let turn = 0; text.length < characters; turn += 1) {
    text += ` ${turn} ${sentences[(number * 7 + turn * 3) % sentences.length]}`;
  }
  return text.slice(0, characters);
}

/** What a batch asks about many files: the same instruction with a different document each time. */
export function makePrompts(from: number, count: number, characters: number): readonly Prompt[] {
  return Array.from({ length: count }, (_, index) => ({
    instruction: 'Summarize in one sentence: ',
    document: makeDocument(from + index, characters),
  }));
}
