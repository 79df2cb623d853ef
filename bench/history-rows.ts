/** A history as after years of use: every call different, with a realistic mix of batches and chats. */
import { readFileSync } from 'node:fs';
import { type CallIntent, type CallOutcome, excerpt } from '../src/main/audit/call-record.ts';
import { toRequestBody } from '../src/main/audit/request-body.ts';
import type { CallKind, CallTask } from '../src/shared/call-data.ts';
import { problem } from '../src/shared/problem.ts';

/** A call as recorded in its two phases, with its texts. */
export interface PastCall {
  readonly intent: CallIntent;
  /** Null if the app ended before the outcome was known. */
  readonly outcome: Omit<CallOutcome, 'callId'> | null;
  readonly asked: string;
  readonly reply: string | null;
}

export const MODELS = [
  'gpt-4o-mini',
  'gpt-4o',
  'llama3.1:8b',
  'qwen2.5:14b',
  'gpt-3.5-turbo',
  'mistral-small',
] as const;
/** Share of batches or chats per hundred for each model above; the last is hardly ever used. */
const MODEL_SHARES = [60, 84, 94, 99, 99.9, 100] as const;
const FIRST_DAY = Date.UTC(2024, 10, 1);
export const LAST_DAY = Date.UTC(2026, 10, 1);
const FILES_OF_A_BATCH = 250;
const TITLES = ['Summary', 'Sentiment', 'Topics'] as const;
const MOODS = ['Neutral', 'Positive', 'Negative'] as const;
/** Names and trade terms. Each document contains a few: the first often, the last hardly ever. */
export const TERMS = 20_000;
const SYLLABLES = [
  'ba',
  'cor',
  'den',
  'fi',
  'gal',
  'hor',
  'ki',
  'lum',
  'mer',
  'no',
  'pra',
  'quo',
  'ris',
  'sta',
  'tev',
  'vun',
];

const texts = [
  'quarterly-report',
  'complaint',
  'travel-policy',
  'press-release',
  'interview-notes',
  'supplier-contract',
];
export const sentences: readonly string[] = texts.flatMap((name) =>
  readFileSync(new URL(`../test/fixtures/corpus/${name}.txt`, import.meta.url), 'utf8')
    .split(/(?<=[.!?])\s+|\n+/)
    .filter((sentence) => sentence.length > 40),
);

/** Pseudo-random numbers, the same in each run (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<Item>(random: () => number, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('A choice from nothing.');
  return item;
}

/** A made-up word, always the same for the same rank. */
export function term(rank: number): string {
  let word = '';
  for (let rest = rank + 256; rest > 0; rest = Math.floor(rest / SYLLABLES.length)) {
    word += SYLLABLES[rest % SYLLABLES.length];
  }
  return word;
}

/** Calls in chronological order. */
export function* pastCalls(count: number): Generator<PastCall> {
  const random = createRandom(20_261_101);
  const stepMs = (LAST_DAY - FIRST_DAY) / count;
  let made = 0;
  let file = 0;
  let model: string = MODELS[0];
  while (made < count) {
    if (file % FILES_OF_A_BATCH === 0) model = pickModel(random);
    const createdAt = FIRST_DAY + Math.floor(made * stepMs);
    const calls = random() < 0.7 ? fileCalls(random, ++file, model, createdAt) : [otherCall(random, made, createdAt)];
    for (const call of calls.slice(0, count - made)) yield call;
    made += calls.length;
  }
}

function fileCalls(random: () => number, file: number, model: string, createdAt: number): readonly PastCall[] {
  const document = makeText(random, 4);
  // Without the item's id: each call would look up an earlier one of its item, which takes as long as writing it.
  const links = { batchId: `batch-${Math.ceil(file / FILES_OF_A_BATCH)}`, fileName: fileName(random, file) };
  const facts = { kind: 'analysis', model, createdAt, document, links } as const;
  return TITLES.map((title) =>
    makeCall(random, {
      ...facts,
      task: 'question',
      title,
      asked: `${title}: ${document}`,
      said: title === 'Sentiment' ? pick(random, MOODS) : makeText(random, 1),
    }),
  );
}

function otherCall(random: () => number, number: number, createdAt: number): PastCall {
  const [kind, task] = random() < 0.95 ? (['chat', 'chat'] as const) : (['probe', 'test'] as const);
  const links = { conversationId: `conversation-${Math.floor(number / 40)}` };
  const asked = makeText(random, 2);
  return makeCall(random, { kind, task, model: pickModel(random), createdAt, asked, links, said: makeText(random, 3) });
}

interface CallFacts {
  readonly kind: CallKind;
  readonly task: CallTask;
  readonly title?: string;
  readonly model: string;
  readonly createdAt: number;
  readonly asked: string;
  readonly said: string;
  /** What several calls ask about. */
  readonly document?: string;
  readonly links: Partial<CallIntent>;
}

function makeCall(random: () => number, facts: CallFacts): PastCall {
  const { kind, task, title = null, model, createdAt, asked, document } = facts;
  const json = JSON.stringify({ model, messages: [{ role: 'user', content: asked }], temperature: 0 });
  const local = model.includes(':');
  const outcome = makeOutcome(random, facts);
  return {
    asked,
    reply: outcome?.reply ?? null,
    outcome,
    intent: {
      createdAt,
      kind,
      task,
      title,
      providerName: local ? 'Ollama' : 'OpenAI',
      host: local ? '127.0.0.1:11434' : 'api.openai.com',
      llm: true,
      local,
      model,
      parameters: '{"temperature":0}',
      attempt: 1,
      userId: 'anonymous',
      message: excerpt(asked),
      body: toRequestBody(json, document === undefined ? [] : [document]),
      requestBytes: Buffer.byteLength(json),
      fileName: null,
      conversationId: null,
      messageId: null,
      batchId: null,
      itemId: null,
      ...facts.links,
    },
  };
}

/** Per thousand calls, 30 fail, 10 are cancelled and 3 are left in doubt. */
function makeOutcome(random: () => number, { model, said }: CallFacts): PastCall['outcome'] {
  const fate = random() * 1_000;
  if (fate < 3) return null;
  const status = fate < 13 ? 'cancelled' : fate < 43 ? 'error' : 'ok';
  const failed = status === 'error';
  return {
    status,
    sent: true,
    modelAnswered: status === 'ok' ? model : null,
    reply: failed ? null : said,
    httpStatus: failed ? 500 : 200,
    requestId: `req_${Math.floor(random() * 1e12)}`,
    finishReason: status === 'ok' ? 'stop' : null,
    promptTokens: failed ? null : 90,
    completionTokens: failed ? null : 30,
    totalTokens: failed ? null : 120,
    usage: null,
    timeToFirstTokenMs: null,
    latencyMs: Math.round(2_000 + random() * 20_000) / 10,
    note: null,
    problem: failed
      ? problem('server_error', { host: 'api.openai.com', during: 'request' }, { httpStatus: 500 })
      : null,
  };
}

function pickModel(random: () => number): string {
  const at = random() * 100;
  return MODELS[MODEL_SHARES.findIndex((share) => at < share)] ?? MODELS[0];
}

/** Some sentences in natural language, with a few trade terms among them. */
function makeText(random: () => number, count: number): string {
  let text = '';
  for (let turn = 0; turn < count; turn += 1) text += `${pick(random, sentences)} ${term(pickRank(random))} `;
  return text.trimEnd();
}

/** By Zipf's law: the term of rank r occurs 1/r as often as the first. */
function pickRank(random: () => number): number {
  return Math.floor(TERMS ** random());
}

function fileName(random: () => number, file: number): string {
  return `${term(pickRank(random))}/${pick(random, ['Invoice', 'Contract', 'Minutes', 'Complaint'])} ${file}.pdf`;
}
