/** Updates a store one row at a time, reporting each, until it is killed: `node update-child.ts FILE`. */
import { openForWriting } from '../../src/main/store/open-database.ts';
import { steps } from './slow-update.ts';

openForWriting(process.argv[2] ?? '', { steps, tell: (update) => process.send?.(update) });
