import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';

const textOf = (html: string): string => htmlToText(html).text;

describe('the text of a page', () => {
  it('separates paragraphs by an empty line and collapses white space', () => {
    expect(textOf('<h1>Title</h1>\n  <p>One\n  <b>two</b>  three.</p><p>Four</p>')).toBe(
      'Title\n\nOne two three.\n\nFour',
    );
  });

  it('separates words at block tags, and joins what no space separates', () => {
    expect(textOf('<i>a</i> <i>b</i><i>c</i><div>d</div>e')).toBe('a bc\nd\ne');
  });

  it('leaves out scripts, styles, templates and hidden text', () => {
    const page =
      '<style>p{}</style><script>alert("x")</script><template><p>t</p></template><noscript>n</noscript>' +
      '<p hidden>h <b>h</b></p><div style="color: red; Display : NONE">d<br><img src="x">d</div><p>Shown</p>';
    expect(textOf(page)).toBe('Shown');
  });

  it('quotes nothing for characters that only mark quotations while it is read', () => {
    expect(textOf('<p>a</p><p>&#14;b</p><p>c \u000e d</p><p>\u000fe</p>')).toBe('a\n\nb\n\nc d\n\ne');
  });

  it('decodes entities once', () => {
    expect(textOf('<p>R&amp;D &lt;b&gt; &#8364; &amp;lt;</p>')).toBe('R&D <b> € &lt;');
  });

  it('numbers and marks list items, including nested ones', () => {
    const list = '<ol start="3"><li>three</li><li><p>four</p><ul><li>inner</li></ul></li></ol>';
    expect(textOf(list)).toBe('3. three\n4. four\n\n  - inner');
  });

  it('writes each table row on a line, with empty cells, paragraphs in cells and a table in a cell', () => {
    const table =
      '<table><tr><th>A</th><th></th><th>C</th></tr><tr><td><p>1</p></td><td>\n<p>2</p>\n</td><td>3</td></tr></table>';
    expect(textOf(table)).toBe('A |  | C\n1 | 2 | 3');
    expect(textOf(`<table><tr><td>x</td><td>${table}</td></tr></table>`)).toBe('x | A |  | C\n1 | 2 | 3');
  });

  it('begins a line with each row of a table, also where its first cell is empty', () => {
    expect(textOf('<table><tr><td>Oak<td>40<tr><td><td>two<tr><td><td></table>')).toBe('Oak | 40\n | two\n |');
  });

  it('keeps preformatted text as it is', () => {
    expect(textOf('<pre>a  b\n  c</pre>')).toBe('a  b\n  c');
  });

  it('keeps line breaks', () => {
    expect(textOf('Mill Lane 4<br>Utrecht<br><br>Netherlands')).toBe('Mill Lane 4\nUtrecht\n\nNetherlands');
  });

  it('separates what a style puts on its own line', () => {
    expect(textOf('<span style="display:block">One</span><a style="display:flex">two</a>three')).toBe(
      'One\ntwo\nthree',
    );
    expect(textOf('<p>in <b style="display:inline-block">line</b>s</p>')).toBe('in lines');
  });

  it('ends self-closing elements in XHTML', () => {
    const page = '<title/><script src="a.js"/><body><p/>One<textarea/><div/>two</body>';
    expect(textOf(`<?xml version="1.0"?><html>${page}</html>`)).toBe('One\ntwo');
  });

  it('reads pages that are broken or nested deeper than any stack allows', () => {
    expect(textOf('<p>open <b>bold<p>next</i></table>')).toBe('open bold\n\nnext');
    expect(textOf(`${'<div>'.repeat(20_000)}deep`)).toBe('deep');
    expect(textOf(`<pre>a${' '.repeat(500_000)}b</pre>`)).toHaveLength(500_002);
    expect(textOf('<'.repeat(100_000))).toHaveLength(100_000);
  });
});
