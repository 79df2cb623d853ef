/** Which marks in a reply are formatted, and which are left as written. */
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from '../../../src/renderer/src/chat/markdown/markdown.tsx';
import autolinkCase from '../../fixtures/chat/autolink.md?raw';
import brCase from '../../fixtures/chat/br.md?raw';
import latexCase from '../../fixtures/chat/latex.md?raw';
import tildeCase from '../../fixtures/chat/tilde.md?raw';

/** The elements, without decorative ones. */
function html(text: string): string {
  return renderToStaticMarkup(<Markdown text={text} finished />)
    .replace(/ (?:class|style|title|draggable|tabindex|readOnly|data-selectable|data-focus)="[^"]*"/gi, '')
    .replace(/<\/?div>/g, '');
}

/** The same while more is to come. */
const growing = (text: string) =>
  renderToStaticMarkup(<Markdown text={text} finished={false} />).replace(/<\/?div[^>]*>/g, '');

/** The text, without any element. */
const words = (text: string) =>
  html(text)
    .replace(/<br\/>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

/** Addresses of the links, in order. */
const hrefs = (text: string) =>
  [...html(text).matchAll(/href="([^"]*)"/g)].map(([, href]) => href?.replace(/&amp;/g, '&'));

describe('marks that are formatted', () => {
  it.each([
    ['headings', '# One\n\nTwo\n===', '<h1>One</h1><h1>Two</h1>'],
    [
      'emphasis',
      'a *b* **c** ***d*** _e_',
      '<p>a <em>b</em> <strong>c</strong> <em><strong>d</strong></em> <em>e</em></p>',
    ],
    ['tight lists', '- a\n- b\n  1. c', '<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>'],
    ['a list that begins later', '7. a\n8. b', '<ol start="7"><li>a</li><li>b</li></ol>'],
    ['loose items', '- a\n\n  b', '<ul><li><p>a</p><p>b</p></li></ul>'],
    ['quotations', '> a\n> b\n\n> c', '<blockquote><p>a\nb</p></blockquote><blockquote><p>c</p></blockquote>'],
    ['code in a line', 'a `b*c*`', '<p>a <code>b*c*</code></p>'],
    ['rules', 'a\n\n***', '<p>a</p><hr/>'],
    ['hard line breaks', 'a  \nb\\\nc', '<p>a<br/>b<br/>c</p>'],
    ['characters by name', '&amp; &copy; &#35;', '<p>&amp; © #</p>'],
    ['escapes', '\\*a\\* \\_', '<p>*a* _</p>'],
    [
      'links by reference',
      '[a][x] and [x]\n\n[x]: https://example.com/',
      '<p><a href="https://example.com/">a</a> and <a href="https://example.com/">x</a></p>',
    ],
  ])('%s', (_name, text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it('tables, with their columns aligned', () => {
    const drawn = renderToStaticMarkup(<Markdown text={'| a | b |\n|:-:|--:|\n| 1 | `x|y` |'} finished />);
    expect(drawn).toContain('<th style="text-align:center">a</th><th style="text-align:right">b</th>');
    expect(words('| a | b |\n|---|---|\n| 1 \\| 2 | 3 |')).toBe('ab1 | 23');
  });

  it('tasks', () => {
    expect(html('- [ ] do\n- [x] done\n- [y] other')).toBe(
      '<ul><li><input type="checkbox" disabled="" aria-label="To do"/>do</li><li><input type="checkbox" disabled="" aria-label="Done" checked=""/>done</li><li>[y] other</li></ul>',
    );
  });

  it('footnotes, numbered in order, and only where one exists', () => {
    const drawn = html('One[^a] and[^none].\n\nTwo[^b].\n\n[^a]: Note *a*.\n[^b]: Note b.');
    expect(drawn).toContain('<p>One<sup><button type="button" aria-label="Note 1">1</button></sup> and[^none].</p>');
    expect(drawn).toContain('<li data-label="a"><p>Note <em>a</em>.</p></li>');
    expect(words('```\n[^x]: no note\n```')).toContain('[^x]: no note');
  });
});

describe('tildes', () => {
  it.each([
    '大约3~5天，价格100~200元。',
    'It takes (~2000 lines) and deletes (~5000 lines).',
    'cd ~/a and ~/b',
    'H~2~O',
    '~a ~b~ c~',
  ])('a single one strikes nothing: %s', (text) => {
    expect(html(text)).toBe(`<p>${text}</p>`);
  });
  it('two strike', () => {
    expect(html('~~gone~~ stays')).toBe('<p><del>gone</del> stays</p>');
    expect(html('他说~~删除~~吧。~~“引”~~后')).toBe('<p>他说<del>删除</del>吧。<del>“引”</del>后</p>');
  });
});

describe('addresses in running text', () => {
  it.each([
    [
      '见 https://example.com/guide，详见（https://example.com/a）。',
      ['https://example.com/guide', 'https://example.com/a'],
    ],
    ['www.example.com，详见', ['http://www.example.com/']],
    ['见https://example.com详见', ['https://example.com/']],
    ['https://example.com。然后', ['https://example.com/']],
    ['https://example.com/guide查看', ['https://example.com/guide']],
    ['“https://example.com/a”', ['https://example.com/a']],
    ['「https://example.com/a」と', ['https://example.com/a']],
    ['【https://example.com/a】', ['https://example.com/a']],
    ['https://example.com/a…', ['https://example.com/a']],
    [
      '(see https://example.com/a_(b)), or https://example.com/c).',
      ['https://example.com/a_(b)', 'https://example.com/c'],
    ],
    ['https://example.com/a?b=c&d=e#f.', ['https://example.com/a?b=c&d=e#f']],
    [
      'https://example.com/a, https://example.com/b; https://example.com/c!',
      ['https://example.com/a', 'https://example.com/b', 'https://example.com/c'],
    ],
    ['**https://example.com/a**', ['https://example.com/a']],
    ['https://example.com/a_b_c*d', ['https://example.com/a_b_c*d']],
    ['<https://example.com/a>', ['https://example.com/a']],
    ['https://example.com/a&lt;b', ['https://example.com/a']],
    ['http://localhost:3000/x', ['http://localhost:3000/x']],
    ['https://zh.wikipedia.org/wiki/中文，维基', ['https://zh.wikipedia.org/wiki/%E4%B8%AD%E6%96%87']],
    ['https://ru.wikipedia.org/wiki/Москва.', ['https://ru.wikipedia.org/wiki/%D0%9C%D0%BE%D1%81%D0%BA%D0%B2%D0%B0']],
    ['https://münchen.de/a', ['https://xn--mnchen-3ya.de/a']],
    ['ann@example.com，ben@example.org.', ['mailto:ann@example.com', 'mailto:ben@example.org']],
    ['HTTPS://EXAMPLE.COM/A', ['https://example.com/A']],
  ])('end where the address ends: %s', (text, expected) => {
    expect(hrefs(text)).toEqual(expected);
  });

  it.each([
    // Nothing can be opened if it is unclear what is meant.
    'https://paypal.com安全.evil.cn/a',
    'https://google.com@evil.com/',
    'https://user:password@example.com/',
    'xhttps://example.com',
    'foo.md and main.rs',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'www.',
    'https://',
    '@example.com',
  ])('are not links: %s', (text) => {
    expect(hrefs(text)).toEqual([]);
    expect(words(text)).toBe(text);
  });

  it('are not detected in code', () => {
    expect(hrefs('`https://example.com`\n\n```\nhttps://example.com\n```')).toEqual([]);
  });
});

describe('links and what they open', () => {
  it.each([
    ['[a](https://example.com/)', 'a'],
    ['[example.com](https://example.com/x)', 'example.com'],
    ['[www.example.com](https://example.com/x)', 'www.example.com'],
    ['[mail](mailto:a@example.com)', 'mail'],
    ['[v1.2 notes](https://example.com/)', 'v1.2 notes (example.com)'],
    ['[https://google.com](https://evil.com/)', 'https://google.com (evil.com)'],
    ['[google.com/login](https://evil.com/)', 'google.com/login (evil.com)'],
    ['[a](https://google.com@evil.com/)', 'a (evil.com)'],
    // The first letter is Cyrillic.
    ['[apple](https://\u0430pple.com/)', 'apple (xn--pple-43d.com)'],
    ['[a](https://例え.jp/)', 'a (xn--r8jz45g.jp)'],
    ['[\u202emoc.elgoog](https://evil.com/)', '\u202emoc.elgoog (evil.com)'],
  ])('show the host if it differs from their text: %s', (text, expected) => {
    expect(words(text)).toBe(expected);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java&#115;cript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'file:///etc/passwd',
    'smb://host/share',
    'ms-msdt:/id',
    '//example.com',
    '/relative',
    '#top',
  ])('open nothing but the web and mail: %s', (href) => {
    expect(hrefs(`[a](${href}) [b][r] <${href}>\n\n[r]: ${href}`)).toEqual([]);
  });

  it('name images and load none', () => {
    const text =
      '![pixel](https://example.com/p.png) ![r][r] ![](x) [![in](y)](https://example.com/)\n\n[r]: https://example.com/q.png';
    expect(html(text)).not.toContain('<img');
    expect(words(text)).toBe('[image: pixel] [image: r] [image: without a description] [image: in]');
  });
});

describe('formulas', () => {
  const letterForLetter = [
    'Inline \\(E = mc^2\\), a row $a*b + c*d$, and',
    '\\[ x_{1} = \\frac{a*b*c}{2} \\\\ y_{2} = 3 \\]',
    '$$\n\\begin{aligned}\na &= b \\\\\n  &= *c*\n\\end{aligned}\n$$',
    '\\begin{align*}\n a_1 &= b_1 * c_1 * d \\\\\n\\end{align*}',
    'in a line \\[a_1 * b_1 * c\\] and $$a*b*c$$',
    '$x$ and $\\alpha_1*\\beta_2*c$',
    '公式$a_1*b_1*c$后',
    '\\(a \\_ b\\)',
    '\\[\n\\]',
  ];
  it.each(letterForLetter)('are shown verbatim: %s', (text) => {
    expect(words(text)).toBe(text);
    expect(html(text)).not.toMatch(/<em>|<strong>|<br\/>/);
  });

  it.each([
    ['It costs $5 and $6, *not* $7.', '<p>It costs $5 and $6, <em>not</em> $7.</p>'],
    ['US$5 or $10-$20 *each*', '<p>US$5 or $10-$20 <em>each</em></p>'],
    ['$HOME and *x* $PATH', '<p>$HOME and <em>x</em> $PATH</p>'],
    ['\\$5 *a* \\$6', '<p>$5 <em>a</em> $6</p>'],
    ['$5 *per unit* for 6$', '<p>$5 <em>per unit</em> for 6$</p>'],
    ['a \\( *b*', '<p>a ( <em>b</em></p>'],
  ])('are not detected in prices and words: %s', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  it('are not detected in code', () => {
    expect(html('`\\(a\\)` `$x$`')).toBe('<p><code>\\(a\\)</code> <code>$x$</code></p>');
  });

  it('end the paragraph before them, and may be in a list', () => {
    expect(html('so:\n\\[\na\n\\]\nthen')).toBe('<p>so:</p>\\[\na\n\\]<p>then</p>');
    expect(words('- so:\n  \\[\n  a*b*c\n  \\]')).toBe('so:\\[\na*b*c\n\\]');
  });
});

describe('HTML', () => {
  it('may contain line breaks, in a cell or outside one', () => {
    expect(html('| Step | Who |\n|---|---|\n| Draft<br>Review | Ann<br/>Ben |')).toContain(
      '<td>Draft<br/>Review</td><td>Ann<br/>Ben</td>',
    );
    expect(html('a<BR />b')).toBe('<p>a<br/>b</p>');
  });

  it.each([
    '<b>bold</b>',
    '<script>alert(1)</script>',
    '<img src=x onerror="alert(1)">',
    '<br onclick="alert(1)">',
    '<!-- a comment -->',
    '<div>\nblock\n</div>',
    '<brr>',
    '<?php ?>',
    '<a href="javascript:alert(1)">x</a>',
  ])('otherwise stays text: %s', (text) => {
    expect(words(text)).toBe(text);
  });

  it('is not interpreted in code', () => {
    expect(html('`<br>`')).toBe('<p><code>&lt;br&gt;</code></p>');
  });
});

describe('emphasis beside Chinese, Japanese and Korean', () => {
  it.each([
    ['**强调：**后文', '<p><strong>强调：</strong>后文</p>'],
    ['这是**“引用”**的字', '<p>这是<strong>“引用”</strong>的字</p>'],
    ['**これは「太字」**です', '<p><strong>これは「太字」</strong>です</p>'],
    ['**(括号)**后', '<p><strong>(括号)</strong>后</p>'],
    ['한국어**(볼드)**는', '<p>한국어<strong>(볼드)</strong>는</p>'],
    ['*强调。*后', '<p><em>强调。</em>后</p>'],
    ['价格**100%**左右', '<p>价格<strong>100%</strong>左右</p>'],
  ])('%s', (text, expected) => {
    expect(html(text)).toBe(expected);
  });
  it('is unchanged beside Latin letters', () => {
    expect(html('a**"b"**c 2*3*4 snake_case_name')).toBe('<p>a**&quot;b&quot;**c 2<em>3</em>4 snake_case_name</p>');
  });
});

describe('a line that only the next character decides', () => {
  it.each(['Title\n-', 'Title\n=', 'Title\n---', 'Title\n* **', 'Title\n- ', 'Title\n__', 'Title\n> -'])(
    'is not drawn until then: %j',
    (text) => {
      expect(growing(text)).toBe('<p>Title</p>');
    },
  );

  it('is drawn with it, and at the end of the text', () => {
    expect(growing('Title\n- i')).toBe('<p>Title</p><ul><li>i</li></ul>');
    expect(growing('Title\n---\n')).toBe('<h2>Title</h2>');
    expect(growing('a *')).toBe('<p>a *</p>');
    expect(html('Title\n-')).toBe('<h2>Title</h2>');
    expect(html('Title\n\n---')).toBe('<p>Title</p><hr/>');
  });
});

/** Each is drawn wrongly by some chat or Markdown library. */
describe('what other programs get wrong', () => {
  it.each([
    ['prices', 'S$15 vs S$25, A$5.6M *and* US$3.7M', '<p>S$15 vs S$25, A$5.6M <em>and</em> US$3.7M</p>'],
    ['a bold price', '**$750 is a lot**', '<p><strong>$750 is a lot</strong></p>'],
    ['a price in code', '`$10–$25`', '<p><code>$10–$25</code></p>'],
    ['brackets of a regular expression', '`^\\[a_(\\d+)\\]$`', '<p><code>^\\[a_(\\d+)\\]$</code></p>'],
    [
      'escaped brackets in a link',
      '[\\[PDF\\] *Analysis*](https://example.com/)',
      '<p><a href="https://example.com/">[PDF] <em>Analysis</em></a></p>',
    ],
    ['escaped brackets around a number', 'as shown \\[1\\] and \\[2, 3\\]', '<p>as shown [1] and [2, 3]</p>'],
    ['brackets in a link', '[a [b] c](https://example.com/)', '<p><a href="https://example.com/">a [b] c</a></p>'],
    ['an address with brackets', '[a](https://example.com/a(b)c)', '<p><a href="https://example.com/a(b)c">a</a></p>'],
    ['an item without a space', '-a\n#b', '<p>-a\n#b</p>'],
    [
      'items indented by four',
      '- a\n    - b\n        - c',
      '<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>',
    ],
    ['items indented by tabs', '- a\n\t- b', '<ul><li>a<ul><li>b</li></ul></li></ul>'],
    [
      'a table right behind its introduction',
      'So:\n|a|\n|-|\n|1|',
      '<p>So:</p><section aria-label="Table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></section>',
    ],
    [
      'a row with more cells',
      '|a|\n|-|\n|1|2|',
      '<section aria-label="Table"><table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></section>',
    ],
    ['emphasis that is still open', '**open and `open', '<p>**open and `open</p>'],
    [
      'a list that goes on behind code',
      '1. a\n\ntext\n\n2. b',
      '<ol start="1"><li>a</li></ol><p>text</p><ol start="2"><li>b</li></ol>',
    ],
    ['an item that interrupts a paragraph', 'a\n2. b', '<p>a\n2. b</p>'],
    ['a formula in an item', '- a\n  $$\n  x_1*y*z\n  $$\n- b', '<ul><li>a$$\nx_1*y*z\n$$</li><li>b</li></ul>'],
    ['an entity in code', '`&lt;` &lt;', '<p><code>&amp;lt;</code> &lt;</p>'],
    ['emphasis across paragraphs', '**a\n\nb**', '<p>**a</p><p>b**</p>'],
    ['a heading in a paragraph', 'a\n# b', '<p>a</p><h1>b</h1>'],
    ['a quotation that goes on', '> a\nb', '<blockquote><p>a\nb</p></blockquote>'],
  ])('%s', (_name, text, expected) => {
    expect(html(text)).toBe(expected);
  });
});

describe('reported cases', () => {
  it('tilde.md', () => {
    expect(words(tildeCase)).toBe(
      '大约3~5天，价格100~200元。 It takes (~2000 lines) and deletes (~5000 lines). gone stays struck.',
    );
  });
  it('autolink.md', () => {
    expect(hrefs(autolinkCase)).toEqual([
      'https://example.com/guide',
      'https://example.com/a',
      'https://example.org/x',
    ]);
  });
  it('latex.md', () => {
    expect(words(latexCase)).toBe(
      'Inline \\(E = mc^2\\), a row $a*b + c*d$, and\\[ x_{1} = \\frac{a*b*c}{2} \\\\ y_{2} = 3 \\]',
    );
  });
  it('br.md', () => {
    expect(html(brCase)).toContain('<td>Draft<br/>Review</td><td>Ann<br/>Ben</td>');
  });
});
