/**
 * Writes a long conversation as one that was had: `node test/support/write-conversation.ts DATA_DIR TURNS WORDS`, with
 * the words of some turns' replies as JSON, `[[turn, "words"], …]`. A program, so that the tests of the window need not
 * know the store.
 */
import { randomUUID } from 'node:crypto';
import { openStore } from '../../src/main/store/store.ts';
import { newQuestion, newReply } from '../../src/shared/new-message.ts';

const [dataDir = '', turns = '0', words = '[]'] = process.argv.slice(2);
const wordsOfTurn = new Map(JSON.parse(words) as readonly (readonly [number, string])[]);
const store = await openStore(dataDir, new URL('../../src/main/store/store-worker.ts', import.meta.url));
const conversationId = randomUUID();
let parentId: string | null = null;
for (let turn = 1; turn <= Number(turns); turn += 1) {
  const [asked, answered] = [randomUUID(), randomUUID()];
  const question = newQuestion({ id: asked, conversationId, parentId, createdAt: turn }, `Question number ${turn}?`);
  const reply = newReply({ id: answered, conversationId, parentId: asked, createdAt: turn });
  await store.write.appendMessages({ id: conversationId, title: 'A long conversation' }, [question, reply], turn);
  const content = `Reply number ${turn}.\n\n- a **point** of ${turn}\n- another\n\n${wordsOfTurn.get(turn) ?? ''}`;
  await store.write.finishReply({ ...reply, content, status: 'done' });
  parentId = answered;
}
await store.close();
