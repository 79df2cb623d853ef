/** What was learned of a server is known after a restart, until it may no longer be true. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLearnedQuirks, type LearnedQuirks } from '../../src/main/llm/learned-quirks.ts';
import type { Recipe } from '../../src/shared/recipe.ts';
import { must, type TestDocket } from '../support/docket.ts';
import { contextTooLong, errorBody, status, text } from '../support/model-server-replies.ts';
import { docketAt, folderOf, server, tempFolder } from '../support/workspace.ts';

const place = { host: 'gpu:8000', model: 'qwen3', llm: true };

/** Restarts keep what was saved, as JSON. */
function openShelf(now = { ms: 1_000 }) {
  let saved: string | null = null;
  const spoil = (value: string) => {
    saved = value;
  };
  const open = () =>
    createLearnedQuirks({
      saved: saved === null ? null : JSON.parse(saved),
      save: async (value) => spoil(JSON.stringify(value)),
      onTrouble: (error) => {
        throw error;
      },
      now: () => now.ms,
    });
  return { open, now, saved: () => saved, spoil };
}

function learnAll(learned: LearnedQuirks): void {
  Object.assign(learned.of(place), { format: 'json_object', limit: null, contextTokens: 8_192, efforts: ['low'] });
  learned.of(place).refusedLimits.add('max_tokens');
  learned.changed();
}

describe('what was learned of a model', () => {
  it('is known after a restart, every field of it', () => {
    const shelf = openShelf();
    const learned = shelf.open();
    learnAll(learned);
    expect(shelf.open().of(place)).toEqual(learned.of(place));
  });

  it('counts for that model at that host alone', () => {
    const shelf = openShelf();
    learnAll(shelf.open());
    const unknown = createLearnedQuirks();
    for (const other of [
      { ...place, model: 'qwen3:8b' },
      { ...place, host: 'gpu:8001' },
    ])
      expect(shelf.open().of(other)).toEqual(unknown.of(other));
  });

  it('is forgotten after a month, which begins anew with whatever is learned later', () => {
    const shelf = openShelf();
    learnAll(shelf.open());
    const day = 24 * 60 * 60 * 1_000;
    shelf.now.ms += 20 * day;
    const later = shelf.open();
    later.of(place).thinking = false;
    later.changed();
    shelf.now.ms += 20 * day;
    expect(shelf.open().of(place)).toMatchObject({ contextTokens: 8_192, thinking: false });
    shelf.now.ms += 11 * day;
    expect(shelf.open().of(place)).toEqual(createLearnedQuirks().of(place));
  });

  it('is forgotten when its server lists something else, at once and for good', () => {
    const shelf = openShelf();
    const learned = shelf.open();
    learned.listed(place.host, ['qwen3']);
    learnAll(learned);
    const next = shelf.open();
    next.listed(place.host, ['qwen3']);
    next.listed('other:1', ['anything']);
    expect(next.of(place).contextTokens).toBe(8_192);
    next.listed(place.host, ['qwen3', 'llama4']);
    expect(next.of(place).contextTokens).toBeNull();
    expect(shelf.open().of(place).contextTokens).toBeNull();
  });

  it('that cannot be read is learned again, and the rest is kept', () => {
    const shelf = openShelf();
    learnAll(shelf.open());
    const other = { ...place, model: 'other' };
    const { models, lists } = JSON.parse(shelf.saved() ?? '');
    shelf.spoil(JSON.stringify({ models: [...models, { ...models[0], model: 'other', quirks: { limit: 7 } }], lists }));
    expect(shelf.open().of(other)).toEqual(createLearnedQuirks().of(other));
    expect(shelf.open().of(place).contextTokens).toBe(8_192);
    shelf.spoil('"nonsense"');
    expect(shelf.open().of(place).contextTokens).toBeNull();
  });

  it('is nothing of the built-in engine', () => {
    const shelf = openShelf();
    const learned = shelf.open();
    learned.of({ ...place, llm: false }).streamOptions = false;
    learned.changed();
    expect(shelf.saved()).toBeNull();
  });
});

describe('a server', () => {
  const recipe: Recipe = {
    id: 'own',
    name: 'Own',
    asked: 'separately',
    order: 'document_first',
    questions: [{ id: 'law', title: 'Law', ask: 'Which law?', answer: { type: 'text' }, proof: false, maxTokens: 50 }],
  };

  async function run(docket: TestDocket, files: Readonly<Record<string, string>>): Promise<void> {
    const { id } = must(await docket.batches.create([await folderOf(files)], { recipe }));
    await docket.batches.settled(id);
  }

  it('is not asked again after a restart for what it refused before', async () => {
    const model = await server();
    const dataDir = join(await tempFolder(), 'data');
    const refusal = "Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens' instead.";
    model.respond(({ body }) =>
      body.max_tokens === undefined
        ? text('German law')
        : status(400, { body: errorBody(refusal, 'invalid_request_error', null) }),
    );
    const first = await docketAt({ baseUrl: model.url, dataDir });
    await run(first, { 'a.txt': 'German law applies.' });
    expect(model.chatRequestCount).toBe(2);
    await first.close();
    await run(await docketAt({ baseUrl: model.url, dataDir }), { 'b.txt': 'German law applies here, too.' });
    expect(model.chatRequestCount).toBe(3);
  });

  it('whose window was found to be small is tried again once a person sets a larger one', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 4_096 } });
    model.respond([contextTooLong(1_024)]);
    const words = (label: string) => `${label} ${'Words, words. '.repeat(600)}`;
    await run(docket, { 'a.txt': words('First') });
    const parted = model.chatRequestCount;
    expect(parted).toBeGreaterThan(3);
    await docket.settings.change({ contextTokens: 16_000 });
    await run(docket, { 'b.txt': words('Second') });
    expect(model.chatRequestCount).toBe(parted + 1);
  });

  it('that reads more than was learned of it is no longer sent less', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url, settings: { contextTokens: 4_096 } });
    model.respond([contextTooLong(1_024)]);
    await run(docket, { 'a.txt': 'Words, words. '.repeat(600) });
    const lease = docket.connections.lease();
    const quirks = lease.connection.quirksOf('gpt-4o-mini');
    expect(quirks.contextTokens).toBe(1_024);
    model.respond(text('Fine', { usage: { prompt_tokens: 3_000, completion_tokens: 1, total_tokens: 3_001 } }));
    await run(docket, { 'b.txt': 'Short.' });
    expect(quirks.contextTokens).toBeNull();
    lease.release();
  });
});
