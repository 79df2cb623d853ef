import { useEffect, useState } from 'react';
import type { Batch, BatchTokens } from '../../../shared/batch-data.ts';
import { request } from '../platform/bridge.ts';
import { batchTokenWords } from './batch-words.ts';

/** What the calls of a batch took, told when it does not run. */
export function BatchTokensTold({ batch }: { readonly batch: Batch }) {
  const { id, status, counts } = batch;
  const [tokens, setTokens] = useState<BatchTokens | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run or other files may have taken more
  useEffect(() => {
    let isWanted = true;
    void request('batch.tokens', { batchId: id }).then((result) => {
      if (isWanted && result.ok) setTokens(result.value);
    });
    return () => {
      isWanted = false;
    };
  }, [id, status, counts.done]);
  const words = tokens === null ? null : batchTokenWords(tokens);
  return words === null ? null : <span>{words}</span>;
}
