/** Holds a data folder until it is killed. */
import { openStore } from '../../src/main/store/store.ts';

await openStore(process.argv[2] ?? '', new URL('../../src/main/store/store-worker.ts', import.meta.url));
process.send?.('open');
