import { describe, expect, it } from 'vitest';
import { createEventReader, type StreamEvent } from '../../src/main/llm/event-stream.ts';

/** The values of a stream in order; the text of events that are not JSON. */
function valuesOf(...parts: readonly (string | Uint8Array)[]): readonly unknown[] {
  const events: StreamEvent[] = [];
  const reader = createEventReader((event) => events.push(event));
  for (const part of parts) reader.read(typeof part === 'string' ? Buffer.from(part) : part);
  reader.end();
  return events.map((event) => {
    if (event.kind === 'json') return event.value;
    return event.kind === 'done' ? 'DONE' : `${event.broken ? 'broken' : 'words'}: ${event.text}`;
  });
}

const [one, two] = [{ n: 1, text: 'Zürich – “drei”\n\ndata: [DONE]' }, { n: 2 }];
const stream = `data: ${JSON.stringify(one)}\n\ndata: ${JSON.stringify(two)}\n\ndata: [DONE]\n\n`;

describe('a stream of events', () => {
  it('gives the same events wherever it is split, even inside a character', () => {
    const bytes = Buffer.from(stream);
    for (let at = 0; at <= bytes.length; at += 1) {
      expect(valuesOf(bytes.subarray(0, at), bytes.subarray(at))).toEqual([one, two, 'DONE']);
    }
    expect(valuesOf(...[...bytes].map((byte) => Uint8Array.of(byte)))).toEqual([one, two, 'DONE']);
  });

  it.each([
    ['CR and LF', stream.replaceAll('\n', '\r\n')],
    ['CR alone', stream.replaceAll('\n', '\r')],
    ['a mix of them', stream.replaceAll('\n\n', '\r\n\n')],
  ])('may end its lines with %s', (_which, text) => {
    expect(valuesOf(text)).toEqual([one, two, 'DONE']);
    expect(valuesOf(...text)).toEqual([one, two, 'DONE']);
  });

  const around = (what: string) => `data: {"n":1}\n\n${what}data: {"n":2}\n\n`;
  it.each([
    ['data without a value', around('data:\n\n')],
    ['data that is a blank', around('data: \n\n')],
    ['only the name of an event', around('event: ping\n\n')],
    ['a comment', around(': OPENROUTER PROCESSING\n\n')],
    ['a comment without a blank line', around(': ping\n')],
    ['a time to reconnect', around('retry: 3000\n\n')],
    ['a time to reconnect that is none', around('retry: soon\n\n')],
    ['an id', around('id: 7\n\n')],
    ['blank lines', around('\n\n\n')],
  ])('is not affected by %s', (_what, text) => {
    expect(valuesOf(text)).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it.each([
    ['begins with a byte order mark', '\uFEFFdata: {"n":1}\n\n', [{ n: 1 }]],
    ['has no blank behind the colon', 'data:{"n":1}\n\n', [{ n: 1 }]],
    ['has no blank line at its end', 'data: {"n":1}', [{ n: 1 }]],
    ['has the id of each event before it', 'id: 1\nevent: message\ndata: {"n":1}\n\n', [{ n: 1 }]],
    ['cuts JSON over lines', 'data: {"n":\ndata: 1}\n\n', [{ n: 1 }]],
    ['cuts JSON within a word', 'data: {"text":"on\ndata: e"}\n\n', [{ text: 'one' }]],
    [
      'has no blank line between events',
      'data: {"n":1}\ndata: {"n":2}\ndata: [DONE]\n\n',
      [{ n: 1 }, { n: 2 }, 'DONE'],
    ],
    [
      'breaks one event off with another, which a gateway wrote into it',
      'data: {"n":1,"tex\ndata: {"error":{"message":"read error"}}\n\n',
      ['broken: {"n":1,"tex', { error: { message: 'read error' } }],
    ],
    ['has the field twice', 'data: data: {"n":1}\n\ndata: data: [DONE]\n\n', [{ n: 1 }, 'DONE']],
    ['has JSON without a field', '{"n":1}\n{"n":2}\n', [{ n: 1 }, { n: 2 }]],
    ['says its end with a blank behind it', 'data: [DONE] \n\n', ['DONE']],
    ['says its end as JSON', 'data: "[DONE]"\n\n', ['DONE']],
    ['says its end in small letters', 'data: [done]\n\n', ['DONE']],
    ['says its end without a line end', 'data: [DONE]', ['DONE']],
    ['has values that are no objects', 'data: null\n\ndata: 7\n\ndata: ""\n\n', [null, null, null]],
    ['names an error', 'event: error\ndata: {"message":"overloaded"}\n\n', [{ error: { message: 'overloaded' } }]],
    ['names an error in words', 'event: error\ndata: Internal error\n\n', [{ error: 'Internal error' }]],
    [
      'has an error as a field',
      'error: {"code":500,"message":"slot"}\n\n',
      [{ error: { code: 500, message: 'slot' } }],
    ],
    ['has words for data', 'data: keep-alive\n\ndata: {"n":1}\n\n', ['words: keep-alive', { n: 1 }]],
    ['turns into a page', '<html>\n<body>502</body>\n', ['words: <html>', 'words: <body>502</body>']],
    ['is cut within JSON', 'data: {"n":1}\n\ndata: {"n":', [{ n: 1 }, 'broken: {"n":']],
    ['is empty', '', []],
  ])('that %s is read', (_what, text, expected) => {
    expect(valuesOf(text)).toEqual(expected);
    expect(valuesOf(...text)).toEqual(expected);
  });

  it('takes linear time for one endless line, endless lines or endless data', () => {
    const long = 'x'.repeat(4 * 1024);
    for (const part of [long, 'y\n'.repeat(2_048), 'data: y\n'.repeat(512), '\r\r\n'.repeat(1_365)]) {
      let seen = 0;
      const reader = createEventReader(() => (seen += 1));
      const before = process.cpuUsage().user;
      for (let n = 0; n < 1_000; n += 1) reader.read(Buffer.from(part));
      reader.end();
      expect((process.cpuUsage().user - before) / 1_000, `${part.slice(0, 10)}: ${seen}`).toBeLessThan(4_000);
    }
  });
});
