import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReplyJson } from '../../src/main/recipes/reply-json.ts';

const wanted = [
  { key: 'end', also: ['When does it end?'] },
  { key: 'law', also: ['Which law applies?'] },
];
const read = (text: string) => readReplyJson(text, wanted);
const values = (text: string) => {
  const found = read(text);
  return found === null ? null : Object.fromEntries(found.values);
};

const both = { end: '2026-03-31', law: null };
const json = JSON.stringify(both);

describe('the JSON in a reply', () => {
  it.each([
    ['alone', json],
    ['with white space and a byte order mark', `\uFEFF\n  ${json}\n\n`],
    ['in a fence', `\`\`\`json\n${json}\n\`\`\``],
    ['in a fence without a name', `\`\`\`\n${json}\n\`\`\``],
    ['in a fence between sentences', `Here is the JSON {as asked}:\n\n\`\`\`json\n${json}\n\`\`\`\nLet me know!`],
    ['between sentences', `Sure! ${json} I hope this helps.`],
    ['after braces that are none of it', `For {document} I found {nothing else}: ${json}`],
    ['after an apostrophe and a quotation mark', `Here's what the "contract says: ${json}`],
    ['after a draft', `{"end": "2025-01-01", "law": "French"}\n\nOn second thought:\n${json}`],
    ['after part of it', `{"end": "2025-01-01"} ${json}`],
    ['before an example', `${json}\n\nThe form was {"key": "value"}.`],
    ['in a wrapper', `{"answers": ${json}}`],
    ['in two wrappers', `{"document": "a.pdf", "result": {"answers": [${json}]}}`],
    ['in a list', `[${json}]`],
    ['as a list of one object each', '[{"end": "2026-03-31"}, {"law": null}]'],
    ['as one object after another', '{"end": "2026-03-31"}\n{"law": null}'],
    ['as a string of JSON', JSON.stringify(json)],
    ['with the questions as keys', '{"When does it end?": "2026-03-31", "which law applies": null}'],
    ['with keys spelled otherwise', '{"End": "2026-03-31", "LAW": null}'],
    ['with keys of its own', '{"reasoning": "Section 4.", "end": "2026-03-31", "law": null}'],
  ])('is found %s', (_where, text) => {
    expect(values(text)).toEqual(both);
    expect(read(text)).toMatchObject({ isCut: false, isMended: false });
  });

  it('is found by the id in a list of answers', () => {
    const text =
      '{"answers": [{"id": "end", "answer": "2026-03-31"}, {"question": "Which law applies?", "answer": null}]}';
    expect(values(text)).toEqual({
      end: { id: 'end', answer: '2026-03-31' },
      law: { question: 'Which law applies?', answer: null },
    });
  });

  it.each([
    ['a comma too many', '{"end": "2026-03-31", "law": null,}'],
    ['a comma too few', '{"end": "2026-03-31"\n"law": null}'],
    ['single quotation marks', "{'end': '2026-03-31', 'law': null}"],
    ['curly quotation marks', '{“end”: “2026-03-31”, “law”: null}'],
    ['bare keys', '{end: "2026-03-31", law: null}'],
    ['a comment', '{"end": "2026-03-31", // section 4\n "law": null}'],
    ["Python's null", '{"end": "2026-03-31", "law": None}'],
    ['one brace too many', '{"end": "2026-03-31", "law": null,}}'],
    ['sentences around it', 'Here you are: {"end": "2026-03-31", "law": null,} Good luck!'],
    ['a fence', '```json\n{"end": "2026-03-31", "law": null,}\n```'],
    ['a wrapper', '{"answers": {"end": "2026-03-31", "law": null,},}'],
  ])('is mended if it has %s, which is told', (_what, text) => {
    expect(values(text)).toEqual(both);
    expect(read(text)).toMatchObject({ isCut: false, isMended: true });
  });

  it('is mended where a text has quotation marks or line breaks in it', () => {
    expect(values('{"end": "by "mutual" consent", "law": "a\nb"}')).toEqual({
      end: 'by "mutual" consent',
      law: 'a\nb',
    });
  });

  it.each([
    ['{"end": ["see [2"], "law": ["Fr', ['see [2']],
    ['{"end": {"quotes": ["1) [a"], "answer": null}, "law": {"answer": "Fr', { quotes: ['1) [a'], answer: null }],
    ['{"end": ["a\\\\"], "law": "Fr\\u00', ['a\\']],
  ])('that breaks off has what is before that as it stands: %j', (text, end) => {
    expect(values(text)).toMatchObject({ end });
  });

  it('has no value where none stands, rather than null', () => {
    expect(values('{"end": , "law": "French"}')).toEqual({ law: 'French' });
    expect(values('{"end": , "law": null}')).toEqual({});
  });

  it.each([
    ['{"end": "2026-03-31", "law": "Fren', 'law'],
    ['```json\n{"end": "2026-03-31", "law": {"quotes": ["governed by', 'law'],
    ['{"answers": {"end": "2026-03-31", "law": "French"', 'law'],
    ['Sure: {"end": "2026-0', 'end'],
    ['{"end": "2026-03-31", "la', 'end'],
    ['[{"end": "2026-03-31"}, {"law": "Fr', 'law'],
  ])('that breaks off is told as cut, and where: %j', (text, last) => {
    expect(read(text)).toMatchObject({ isCut: true, last });
  });

  it.each([
    ['', ''],
    ['prose', 'The contract ends on 31 March 2026.'],
    ['another object', '{"name": "Acme"}'],
    ['a list of numbers', '[1, 2, 3]'],
    ['prose with braces', 'Use {x} and {y: 1}.'],
    ['null', 'null'],
  ])('is not found in %s', (_what, text) => {
    expect(read(text)).toBeNull();
  });

  it('with one key twice is told, as only the last one counts', () => {
    expect(read('{"end": "2025", "law": null, "end": "2026"}')).toMatchObject({ repeated: ['end'] });
    expect(read('{"end": "2026", "law": {"end": "2025"}}')).toMatchObject({ repeated: [] });
  });

  it('cannot reach what every object inherits', () => {
    expect(values('{"__proto__": {"end": "x"}, "law": "French"}')).toEqual({ law: 'French' });
    expect(Object.prototype).not.toHaveProperty('end');
    expect(readReplyJson('{"constructor": 1}', [{ key: 'constructor', also: [] }])?.values.get('constructor')).toBe(1);
    expect(readReplyJson('{"a": 1}', [{ key: 'toString', also: [] }])).toBeNull();
  });
});

describe('whatever an answer is', () => {
  const answer = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.array(fc.string()),
  );
  const around = fc.constantFrom<readonly [string, string]>(
    ['', ''],
    ['Sure: ', ' Done.'],
    ['```json\n', '\n```'],
    ['{"answers": ', '}'],
    ['(', ')'],
  );

  it('it is read as it was written', () => {
    fc.assert(
      fc.property(answer, answer, around, fc.constantFrom(undefined, 2), (end, law, [before, after], indent) => {
        const said = JSON.stringify({ end, law }, null, indent);
        expect(values(`${before}${said}${after}`)).toEqual(JSON.parse(said));
      }),
      { numRuns: 500 },
    );
  });

  it('a reply that is cut anywhere is never told as whole, and never has a wrong value before the cut', () => {
    fc.assert(
      fc.property(answer, answer, fc.nat(), (end, law, at) => {
        const said = JSON.stringify({ end, law });
        const cut = said.slice(0, 1 + (at % (said.length - 1)));
        const found = read(cut);
        if (found === null) return;
        expect(found.isCut).toBe(true);
        for (const [key, value] of found.values) {
          if (key !== found.last) expect(value).toEqual(JSON.parse(said)[key]);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('no text makes it throw', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      ':',
      ',',
      '\\',
      'end',
      'law',
      '```',
      'null',
      ' ',
      '\n',
      '//',
      '/*',
      '1',
      '“',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => void read(pieces.join(''))),
      { numRuns: 2_000 },
    );
  });
});

describe('a hostile reply', () => {
  it.each([
    ['braces', '{'],
    ['nested keys', '{"end":'],
    ['lists', '['],
    ['objects in lists', '[{"end":"'],
    ['quotation marks', '"'],
    ['keys and quotation marks', '{"end": "x "y" '],
    ['cut words', "{'end': 'it's, "],
    ['fences', '```json\n'],
    ['pairs', '{"a":1} '],
    ['braces that close', '{}'],
    ['backslashes', '{"end": "\\\\'],
    ['white space', ' '],
  ])('of many %s is read quickly', (_what, piece) => {
    const before = process.cpuUsage().user;
    for (const characters of [20_000, 90_000, 400_000]) read(piece.repeat(characters / piece.length));
    expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(1_500);
  });
});
