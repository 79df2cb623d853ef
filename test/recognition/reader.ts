import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { forkWithNode } from '../../src/main/common/fork-node.ts';
import { createExtractor } from '../../src/main/documents/extractor.ts';
import { type ChosenLanguages, findLanguages } from '../../src/main/recognition/languages.ts';
import type { RecognisedPage } from '../../src/main/recognition/messages.ts';
import { createRecogniser, type RecognitionProcess } from '../../src/main/recognition/recogniser.ts';
import { createRecognisingExtractor } from '../../src/main/recognition/recognising-extractor.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';

const source = (path: string) => new URL(`../../src/main/${path}`, import.meta.url);
const fork = (): RecognitionProcess => forkWithNode(fileURLToPath(source('recognition/process.ts')));

/** English alone, as it ships. */
export const english = () => findLanguages(['eng'], []);

/** Reads files as the app does, recognition included. */
export function reader({ languages = english }: { languages?: () => Promise<ChosenLanguages | null> } = {}) {
  const kept: RecognisedPage[] = [];
  const byFile = new Map<string, RecognisedPage[]>();
  const begun: string[] = [];
  const extractor = createRecognisingExtractor({
    extractor: createExtractor({ workerUrl: source('documents/extract-worker.ts'), threads: 1 }),
    recogniser: createRecogniser({ fork, processes: 1 }),
    kept: {
      find: async (sha256, readWith) => byFile.get(sha256 + readWith) ?? [],
      keep: (sha256, readWith, page) => {
        kept.push(page);
        byFile.set(sha256 + readWith, [...(byFile.get(sha256 + readWith) ?? []), page]);
      },
    },
    languages,
  });
  onTestFinished(() => extractor.close());
  return {
    /** The pages that were recognised. */
    kept,
    /** The files of which something was to be recognised that was not kept. */
    begun,
    read: async (path: string) => {
      const read = await extractor.extract(path, {
        onRecognising: (progress) => {
          if (progress?.done === 0) begun.push(path);
        },
      });
      if (!read.ok) throw new Error(problemSentence(read.error));
      return { ...read.value, words: wordsOf(read.value.text ?? ''), said: read.value.notes.map(noteWords) };
    },
  };
}

export function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
