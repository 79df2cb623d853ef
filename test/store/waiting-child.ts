/**
 * Works until it is killed: two calls hang at the server, others are recorded and wait for a slot. Prints its data
 * folder once every call that may be recorded is.
 */
import { createLimiter } from '../../src/main/llm/limiter.ts';
import { chatCall, openWorkbench } from '../llm/workbench.ts';

const bench = await openWorkbench();
await bench.connect(process.argv[2] ?? '');
const lanes = createLimiter(2).lanes();
const open = bench.openReader().prepare<[], number>("SELECT count(*) FROM calls WHERE status = 'open'").pluck();

for (let n = 1; n <= 10; n += 1) void bench.complete(chatCall(`Question ${n}`), { lanes });
while (open.get() !== 6) await new Promise((resolve) => setImmediate(resolve));
process.send?.({ dataDir: bench.dataDir });
