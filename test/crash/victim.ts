/**
 * A process that works until it is killed: `node victim.ts DATA_DIR BASE_URL FOLDER`. It makes the batch of the folder,
 * or goes on with it, and chats beside it. What Docket has confirmed it tells its parent.
 */
import { randomUUID } from 'node:crypto';
import { must, openDocket, type TestDocket } from '../support/docket.ts';

/** A question that Docket reported as stored. */
export interface VictimMessage {
  readonly messageId: string;
}

const [dataDir = '', baseUrl = '', folder = ''] = process.argv.slice(2);
process.once('disconnect', () => process.exit(0));

const docket = await openDocket({ dataDir, baseUrl });
await Promise.all([workOnBatch(docket), chatForEver(docket)]);

function tell(message: VictimMessage): void {
  process.send?.(message);
}

async function workOnBatch({ batches }: TestDocket): Promise<void> {
  const [batch] = await batches.list();
  must(batch === undefined ? await batches.create([folder]) : await batches.start(batch.id));
}

async function chatForEver({ chat, waitFor }: TestDocket): Promise<void> {
  const conversationId = randomUUID();
  let parentId: string | null = null;
  for (let turn = 1; ; turn += 1) {
    const [messageId, replyId]: string[] = [randomUUID(), randomUUID()];
    if (messageId === undefined || replyId === undefined) return;
    must(
      await chat.send({ conversationId, messageId, replyId, parentId, content: `Question ${turn} of ${messageId}` }),
    );
    tell({ messageId });
    await waitFor('chat.done', ({ message }) => message.id === replyId);
    parentId = replyId;
  }
}
