import { describe, expect, it } from 'vitest';
import { must } from '../support/docket.ts';
import { text } from '../support/model-server-replies.ts';
import { docketAt, server } from '../support/workspace.ts';
import { ask } from './conversation.ts';

async function talked(pairs: readonly (readonly [question: string, reply: string])[]) {
  const model = await server();
  const docket = await docketAt({ baseUrl: model.url });
  const asked = [];
  for (const [question, reply] of pairs) {
    model.respond(text(reply));
    asked.push(await ask(docket, question));
  }
  await docket.audit.drain();
  const find = async (words: string, limit = 20) => docket.store.read.findMessages(words, limit);
  return { docket, asked, find };
}

describe('finding messages', () => {
  it('leads to the reply or question containing the words, with the text around them', async () => {
    const long = `${'Before that nothing. '.repeat(20)}The kingfisher is blue. ${'After that nothing. '.repeat(20)}`;
    const { asked, find } = await talked([
      ['Name a bird', long],
      ['Do larches lose their needles?', 'Yes.'],
    ]);
    const [bird, tree] = asked;
    expect(await find('kingfisher')).toEqual([
      {
        conversationId: bird?.conversationId,
        title: 'Name a bird',
        messageId: bird?.replyId,
        excerpt: expect.stringMatching(/^….{0,40}The kingfisher is blue\. .{0,80}…$/),
      },
    ]);
    expect(await find('larches')).toMatchObject([
      { messageId: tree?.messageId, excerpt: 'Do larches lose their needles?' },
    ]);
    expect(await find('penguin')).toEqual([]);
    expect(await find('  ')).toEqual([]);
  });

  it('names each conversation once, the newest first, and none that was removed', async () => {
    const { docket, asked, find } = await talked([
      ['The word is quince', 'Quince.'],
      ['Again the quince', 'Quince, again.'],
    ]);
    const ids = async (limit?: number) => (await find('quince', limit)).map(({ conversationId }) => conversationId);
    expect(await ids()).toEqual([asked[1]?.conversationId, asked[0]?.conversationId]);
    expect(await ids(1)).toEqual([asked[1]?.conversationId]);
    must(await docket.chat.remove(asked[1]?.conversationId ?? ''));
    expect(await ids()).toEqual([asked[0]?.conversationId]);
  });

  it.each([
    ['한글', '\u1112\u1161\u11ab\u1100\u1173\u11af is decomposed'],
    ['كتب', 'كَتَبَ'],
    ['Gesamtkonzept', 'Ge\u00adsamt\u00adkonzept'],
    ['详见', '地址是，详见说明'],
    ['CAFE', 'the café on the corner'],
  ])('finds %s however it is written', async (typed, written) => {
    const { find } = await talked([['Tell me', written]]);
    expect((await find(typed)).map(({ excerpt }) => excerpt)).toEqual([written]);
  });

  it('treats query operators as text', async () => {
    const { find } = await talked([['Tell me', 'Nothing "much" OR more']]);
    for (const typed of ['"much"', 'much*', 'OR', 'more AND', '"', "'); --"])
      expect(Array.isArray(await find(typed))).toBe(true);
    expect(await find('"much"')).toHaveLength(1);
  });
});
