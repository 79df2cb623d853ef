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

  it('in XML has its marked text (CDATA), which a page in HTML has as a comment', () => {
    const body = '<p>a</p><p><![CDATA[R&D < b]]></p><script><![CDATA[x]]></script>';
    expect(textOf(`<?xml version="1.0"?><html>${body}<svg><text><![CDATA[c]]></text></svg></html>`)).toBe(
      'a\n\nR&D < b\n\nc',
    );
    expect(textOf(body)).toBe('a');
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
    expect(textOf(`<table><tr><td>x</td><td>${table}</td></tr></table>`)).toBe('x | A ¦  ¦ C<br>1 ¦ 2 ¦ 3');
  });

  it('separates cells that stand in no row, as browsers do, also in a table in a cell', () => {
    expect(textOf('<p>x<table><td>Oak<td>40<tr><td>Ash<td>50</tr></table>after')).toBe(
      'x\n\nOak | 40\nAsh | 50\n\nafter',
    );
    expect(textOf('<table><tbody><th>A<th>B<tbody><td>1<td>2</table>')).toBe('A | B\n1 | 2');
    const table = '<table><td>Oak</td><td>40</td></table>';
    expect(textOf(`<table><tr><td>1</td><td>${table}</td><td>2</td></tr></table>`)).toBe('1 | Oak ¦ 40 | 2');
    expect(textOf('<td>Oak</td><td>40</td><p>after</p>')).toBe('Oak\n40\n\nafter');
  });

  describe('with cells of several lines', () => {
    const row = (...cells: string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
    const table = (...rows: string[]) => `<table>${rows.join('')}</table>`;

    it.each([
      ['paragraphs', '<p>Oak</p><p>Beech</p>', 'Oak<br>Beech'],
      ['line breaks', 'Oak<br><br>Beech<br>', 'Oak<br>Beech'],
      [
        'a list',
        'Wood:<ul><li>Oak<ul><li>old</li></ul></li><li>Beech</li></ul>',
        'Wood:<br>- Oak<br>  - old<br>- Beech',
      ],
      ['a heading', '<h3>Wood</h3>Oak', 'Wood<br>Oak'],
      ['preformatted lines', '<pre>a\n  b\n</pre>', 'a<br>  b'],
      ['struck paragraphs', '<del><p>Oak</p><p>Beech</p></del>', '~~Oak~~<br>~~Beech~~'],
      ['a table', table(row('Oak', '40'), row('', '50')), 'Oak ¦ 40<br> ¦ 50'],
      ['a table of one row', table(row('Oak', '40')), 'Oak ¦ 40'],
      ['a framed text', table(row(table(row('<p>Oak</p><p>Beech</p>')))), 'Oak<br>Beech'],
    ])('are one line a row: %s', (_, cell, line) => {
      expect(textOf(`Before${table(row('1', cell, '2'), row('3', '4', '5'))}After`)).toBe(
        `Before\n\n1 | ${line} | 2\n3 | 4 | 5\n\nAfter`,
      );
    });

    it('stay in their column where they are the only ones of a row', () => {
      expect(textOf(table(row('A', 'B', 'C'), row('', '<p>1</p><p>2</p>', '')))).toBe('A | B | C\n | 1<br>2 |');
    });

    it('keep their lines in a table that has nothing to read across, as mails are laid out in', () => {
      const letter = `<p>Dear Anna,</p><p>the prices:</p>${table(row('Oak', '40'), row('Ash', '5<br>6'))}`;
      expect(
        textOf(table(row('', table(row('Lind GmbH'), row('', letter, '')), ''), row('<p>Bye</p><p>Ben</p>'))),
      ).toBe('Lind GmbH\nDear Anna,\n\nthe prices:\n\nOak | 40\nAsh | 5<br>6\nBye\n\nBen');
    });

    it('follow each other where they are longer than a page', () => {
      const long = Array.from({ length: 100 }, (_, at) => `<p>Paragraph ${at} of the long letter.</p>`).join('');
      const text = textOf(table(row('Menu<br>Home', long, '<p>One</p><p>Two</p>')));
      expect(text.slice(0, 55)).toBe('Menu\nHome\n\nParagraph 0 of the long letter.\n\nParagraph 1');
      expect(text.slice(-44)).toBe('\n\nParagraph 99 of the long letter.\n\nOne\n\nTwo');
    });

    it('keep their lines in a frame behind a table that is read across', () => {
      const [prices, letter] = [table(row('Oak', '40'), row('5<br>6', '')), table(row('<p>Yours</p><p>Anna</p>'))];
      expect(textOf(prices + letter)).toBe('Oak | 40\n5<br>6 |\n\nYours\n\nAnna');
      expect(textOf(table(row(prices + letter)))).toBe('Oak | 40\n5<br>6 |\n\nYours\n\nAnna');
    });

    it('cost no more the deeper tables lie in each other', () => {
      const deep = (open: string) => open.repeat(20_000);
      const text = textOf(`${deep('<table><tr><td>a<p>b</p></td><td>')}x`);
      expect([text.includes('a<br>b ¦ a<br>b ¦ x'), text.includes('a\n\nb\n\na')]).toEqual([true, true]);
    });
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
