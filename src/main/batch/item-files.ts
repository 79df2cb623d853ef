import { hasPagePictures } from '../../shared/page-picture.ts';
import { problem } from '../../shared/problem.ts';
import { err, ok } from '../../shared/result.ts';
import type { FileKeeper } from '../pages/kept-files.ts';
import { pageSource } from '../pages/page-source.ts';
import type { Reads } from '../store/operations.ts';
import { createReadArea } from './read-area.ts';

/** The files of batches, by their ids. */
export function createItemFiles(
  read: Pick<Reads, 'readBatch' | 'readItemDetail' | 'readItemText'>,
): FileKeeper<number> {
  return {
    text: async (itemId) => {
      const stored = await read.readItemText(itemId);
      return ok(stored === null ? null : { ...stored, noPages: null });
    },
    source: async (itemId) => {
      const item = await read.readItemDetail(itemId);
      const setup = item === null ? null : await read.readBatch(item.row.batchId);
      if (item === null || setup === null) return err(problem('invalid_input', { what: 'item_gone' }));
      const { path, inside, sha256, format } = item;
      if (sha256 === null || format === null || !hasPagePictures(format)) {
        return err(problem('page_not_drawn', { why: 'not_drawn' }));
      }
      const roots = createReadArea(setup.paths)(path);
      return ok(pageSource({ path, inside, roots }, { sha256, format }));
    },
    explain: (why) => why,
  };
}
