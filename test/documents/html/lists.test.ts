import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';

const textOf = (html: string): string => htmlToText(html).text;
const items = (count: number): string => Array.from({ length: count }, () => '<li>x').join('');

describe('a list of a page', () => {
  it('keeps its number style and item values', () => {
    expect(
      textOf(
        '<ol type="a"><li>Scope</li><li>Term</li></ol><ol><li>One</li><li value="7">Seven</li><li>Eight</li></ol>',
      ),
    ).toBe('a. Scope\nb. Term\n\n1. One\n7. Seven\n8. Eight');
    expect(textOf('<ol type="I"><li>A<li>B<li>C<li>D</ol><ol type="A"><li>a</ol><ol type="i"><li>a<li>b</ol>')).toBe(
      'I. A\nII. B\nIII. C\nIV. D\n\nA. a\n\ni. a\nii. b',
    );
  });

  it('starts where it says, even at zero or below', () => {
    expect(textOf('<ol start="0"><li>a<li>b</ol>')).toBe('0. a\n1. b');
    expect(textOf('<ol start="-1"><li>a<li>b</ol>')).toBe('-1. a\n0. b');
    expect(textOf('<ol start=" +3rd"><li>a</ol><ol start="three"><li>b</ol>')).toBe('3. a\n\n1. b');
    expect(textOf('<ol start="5" type="a"><li>a</ol><ol start="0" type="a"><li>b</ol>')).toBe('e. a\n\n0. b');
  });

  it('counts down if reversed, from its number of items or from its start', () => {
    expect(textOf('<ol reversed><li>Gold<ul><li>x<li>y</ul><li>Silver<li>Bronze</ol>')).toBe(
      '3. Gold\n  - x\n  - y\n2. Silver\n1. Bronze',
    );
    expect(textOf('<ol reversed start="10"><li>a<li value="4">b<li>c</ol>')).toBe('10. a\n4. b\n3. c');
    expect(textOf('<ol reversed><li>a<ol reversed><li>b<li>c</ol></ol><ol REVERSED=""><li>d<li>e</ol>')).toBe(
      '1. a\n  2. b\n  1. c\n\n2. d\n1. e',
    );
  });

  it('may set its style by CSS, on the list or on an item', () => {
    expect(textOf('<ol style="list-style-type: lower-roman"><li>a<li>b</ol>')).toBe('i. a\nii. b');
    expect(textOf('<ul style="list-style: decimal inside url(dot.png)"><li>a<li>b</ul>')).toBe('1. a\n2. b');
    expect(textOf('<ol style="list-style-type:disc"><li>a</ol><ol style="list-style:none"><li>§ 1 b</ol>')).toBe(
      '- a\n\n- § 1 b',
    );
    expect(textOf('<ol><li>a<li type="A">b<li style="list-style-type:upper-roman">c</ol>')).toBe('1. a\nB. b\nIII. c');
    expect(textOf(`<ul style="list-style-type:'→ '"><li>a</ul>`)).toBe('- a');
    expect(textOf('<ol type="a" style="list-style-type:decimal-leading-zero"><li>a</ol>')).toBe('01. a');
  });

  it.each([
    ['lower-greek', 'α. β. γ.'],
    ['cjk-ideographic', '一. 二. 三.'],
    ['hiragana', 'あ. い. う.'],
    ['katakana-iroha', 'イ. ロ. ハ.'],
    ['hebrew', 'א. ב. ג.'],
    ['arabic-indic', '١. ٢. ٣.'],
    ['devanagari', '१. २. ३.'],
    ['of-the-future', '1. 2. 3.'],
  ])('may be counted in %s', (style, marks) => {
    const text = textOf(`<ol style="list-style-type:${style}">${items(3)}</ol>`);
    expect(text.replaceAll(' x', '').split('\n').join(' ')).toBe(marks);
  });

  it('continues with two letters after z, as spreadsheets do', () => {
    const marks = textOf(`<ol type="a">${items(54)}</ol>`).split('\n');
    expect([25, 26, 27, 51, 52].map((index) => marks[index])).toEqual(['z. x', 'aa. x', 'ab. x', 'az. x', 'ba. x']);
    expect(textOf('<ol type="I" start="3999"><li>a<li>b</ol>')).toBe('MMMCMXCIX. a\n4000. b');
  });

  it('in a list is indented, and its first item may follow the number above', () => {
    expect(textOf('<ol><li>A<ol type="a"><li>x<li>y</ol><li>B</ol>')).toBe('1. A\n  a. x\n  b. y\n2. B');
    expect(textOf('<ol><li><ol type="a"><li>x<li>y</ol><li>B</ol>')).toBe('1. a. x\n  b. y\n2. B');
    expect(textOf('<ul><li>A<ul><li>B<ul><li>C</ul></ul></ul><p>End')).toBe('- A\n  - B\n    - C\n\nEnd');
    expect(textOf('<ul>A<ul><li>B</ul></ul>')).toBe('A\n  - B');
    expect(textOf('<menu><li>Cut<li>Copy</menu>')).toBe('- Cut\n- Copy');
  });

  it('keeps numbers of items without text, and drops empty bullets', () => {
    expect(textOf('<ol><li>a<li></li><li><img src=x></li><li>b</ol>')).toBe('1. a\n2.\n3.\n4. b');
    expect(textOf('<ul><li>a<li></li><li>b</ul>')).toBe('- a\n- b');
    expect(textOf('<ol><li><ul><li></li></ul>text</ol>')).toBe('1. text');
  });

  it('counts neither hidden items nor those in a template', () => {
    expect(textOf('<ol><li>a long item<li hidden>x<template><li>t</template><li>b</ol>')).toBe('1. a long item\n2. b');
  });

  it('may have a hundred thousand items, or be nested that deep', () => {
    expect(textOf(`<ol type="a" reversed>${items(100_000)}</ol>`).split('\n')).toHaveLength(100_000);
    expect(textOf(`${'<ol><li>'.repeat(50_000)}deep`)).toMatch(/deep$/);
    expect(textOf(`${'<ol '.repeat(100_000)}reversed>`)).toBe('');
    expect(textOf(`${'<ul><li>'.repeat(50_000)}deep`).length).toBeLessThan(200_000);
  });

  it('may lie in hundreds of thousands of parts for navigation', () => {
    expect(textOf(`${'<nav><ol>'.repeat(250_000)}deep`)).toBe('deep');
  });
});
