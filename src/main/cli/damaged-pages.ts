/** PDFs with damaged pages on the command line: read without these only if that is asked for. */
import { problemSentence } from '../../shared/problem-words.ts';
import type { Batches } from '../batch/batches.ts';
import type { BatchCommand } from './arguments.ts';
import type { Progress } from './output.ts';

/** After a batch has run: reads what failed for damaged pages without these, or tells that it could be. */
export async function readDamaged(
  batches: Pick<Batches, 'damagedInPart' | 'readWithoutPages' | 'settled'>,
  batchId: string,
  { withoutDamagedPages }: Pick<BatchCommand, 'withoutDamagedPages'>,
  progress: Pick<Progress, 'write'>,
): Promise<void> {
  const damaged = await batches.damagedInPart(batchId);
  if (damaged.length === 0) return;
  const files = damaged.length === 1 ? '1 PDF has' : `${damaged.length} PDFs have`;
  if (!withoutDamagedPages) {
    progress.write(
      `${files} damaged pages and failed. To read the other pages, run the same command with --retry-failed --without-damaged-pages.\n`,
    );
    return;
  }
  progress.write(`${files} damaged pages: reading the other pages.\n`);
  const started = await batches.readWithoutPages(batchId, damaged);
  if (!started.ok) {
    progress.write(`${problemSentence(started.error, 'terminal')}\n`);
    return;
  }
  await batches.settled(batchId);
}
