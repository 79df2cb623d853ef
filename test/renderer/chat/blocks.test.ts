import { describe, expect, it } from 'vitest';
import { createBlockSplitter } from '../../../src/renderer/src/chat/markdown/blocks.ts';
import { sourceOf } from '../../../src/renderer/src/chat/markdown/sections.ts';

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

  it('goes on with a list that is longer than what is read at once', () => {
    const text = Array.from({ length: 600 }, (_, place) => `1. item ${place} of many\n`).join('');
    const lists = split(text).blocks.map((block) => (block.kind === 'list' ? block : null));
    expect(lists.map((list) => list?.start)).toEqual(Array.from({ length: 25 }, (_, list) => 1 + 24 * list));
    expect(lists.map((list) => list?.more)).toEqual([false, ...Array.from({ length: 24 }, () => true)]);
  });

  it('loses no line of long code that is indented', () => {
    const text = Array.from({ length: 4_000 }, (_, line) => `    line ${line} of the code\n`).join('');
    const [block] = split(text).blocks;
    expect(block?.kind === 'list' ? '' : block?.text).toMatch(/^ *line 0 of/);
    expect(sourceOf(split(text).blocks)).toContain('line 3999 of');
  });

  it('takes the indentation of a long block of code with that of its fence', () => {
    const code = 'one\n  two\n'.repeat(2_000);
    expect(split(`  ~~~py\n${code.replace(/^/gm, '  ')}\n  ~~~\nafter`).blocks).toEqual([
      { kind: 'code', info: 'py', text: code },
      { kind: 'markdown', text: 'after' },
    ]);
  });

  it('reads what follows a table that is too large to be laid out', () => {
    for (let rows = 640; rows < 700; rows += 1) {
      const after = `${'a long line '.repeat(400)}\n\n# End`;
      const { blocks } = split(`|a|b|\n|-|-|\n${'|1|2|\n'.repeat(rows)}\n${after}`);
      expect(
        blocks.map(({ kind }) => kind),
        `${rows} rows`,
      ).toEqual([expect.stringMatching(/^(?:table|plain)$/), 'markdown', 'heading']);
    }
  });
});

describe('a long text, read a little at a time', () => {
  const texts = {
    paragraphs: 'A paragraph of some words.\n\n'.repeat(4_000),
    items: '- a\n'.repeat(20_000),
    rows: `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(20_000)}`,
    code: `\`\`\`\n${'let a = 1;\n'.repeat(20_000)}\`\`\`\n\n${'after\n\n'.repeat(3_000)}`,
  };

  it.each(Object.entries(texts))('becomes the same blocks: %s', (_name, text) => {
    const splitter = createBlockSplitter();
    let read = splitter(text, 500);
    while (read.readTo < text.length) {
      const before = read;
      read = splitter(text, 500);
      expect(read.readTo).toBeGreaterThan(before.readTo);
      expect(read.blocks.length - before.blocks.length).toBeLessThan(1_100);
      const kept = before.blocks.slice(0, -1);
      expect(read.blocks.slice(0, kept.length).every((block, place) => block === kept[place])).toBe(true);
    }
    expect(read).toEqual(split(text));
  });

  it('loses nothing of what was not read', () => {
    const { blocks, text, readTo } = createBlockSplitter()(texts.paragraphs, 500);
    expect(readTo).toBeLessThan(text.length);
    expect(`${sourceOf(blocks)}\n\n${text.slice(readTo)}`).toBe(text);
  });
});
