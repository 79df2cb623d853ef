import type { Batch, ExportFormat } from '../../../shared/batch-data.ts';
import type { Reads } from '../../store/operations.ts';
import { writeCsv } from './csv.ts';
import type { ExportChoice, Pages, WriteFormat } from './export-format.ts';
import { writeJson } from './json.ts';
import { writeMarkdown } from './markdown.ts';

const PAGE = 200;

const formats: Readonly<Record<ExportFormat, WriteFormat>> = { csv: writeCsv, json: writeJson, md: writeMarkdown };

/** A batch's results, piece by piece: an export of any size takes little memory. Tells how many files are in it. */
export function exportBatch(
  read: Pick<Reads, 'pageOfDetails'>,
  batch: Batch,
  choice: ExportChoice,
  tell: (written: number) => void = () => {},
): AsyncIterable<string> {
  return formats[choice.format](batch, choice, pagesOf(read, batch, choice, tell));
}

async function* pagesOf(
  read: Pick<Reads, 'pageOfDetails'>,
  { id }: Batch,
  { only }: ExportChoice,
  tell: (written: number) => void,
): Pages {
  let written = 0;
  for (let from = 0; ; ) {
    const page = await read.pageOfDetails({ batchId: id, only, from, limit: PAGE });
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    written += page.length;
    from = last.row.position + 1;
    tell(written);
  }
}
