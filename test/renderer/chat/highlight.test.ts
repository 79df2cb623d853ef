import { describe, expect, it } from 'vitest';
import { linesOf, spanLines } from '../../../src/renderer/src/chat/markdown/code-lines.ts';
import { highlight, readSpans } from '../../../src/renderer/src/chat/markdown/highlight.ts';

describe('highlight', () => {
  it('loses nothing of the code', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code to colour
    const code = 'const a = "<b>&amp;</b>";\n// \'x\' < y && z\n`t ${a + `n ${1}`}`\n';
    const spans = await highlight(code, 'ts');
    expect(spans?.map(({ text }) => text).join('')).toBe(code);
    expect(spans?.some(({ classes }) => classes === 'hljs-keyword')).toBe(true);
  });

  it('leaves code alone if its language is unknown or it is long', async () => {
    expect(await highlight('a', 'no-such-language')).toBeNull();
    expect(await highlight('a', '')).toBeNull();
    expect(await highlight('a'.repeat(20_000), 'ts')).toBeNull();
  });

  it('reads nested spans and entities, and treats markup in the code as text', () => {
    expect(readSpans('a<span class="s">b<span class="t">c</span>d</span>&lt;span class=&quot;x&quot;&gt;')).toEqual([
      { text: 'a', classes: '' },
      { text: 'b', classes: 's' },
      { text: 'c', classes: 't' },
      { text: 'd', classes: 's' },
      { text: '<span class="x">', classes: '' },
    ]);
  });
});

describe('lines of code', () => {
  const text = Array.from({ length: 130 }, (_, line) => `line ${line}`).join('\n');

  it('are split into runs that add up to the text', () => {
    expect(linesOf(text)).toHaveLength(3);
    expect(linesOf(text).join('\n')).toBe(text);
    expect(linesOf('')).toEqual(['']);
  });

  it('are split at the same places when coloured', () => {
    const spans = [
      { text: text.slice(0, 300), classes: 'a' },
      { text: text.slice(300), classes: '' },
    ];
    expect(spanLines(spans).map((chunk) => chunk.map((span) => span.text).join(''))).toEqual(linesOf(text));
  });
});
