/** What the tests of a batch share: a model server with a Docket that asks it, and a batch as the window is told of it. */
import { standardRecipe } from '../../src/main/recipes/standard.ts';
import { type Batch, noCounts } from '../../src/shared/batch-data.ts';
import type { Question, Recipe } from '../../src/shared/recipe.ts';
import type { DocketOptions, TestDocket } from '../support/docket.ts';
import type { ModelServer } from '../support/model-server.ts';
import { docketAt, server } from '../support/workspace.ts';

/** The server takes a moment for each call, so that calls overlap. */
export async function docketWithServer(
  options: Partial<DocketOptions> = {},
): Promise<{ readonly model: ModelServer; readonly docket: TestDocket }> {
  const model = await server({ latencyMs: 2 });
  return { model, docket: await docketAt({ baseUrl: model.url, ...options }) };
}

export const city: Question = {
  id: 'city',
  title: 'City',
  ask: 'Which city is it?',
  answer: { type: 'text' },
  proof: false,
  maxTokens: 50,
};
/** A recipe of one question. */
export const askingCity: Recipe = {
  id: 'own',
  name: 'Own',
  asked: 'separately',
  order: 'document_first',
  questions: [city],
};

export function batchOf({
  counts,
  ...rest
}: Partial<Omit<Batch, 'counts'>> & { counts?: Partial<Batch['counts']> }): Batch {
  return {
    id: '00000000-0000-4000-8000-000000000001',
    name: 'contracts',
    dropped: 'contracts',
    createdAt: 1_000,
    startedAt: 2_000,
    finishedAt: null,
    workedMs: 0,
    status: 'running',
    recipe: standardRecipe,
    providerName: 'OpenAI',
    host: 'api.openai.com',
    model: 'gpt-4o-mini',
    temperature: 0,
    llm: true,
    local: false,
    againOf: null,
    watch: null,
    bytes: 0,
    skipped: 0,
    problem: null,
    ...rest,
    counts: {
      ...noCounts,
      ...counts,
    },
  };
}
