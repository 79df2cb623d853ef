/** Works until it is killed: a hanging call, a streaming reply and a running batch. Prints its data folder. */
import { chatCall, openWorkbench } from '../llm/workbench.ts';
import { message, newBatch } from './records.ts';

const url = process.argv[2] ?? '';
const bench = await openWorkbench();
await bench.connect(url);
const { write } = bench.store;

const reply = message('m2', { role: 'assistant', parentId: 'm1', status: 'streaming', content: '' });
await write.appendMessages({ id: 'c1', title: 'A talk' }, [message('m1'), reply], 1);
await write.checkpointReply('m2', { content: 'What had arrived', reasoning: 'What was thought' });
await write.insertBatch(newBatch('b1'));
const item = { bytes: 1, modifiedAt: 1, problem: null };
await write.addItems(
  'b1',
  [1, 2, 3].map((n) => ({ ...item, path: `/reports/${n}`, name: `${n}` })),
);
await write.changeBatch('b1', { status: 'running', at: 2 });
await write.claimItems('b1', 2);
await bench.complete(chatCall('An earlier question'));
await bench.audit.drain();

void bench.complete(chatCall('Will this "arrive"?\nAnd this?'));
process.send?.({ dataDir: bench.dataDir });
