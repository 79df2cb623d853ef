import type { Result } from '../../shared/result.ts';
import { type Answer, answerFrom } from './answer.ts';
import { loadEnglishReader } from './english.ts';
import { type Extract, extractFrom } from './extract.ts';
import { type KeyTerms, keyTermsOf } from './key-terms.ts';
import { loadLanguageDetector } from './language.ts';
import { createPacer } from './pacer.ts';
import { type Models, type Reading, type ReadOptions, readText } from './reading.ts';
import { type Tone, toneOf } from './tone.ts';

interface EngineOptions extends ReadOptions {
  /** Aborts reading a long text. */
  readonly signal?: AbortSignal | undefined;
}

/** The built-in text engine: classical text processing, without a model. All its work stays in this process. */
export interface Engine {
  /** Reads a text once for all tasks; the most recent readings are cached briefly. */
  read(text: string, options?: EngineOptions): Promise<Reading>;
  extract(text: string, options?: EngineOptions): Promise<Result<Extract, string>>;
  tone(text: string, options?: EngineOptions): Promise<Result<Tone, string>>;
  keyTerms(text: string, count?: number, options?: EngineOptions): Promise<Result<KeyTerms, string>>;
  answer(
    question: string,
    documents: readonly { name: string; text: string }[],
    options?: EngineOptions,
  ): Promise<Answer>;
  /** Loads the word lists ahead of the first request. */
  warmUp(): Promise<void>;
}

export function createEngine(): Engine {
  const readings = createReadingCache();
  let models: Promise<Models> | null = null;

  function load(): Promise<Models> {
    if (models === null) {
      models = Promise.all([loadEnglishReader(), loadLanguageDetector()]).then(([english, detect]) => ({
        english,
        detect,
      }));
      // A failed start must not fail every request after it.
      models.catch(() => {
        models = null;
      });
    }
    return models;
  }

  async function read(text: string, options: EngineOptions = {}): Promise<Reading> {
    const key = [options.purpose ?? 'analysis', options.language ?? '', options.name ?? '', text].join('\0');
    const known = readings.get(key);
    if (known !== undefined) return known;
    const reading = await readText(text, await load(), createPacer(options.signal), options);
    readings.set(key, reading);
    return reading;
  }

  return {
    read,
    extract: async (text, options) => extractFrom(await read(text, options)),
    tone: async (text, options) => toneOf(await read(text, options)),
    keyTerms: async (text, count, options) => keyTermsOf(await read(text, options), count),
    answer: async (question, documents, options) => {
      const all: Reading[] = [];
      for (const { name, text } of documents) all.push(await read(text, { ...options, name, purpose: 'quote' }));
      return answerFrom(question, all);
    },
    warmUp: async () => {
      // A first reading also compiles the hot paths.
      await readText(WARM_UP_TEXT, await load(), createPacer());
    },
  };
}

const WARM_UP_TEXT = 'The engine reads this once. It is a good way to be fast later. '.repeat(20);

interface ReadingCache {
  get(key: string): Reading | undefined;
  set(key: string, reading: Reading): void;
}

/** Each file arrives three times, once per task, at almost the same moment. */
const KEPT_READINGS = 12;
const KEPT_CHARACTERS = 3_000_000;
/** Documents stay in memory unused for no longer than this. */
const KEPT_FOR_MS = 30_000;

/** The most recently used readings, limited in number and size; all are dropped after a while without use. */
function createReadingCache(): ReadingCache {
  const kept = new Map<string, Reading>();
  let characters = 0;
  let timer: NodeJS.Timeout | undefined;

  function drop(key: string): void {
    characters -= kept.get(key)?.text.length ?? 0;
    kept.delete(key);
  }

  function touch(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      kept.clear();
      characters = 0;
    }, KEPT_FOR_MS);
    timer.unref();
  }

  return {
    get(key) {
      touch();
      const reading = kept.get(key);
      if (reading !== undefined) {
        kept.delete(key);
        kept.set(key, reading);
      }
      return reading;
    },
    set(key, reading) {
      touch();
      drop(key);
      kept.set(key, reading);
      characters += reading.text.length;
      for (const oldest of kept.keys()) {
        if (oldest === key || (kept.size <= KEPT_READINGS && characters <= KEPT_CHARACTERS)) break;
        drop(oldest);
      }
    },
  };
}
