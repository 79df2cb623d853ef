import { expect, it } from 'vitest';
import { tokensOf } from '../../src/main/batch/batch-tokens.ts';
import { openTestStore } from '../store/open-test-store.ts';
import { intent, newBatch, outcome } from '../store/records.ts';

it('the tokens of a batch are those of all its calls, with the cached and reasoning ones apart', async () => {
  const store = await openTestStore();
  await store.write.insertBatch(newBatch('b1'));
  const file = { bytes: 1, modifiedAt: 1, problem: null };
  await store.write.addItems('b1', [
    { ...file, path: '/a', name: 'a' },
    { ...file, path: '/b', name: 'b' },
  ]);
  const items = await store.write.claimItems('b1', 2);
  const usage = JSON.stringify({
    prompt_tokens_details: { cached_tokens: 5 },
    completion_tokens_details: { reasoning_tokens: 2 },
  });
  for (const [place, { row }] of items.entries()) {
    const of = { kind: 'analysis', task: 'question', batchId: 'b1', itemId: row.id } as const;
    const begun = await store.write.beginCall(intent(`Question ${place}`, of));
    if (!('callId' in begun)) throw new Error('It was asked before.');
    await store.write.endCall(outcome(begun.callId, 'Answer', { usage }));
  }
  expect(await tokensOf(store.read, 'b1')).toEqual({ total: 14, cached: 10, reasoning: 4, uncounted: 0 });
});
