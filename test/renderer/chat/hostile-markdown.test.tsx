/**
 * No reply crashes the chat, is drawn differently because of the pieces it arrived in, or takes more than linear time.
 */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { type Blocks, createBlockSplitter } from '../../../src/renderer/src/chat/markdown/blocks.ts';
import { Markdown } from '../../../src/renderer/src/chat/markdown/markdown.tsx';
import { sourceOf } from '../../../src/renderer/src/chat/markdown/sections.ts';
import { hostileText, units } from './hostile-texts.ts';

const split = (text: string) => createBlockSplitter()(text);

function streamed(pieces: readonly string[]): Blocks {
  const splitter = createBlockSplitter();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    splitter(text);
  }
  return splitter(text);
}

const draw = (text: string) => renderToStaticMarkup(<Markdown text={text} finished />);

function sourceIn({ blocks, definitions, footnotes }: Blocks): string {
  const code = blocks.map((block) => (block.kind === 'code' ? block.info : ''));
  return [sourceOf(blocks), definitions, ...code, ...footnotes.map(({ label, text }) => `${label} ${text}`)].join('\n');
}

describe('2,000 random hostile texts', () => {
  const textsTogether = 100;
  for (let first = 1; first <= 2_000; first += textsTogether) {
    it(`from ${first} on give the same result in any pieces, and are drawn completely`, () => {
      for (let number = first; number < first + textsTogether; number += 1) {
        const { text, pieces, words } = hostileText(number);
        const shown = `hostileText(${number})`;
        const whole = split(text);
        expect(streamed(pieces), shown).toEqual(whole);
        const source = sourceIn(whole);
        expect(
          words.filter((word) => !source.includes(word)),
          shown,
        ).toEqual([]);
        expect(() => draw(text), shown).not.toThrow();
      }
    });
  }
});

/** Characters that a function examines, singly or in runs. */
function countWork(run: () => void): number {
  let work = 0;
  const { charCodeAt, codePointAt, slice, indexOf } = String.prototype;
  const { exec } = RegExp.prototype;
  String.prototype.charCodeAt = function (at) {
    work += 1;
    return charCodeAt.call(this, at);
  };
  String.prototype.codePointAt = function (at) {
    work += 1;
    return codePointAt.call(this, at);
  };
  String.prototype.indexOf = function (words, from = 0) {
    const found = indexOf.call(this, words, from);
    work += (found < 0 ? this.length : found) - Math.min(from, this.length);
    return found;
  };
  RegExp.prototype.exec = function (text) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    // A sticky or anchored expression examines only its match; any other, everything before it as well.
    const here = this.sticky || this.source.startsWith('^');
    work += found === null ? (here ? 1 : text.length - from) : found.index + found[0].length - from;
    return found;
  };
  try {
    run();
  } finally {
    Object.assign(String.prototype, { charCodeAt, codePointAt, slice, indexOf });
    RegExp.prototype.exec = exec;
  }
  return work;
}

describe('parsing takes linear time', () => {
  const fill = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
  // A fixed cost, even for a short text.
  const onceWork = 50_000;

  it.each(units.map((unit) => [JSON.stringify(unit), unit] as const))('%s, read and drawn', (_name, unit) => {
    const [short, long] = [fill(unit, 8_000), fill(unit, 32_000)];
    const workOf = (text: string) => countWork(() => void draw(text));
    workOf(short);
    expect(workOf(long)).toBeLessThan(4 * 1.6 * workOf(short) + onceWork);
  });

  it.each(units.map((unit) => [JSON.stringify(unit), unit] as const))('%s, 400 KB of it', (_name, unit) => {
    const [short, long] = [fill(unit, 100_000), fill(unit, 400_000)];
    const workOf = (text: string) => countWork(() => void split(text));
    expect(workOf(long)).toBeLessThan(4 * 1.6 * workOf(short) + onceWork);
  });
});

describe('content that is too deep or too long', () => {
  const kinds = (text: string) =>
    split(text).blocks.map((block) => (block.kind === 'plain' ? block.reason : block.kind));
  it.each([
    ['bullets', `${'- '.repeat(1_500)}a`],
    ['quotations', '>'.repeat(3_000)],
    ['numbers', '1. '.repeat(2_000)],
    ['all of them', '- > 1. + '.repeat(500)],
    ['in lines', Array.from({ length: 60 }, (_, depth) => `${'  '.repeat(depth)}- level ${depth}`).join('\n')],
    [
      'quotations in lines',
      Array.from({ length: 60 }, (_, depth) => `${'>'.repeat(depth + 1)} level ${depth}`).join('\n'),
    ],
  ])('is shown as text with a note: nested %s', (_name, text) => {
    expect(kinds(text)).toContain('deep');
    expect(sourceOf(split(text).blocks)).toContain(text.trimEnd());
    expect(draw(`before\n\n${text}\n\nafter`)).toMatch(
      /<p>before<\/p>.*Nested too deeply to be laid out.*<p>after<\/p>/s,
    );
  });

  it('accepts normal nesting', () => {
    const list = Array.from({ length: 8 }, (_, depth) => `${'  '.repeat(depth)}- level ${depth}`).join('\n');
    expect(kinds(list)).toEqual(['list']);
    expect(kinds(`${'> '.repeat(8)}deep`)).toEqual(['markdown']);
    expect(draw(list)).not.toContain('laid out');
  });

  it.each([
    ['emphasis', `${'*'.repeat(3_000)}a${'*'.repeat(3_000)}`],
    ['emphasis of two kinds', `${'*_'.repeat(1_000)}a${'_*'.repeat(1_000)}`],
    ['struck text', `${'~~a '.repeat(200)}${'b~~ '.repeat(200)}`],
    ['a table of many cells', `|a|b|c|\n|-|-|-|\n${'|1|2|3|\n'.repeat(1_000)}`],
    ['marks', 'a*'.repeat(12_000)],
    ['links', '[a](b) '.repeat(2_000)],
  ])('is shown as text with a note: %s', (_name, text) => {
    expect(draw(text)).toMatch(/(?:Too many marks|Nested too deeply) to be laid out/);
  });

  it.each([
    ['one paragraph', 'a '.repeat(100_000)],
    ['one line', 'a'.repeat(400_000)],
    ['lines', 'a\n'.repeat(200_000)],
    ['a table', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(30_000)}`],
    ['a quotation', '> a\n'.repeat(100_000)],
    ['an item', `- a\n${'  b\n'.repeat(100_000)}`],
  ])('is text up to its end only: %s', (_name, text) => {
    const { blocks } = split(`# before\n\n${text.trimEnd()}\n\nafter *it*`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'plain', 'markdown']);
    expect(blocks[1]).toMatchObject({ reason: 'long' });
    expect(sourceOf(blocks.slice(1, 2))).toBe(text.trimEnd());
  });

  it.each([
    ['blocks', '---\n'.repeat(100_000)],
    ['items', '- a\n'.repeat(100_000)],
    ['notes', '[^a]: b\n'.repeat(50_000)],
    ['definitions', '[a]: b\n'.repeat(50_000)],
  ])('too many %s are text from there on', (_name, text) => {
    const { blocks, footnotes, definitions } = split(text);
    expect(blocks.length).toBeLessThan(5_000);
    expect(footnotes.length + definitions.split('\n').length).toBeLessThan(1_200);
    expect(blocks.at(-1)).toMatchObject({ kind: 'plain', reason: 'long' });
    expect(sourceIn(split(text)).replace(/\s/g, '').length).toBeGreaterThan(text.replace(/\s/g, '').length * 0.9);
  });

  it('code in one endless line is text', () => {
    expect(kinds(`\`\`\`\n${'a'.repeat(200_000)}`)).toEqual(['long']);
    expect(kinds(`\`\`\`\n${'a'.repeat(20_000)}\n\`\`\`\nafter`)).toEqual(['long', 'markdown']);
  });

  it('code of any length is code', () => {
    const code = 'let a = 1;\n\n'.repeat(20_000);
    const { blocks } = split(`before\n\n\`\`\`ts\n${code}\`\`\`\n\nafter`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['markdown', 'code', 'markdown']);
    expect(blocks[1]).toEqual({ kind: 'code', info: 'ts', text: code.replace(/\n$/, '') });
  });
});
