import type { Reads } from '../../src/main/store/operations.ts';
import type { ItemRow, ItemStatus } from '../../src/shared/batch-data.ts';
import { wholeTable } from '../../src/shared/item-view.ts';

interface ItemsQuery {
  readonly batchId: string;
  readonly status?: ItemStatus | undefined;
  readonly noted?: boolean;
  readonly offset: number;
  readonly limit: number;
}

/** Some rows of a batch's table, in the order of the files. */
export async function pageOfItems(
  read: Pick<Reads, 'viewOfItems' | 'rowsOfItems'>,
  { batchId, status, noted, offset, limit }: ItemsQuery,
): Promise<readonly ItemRow[]> {
  const filters = status === undefined ? [] : [{ column: 'status', values: [status] } as const];
  const ids = await read.viewOfItems({ ...wholeTable, batchId, only: noted ? 'noted' : 'all', filters, locale: 'en' });
  return read.rowsOfItems([...ids.slice(offset, offset + limit)]);
}
