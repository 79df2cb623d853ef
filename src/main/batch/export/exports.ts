import type { Batch, ExportProgress } from '../../../shared/batch-data.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { notWritten, writeExportFile } from '../../common/export-file.ts';
import { type ExportParts, exportBatch } from './export-batch.ts';
import { type ExportChoice, filesIn } from './export-format.ts';

/** A window hears of an export at most this often. */
const TELL_EVERY_MS = 100;

/** Exports that are being written. A large batch takes a while, so each can be followed and stopped. */
export interface Exports {
  /** Null when it was stopped: then there is no file, or the one that was there before. */
  write(batch: Batch, choice: ExportChoice, file: string): Promise<Result<string | null, Problem>>;
  stop(batchId: string): void;
  /** Where the last export of a batch was written since the start. */
  lastFile(batchId: string): string | null;
  /** Stops all of them and waits until nothing half-written is left. */
  close(): Promise<void>;
}

interface ExportsParts extends ExportParts {
  readonly tell: (progress: ExportProgress) => void;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
}

export function createExports({ tell, now, ...parts }: ExportsParts): Exports {
  const running = new Map<string, { readonly stop: AbortController; readonly ended: Promise<unknown> }>();

  const written = new Map<string, string>();

  async function run(batch: Batch, choice: ExportChoice, file: string, signal: AbortSignal) {
    const total = filesIn(batch, choice);
    let toldAt = now();
    const follow = (written: number) => {
      if (now() - toldAt < TELL_EVERY_MS) return;
      toldAt = now();
      tell({ batchId: batch.id, written, total });
    };
    try {
      await writeExportFile(file, exportBatch(parts, batch, choice, follow), signal);
      written.set(batch.id, file);
      return ok(file);
    } catch (error) {
      return signal.aborted ? ok(null) : err(notWritten(file, error));
    }
  }

  return {
    write: async (batch, choice, file) => {
      if (running.has(batch.id)) {
        return err(problem('not_allowed', { what: 'exporting' }));
      }
      const stop = new AbortController();
      const ended = run(batch, choice, file, stop.signal).finally(() => running.delete(batch.id));
      running.set(batch.id, { stop, ended });
      return ended;
    },
    stop: (batchId) => running.get(batchId)?.stop.abort(),
    lastFile: (batchId) => written.get(batchId) ?? null,
    close: async () => {
      const all = [...running.values()];
      for (const { stop } of all) stop.abort();
      await Promise.all(all.map(({ ended }) => ended));
    },
  };
}
