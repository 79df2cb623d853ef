/** Reasoning of a model: kept beside its reply, never in it. */
import { describe, expect, it } from 'vitest';
import { bytes, type Reply, rateLimited } from '../support/model-server-replies.ts';
import { docketAt, server, tempFolder } from '../support/workspace.ts';
import { ask, done, messagesOf, send, turnsOf } from './conversation.ts';

type Docket = Awaited<ReturnType<typeof docketAt>>;

function delta(of: object, finishReason: string | null = null): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta: of, finish_reason: finishReason }] })}\n\n`;
}

function streamOf(...deltas: readonly object[]): Reply {
  return bytes([...deltas.map((of) => delta(of)), delta({}, 'stop')], { everyMs: 40 });
}

/** Joins the events of a reply into its two texts, as a window does. */
function shown(docket: Docket, replyId: string) {
  let [reasoning, content] = ['', ''];
  for (const event of docket.payloads('chat.delta').filter(({ messageId }) => messageId === replyId)) {
    if (event.anew) [reasoning, content] = ['', ''];
    expect([event.reasoningAt, event.at]).toEqual([reasoning.length, content.length]);
    reasoning += event.reasoning;
    content += event.text;
  }
  return { reasoning, content };
}

describe('reasoning', () => {
  it.each([
    ['in a field of its own', streamOf({ reasoning_content: 'Let me see.' }, { content: 'Fine.' })],
    ['in the content', streamOf({ content: '<think>Let me' }, { content: ' see.</thi' }, { content: 'nk>Fine.' })],
    ['before a lone closing mark', streamOf({ content: 'Let me see.' }, { content: '</think>' }, { content: 'Fine.' })],
  ])('is kept beside the reply, survives a restart and is not sent again, %s', async (_where, reply) => {
    const model = await server();
    const dataDir = await tempFolder();
    const docket = await docketAt({ dataDir, baseUrl: model.url });
    model.respond([reply]);

    const asked = await ask(docket, 'How is it?');

    expect(asked.reply).toMatchObject({ status: 'done', content: 'Fine.', reasoning: 'Let me see.' });
    expect(asked.reply.reasoningMs).toBeGreaterThan(0);
    expect(shown(docket, asked.replyId)).toEqual({ reasoning: 'Let me see.', content: 'Fine.' });
    const { conversationId, replyId: parentId } = asked;
    await ask(docket, 'And now?', { conversationId, parentId });
    expect(turnsOf(model.chatRequests.at(-1))).toEqual(['user: How is it?', 'assistant: Fine.', 'user: And now?']);
    expect(model.chatRequests.at(-1)?.rawBody).not.toContain('Let me see');
    await docket.close();
    const again = await docketAt({ dataDir, baseUrl: model.url });
    expect(await messagesOf(again, conversationId)).toContainEqual(asked.reply);
  });

  it('arrives while the model reasons, and is kept in part after a stop', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(bytes([delta({ reasoning: 'Let me see.' })], { ending: 'hang' }));
    const asked = await send(docket, 'How is it?');
    await docket.waitFor('chat.delta', ({ reasoning }) => reasoning === 'Let me see.');
    docket.chat.stop(asked.replyId);
    expect(await done(docket, asked)).toMatchObject({ status: 'stopped', content: '', reasoning: 'Let me see.' });
  });

  it('that is all of a reply is kept, and the reply says so', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(streamOf({ content: '<think>Let me see.' }));
    const { reply } = await ask(docket, 'How is it?');
    expect(reply).toMatchObject({
      status: 'failed',
      content: '',
      reasoning: 'Let me see.',
      problem: { code: 'bad_response', params: { reason: 'only_reasoning' } },
    });
  });

  it('of a failed attempt is not mixed into that of the next', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    const broken = bytes([delta({ reasoning: 'A first thought.' })], { ending: 'cut' });
    model.respond([
      broken,
      rateLimited({ retryAfterSeconds: 0 }),
      streamOf({ reasoning: 'Hm.' }, { content: 'Fine.' }),
    ]);
    const { reply, replyId } = await ask(docket, 'How is it?');
    expect(reply).toMatchObject({ content: 'Fine.', reasoning: 'Hm.', attempts: 3 });
    expect(shown(docket, replyId)).toEqual({ reasoning: 'Hm.', content: 'Fine.' });
  });

  it('that arrives in one piece with the answer has no duration', async () => {
    const model = await server();
    const docket = await docketAt({ baseUrl: model.url });
    model.respond(bytes([`${delta({ reasoning: 'Hm.' })}${delta({ content: 'Fine.' }, 'stop')}`]));
    expect((await ask(docket, 'How is it?')).reply).toMatchObject({ reasoning: 'Hm.', reasoningMs: null });
  });
});
