import { describe, expect, it } from 'vitest';
import { createBlockSplitter } from '../../../src/renderer/src/chat/markdown/blocks.ts';

const split = (text: string) => createBlockSplitter()(text);

const samples = {
  prose: '# Title\n\nOne *two* three\nfour.\n\n> quoted\n> more\n\n---\n\nLast [link](https://example.com).',
  lists:
    'Before\n\n1. one\n2. two\n   - nested\n   - more\n\n     a paragraph in it\n3. three\n\n- other\n- [ ] task\n\nAfter\n\n* star\n- dash',
  code: 'Text\n\n```ts\nconst a = 1;\n\n\nconst b = 2;\n```\n\n    indented\n\n- item\n\n  ```py\n  x = 1\n  ```\n\n```\nopen to the end\n',
  tables:
    '| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nHeading\n=======\n\ntext\n***\n<div>raw</div>\n\n<b>inline</b> raw',
  definitions: 'See [the law][1] and [two].\n\n[1]: https://example.com/1\n[two]: https://example.com/2 "Two"\n\nEnd',
};

describe('blocks', () => {
  it('splits a text into its top-level parts', () => {
    expect(split(samples.tables).blocks.map(({ kind }) => kind)).toEqual([
      'table',
      'heading',
      'markdown',
      'markdown',
      'markdown',
      'markdown',
    ]);
  });

  it('extracts code and language from a fence, closed or not', () => {
    const { blocks } = split('```TS title="x"\nlet a;\n```\n\n```\nopen');
    expect(blocks).toEqual([
      { kind: 'code', info: 'TS title="x"', text: 'let a;' },
      { kind: 'code', info: '', text: 'open' },
    ]);
  });

  it('splits a list into items and keeps its first number', () => {
    expect(split('7. seven\n8. eight\n\n   still eight\n').blocks).toEqual([
      { kind: 'list', start: 7, items: ['7. seven\n', '8. eight\n\n   still eight\n'], more: false },
    ]);
  });

  it('keeps lists of different marks apart', () => {
    expect(split('* star\n- dash').blocks.map((block) => block.kind === 'list' && block.items)).toEqual([
      ['* star\n'],
      ['- dash'],
    ]);
  });

  it('gives link definitions to all blocks', () => {
    const { blocks, definitions } = split(samples.definitions);
    expect(blocks).toHaveLength(2);
    expect(definitions).toBe('[1]: https://example.com/1\n[two]: https://example.com/2 "Two"');
  });

  it('extracts footnotes and leaves everything else unchanged', () => {
    const body = '# Title\n\nOne[^a].\n\n```\n[^x]: no note\n```\n\nTwo[^b].\n\n';
    const { blocks, footnotes, notes } = split(
      `${body}[^a]: The note,\nwhich goes on\n\n    in two parts.\n[^b]: Other.`,
    );
    expect(blocks).toEqual(split(body).blocks);
    expect(footnotes).toEqual([
      { label: 'a', text: 'The note,\nwhich goes on\n\nin two parts.' },
      { label: 'b', text: 'Other.' },
    ]);
    expect([...notes]).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it('parses a text again if it has changed before its end', () => {
    const splitter = createBlockSplitter();
    splitter('one\n\ntwo\n\nthree\n\nfour');
    expect(splitter('other\n\ntwo')).toEqual(split('other\n\ntwo'));
  });

  const joined = Object.values(samples).join('\n\n');
  for (const [name, text] of Object.entries({ ...samples, joined, windows: joined.replaceAll('\n', '\r\n') })) {
    it(`gives the same result whatever pieces the text arrives in: ${name}`, () => {
      for (const step of [1, 3, 7, 40]) {
        const splitter = createBlockSplitter();
        for (let end = step; end < text.length; end += step) splitter(text.slice(0, end));
        expect(splitter(text), `pieces of ${step}`).toEqual(split(text));
      }
    });
  }

  it('parses only the end again', () => {
    const splitter = createBlockSplitter();
    const before = splitter(`${'paragraph\n\n'.repeat(100)}`).blocks;
    const after = splitter(`${'paragraph\n\n'.repeat(100)}more`).blocks;
    expect(after.slice(0, 98).every((block, place) => block === before[place])).toBe(true);
  });
});
