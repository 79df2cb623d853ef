import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import { tempFolder } from '../temp-folder.ts';

const textOf = (html: string): string => htmlToText(html).text;
/** A page that also shows other text. */
const among = (html: string): string =>
  textOf(`<p>This is what one sees of the page.</p>${html}`).replace(/^[^.]*\.\n*/, '');

describe('raised and lowered text of a page', () => {
  it('stays distinct from its base', () => {
    expect(
      textOf(
        '<p>The layer has 100<sup>2</sup>=10000 nodes, at most 5·10<sup>6</sup> l, written 2011<sub>15</sub>.</p>',
      ),
    ).toBe('The layer has 100²=10000 nodes, at most 5·10⁶ l, written 2011₁₅.');
    expect(textOf('x<sup>n+1</sup> of V<sub>max</sub>, 10<sup>&minus;3</sup> m, e<sup>x</sup>')).toBe(
      'x^(n+1) of V_max, 10⁻³ m, e^x',
    );
    expect(textOf('H<SUB>2</SUB>SO<SUB>4</SUB> and SO<sub>4</sub><sup>2−</sup>')).toBe('H₂SO₄ and SO₄²⁻');
  });

  it('stays part of the word in ordinals, abbreviations and fractions', () => {
    expect(
      textOf(
        'the 3<sup>rd</sup> of May, XIX<sup>e</sup>, M<sup>me</sup>, n<sup>o</sup> 7, la 2<sup>a</sup>, Brand<sup>TM</sup>',
      ),
    ).toBe('the 3rd of May, XIXe, Mme, nº 7, la 2ª, BrandTM');
    expect(textOf('3<sup>1</sup>/<sub>2</sub> inches')).toBe('3¹/₂ inches');
  });

  it('is in brackets if it links to a note', () => {
    expect(textOf('rose<sup><a href="#fn1">1</a></sup>, fell<a href="page#n"><sup>2</sup></a>')).toBe(
      'rose[1], fell[2]',
    );
    expect(textOf('so<sup class="reference"><a href="#cite_note-3">[3]</a></sup>')).toBe('so[3]');
    expect(textOf('both<sup><a href="#a">1</a>,<a href="#b">2</a></sup>')).toBe('both[1],[2]');
    expect(textOf('cells<sup>3</sup> per litre<sup>*</sup>')).toBe('cells³ per litre*');
  });

  it('may be raised by CSS, and put back on the line', () => {
    expect(textOf('10<span style="vertical-align:super;font-size:70%">6</span>')).toBe('10⁶');
    expect(textOf('10<span style="vertical-align: sub">2</span>')).toBe('10₂');
    expect(textOf('10<span style="position:relative;top:-3.0pt;mso-text-raise:3.0pt">6</span>')).toBe('10⁶');
    expect(textOf('10<sup style="vertical-align:baseline">6</sup>')).toBe('106');
    expect(textOf('<p style="vertical-align:5px">Prices</p>')).toBe('Prices');
  });

  it('reads as normal text if long, even if unclosed', () => {
    const long = 'The prices hold for orders of the whole year and for deliveries within the Union.';
    expect(textOf(`<p><sup>${long}</sup></p>`)).toBe(long);
    expect(textOf(`<p>10<sup>6 litres and so on</p><p>${long}</p>`)).toBe(`10^(6 litres and so on)\n\n${long}`);
    expect(textOf(`${'<sup>'.repeat(20_000)}${long}`)).toBe(long);
  });

  it('of a formula stays distinct, without repeating its TeX', () => {
    const formula =
      '<math><semantics><mrow><msup><mi>x</mi><mn>2</mn></msup><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow>' +
      '<annotation encoding="application/x-tex">x^2=\\frac12</annotation></semantics></math>';
    expect(textOf(`<p>So ${formula}.</p>`)).toBe('So x²=(1)/(2).');
    expect(textOf('<math><msubsup><mi>a</mi><mi>i</mi><mn>2</mn></msubsup><msqrt><mi>b</mi></msqrt></math>')).toBe(
      'a_i²√(b)',
    );
  });

  it('of a formula is read once, whatever is drawn beside it', () => {
    const mathml = '<math><msup><mi>x</mi><mn>2</mn></msup></math>';
    const wikipedia =
      `<span style="display: none;">${mathml}</span>` +
      '<img class="mwe-math-fallback-image-inline skin-invert" alt="{\\displaystyle x^{2}}" src="x.svg">';
    expect(textOf(`<p>So ${wikipedia} grows.</p>`)).toBe('So x^{2} grows.');
    const katex = `<span class="katex"><span class="katex-mathml">${mathml}</span><span class="katex-html" aria-hidden="true">x<span>2</span></span></span>`;
    expect(textOf(`<p>So ${katex} grows.</p>`)).toBe('So x² grows.');
  });

  it('that is a phonetic guide is left out', () => {
    expect(textOf('<ruby>東<rp>(</rp><rt>とう</rt><rp>)</rp>京<rt>きょう</rt></ruby>都')).toBe('東京都');
  });
});

describe('struck-out text of a page', () => {
  it('is marked', () => {
    expect(textOf('Price <del>400</del> <ins>500</ins> EUR')).toBe('Price ~~400~~ 500 EUR');
    expect(textOf('<s>a</s><strike>b</strike> <span style="text-decoration: red line-through">c </span>d')).toBe(
      '~~ab~~ ~~c~~ d',
    );
    expect(textOf('<p style="text-decoration-line:line-through">a <b style="text-decoration:none">b</b></p><p>c')).toBe(
      '~~a b~~\n\nc',
    );
    expect(textOf('<del><p>One</p><p>Two</p><table><tr><td>a<td>b</table></del>c')).toBe(
      '~~One~~\n\n~~Two~~\n\n~~a~~ | ~~b~~\n\nc',
    );
    expect(textOf('<ul><li><del>Old</del><li><del></del>New</ul>')).toBe('- ~~Old~~\n- New');
  });
});

describe('what is hidden on a page', () => {
  it('is read if it is the whole page', () => {
    const page = (attributes: string) =>
      `<title>Prices</title><body ${attributes}><h1>Prices rise in May</h1><p>Steel costs 4 % more.</p>`;
    const text = 'Prices\n\nPrices rise in May\n\nSteel costs 4 % more.';
    for (const hidden of ['style="visibility:hidden"', 'style="display:none"', 'hidden', 'style="opacity:0"']) {
      expect(htmlToText(page(hidden)), hidden).toEqual({ text, notes: [] });
    }
    expect(
      htmlToText(
        `<html style="display:none !important"><head><style>body{display:none}</style><noscript><style>body{display:block}</style></noscript></head>${page('')}`,
      ),
    ).toEqual({ text, notes: [] });
  });

  it('is read, with a note, if it is most of the text', () => {
    expect(
      htmlToText(
        '<title>Prices</title><p>Loading…</p><div id=root style="display:none"><h1>Prices rise</h1>in May</div>',
      ),
    ).toEqual({
      text: 'Prices\n\nLoading…\n\nPrices rise\n\nin May',
      notes: [{ code: 'hidden_text_read', params: {} }],
    });
    expect(htmlToText('<div style="visibility:hidden"><ul><li>All of it</ul></div>').text).toBe('- All of it');
  });

  it('is read if a known program always shows it by script, whatever else is visible', () => {
    expect(among('<template id="B:0"></template><div hidden id="S:0">The article</div>')).toBe('The article');
    expect(among('<div id="js_content" style="visibility: hidden; opacity: 0;">The article</div>')).toBe('The article');
    expect(among('<div hidden id="S:sidebar">x</div>')).toBe('');
  });

  it('is left out beside other text, and counted if there is a lot', () => {
    const hidden = `<div hidden>${'Old price list. '.repeat(20)}</div>`;
    const shown = `<p>${'New price list. '.repeat(40)}</p>`;
    expect(htmlToText(shown + hidden).notes).toEqual([{ code: 'hidden_text_left_out', params: { characters: 240 } }]);
    expect(htmlToText(`${shown}<p hidden>Draft</p>`).notes).toEqual([]);
    expect(htmlToText('<p>Born <span style="display:none">(1977-08-21)</span> 21 August</p>').notes).toEqual([
      { code: 'hidden_text_left_out', params: { characters: 8 } },
    ]);
  });

  it.each([
    ['display:none'],
    ['DISPLAY : NONE'],
    ['display:none!important'],
    ['display:block;display:none'],
    ['display:none !important;display:block'],
    ['color:red;/* ; */display:/**/none'],
    ['background:url(a;b.png);display:none'],
    ['visibility:hidden'],
    ['visibility:collapse'],
    ['content-visibility:hidden'],
    ['display:none;display:flexible box of some kind'],
  ])('by the style "%s" is left out', (style) => {
    expect(among(`<p style="${style}">secret</p>`)).toBe('');
  });

  it.each([
    ['display:block;--display:none'],
    ['background:url(display:none.png)'],
    ["content:'display:none'"],
    ['/* display:none */ color:red'],
    ['display:none;display:block'],
    ['animation:visibility:hidden'],
    ['-webkit-display:none'],
    ['opacity:0'],
    ['font-size:0'],
    ['display:\\none'],
    ['visibility:hidden;visibility:visible'],
    ['display:contents'],
  ])('does not include what the style "%s" leaves visible', (style) => {
    expect(among(`<p style="${style}">seen</p>`)).toBe('seen');
  });

  it('by an attribute is left out, unless a style shows it', () => {
    expect(among('<p hidden>x</p><p hidden="hidden">x</p><p popover>x</p><dialog>x</dialog>')).toBe('');
    expect(among('<p hidden style="display:block">a</p><p hidden="until-found">b</p><dialog open>c</dialog>')).toBe(
      'a\n\nb\n\nc',
    );
    expect(among('<p aria-hidden="true">a</p><details><summary>b</summary>c</details>')).toBe('a\n\nb\nc');
  });

  it('may contain visible text, which is read', () => {
    expect(among('<div style="visibility:hidden">x <b style="visibility:visible">seen</b> y</div>')).toBe('seen');
    expect(among('<div style="display:none">x <b style="display:block">y</b></div>')).toBe('');
  });

  it('does not depend on style sheets, which often hide text only until a script or screen applies', () => {
    expect(among('<style>.a{display:none}@media print{p{display:none}}</style><p class=a>seen</p>')).toBe('seen');
  });

  it('may be nested to any depth', () => {
    const page = `<p>Some words to be seen here</p>${'<div style="visibility:hidden">'.repeat(20_000)}x${'</div>'.repeat(20_000)}<p>End`;
    expect(textOf(page)).toBe('Some words to be seen here\n\nEnd');
    for (const style of [`font:${'1'.repeat(200_000)}`, `list-style:${'url('.repeat(100_000)}`]) {
      expect(textOf(`<p style="${style}">seen</p>`)).toBe('seen');
    }
    expect(textOf(`<p style="${'display:none;'.repeat(50_000)}${'('.repeat(50_000)}">x</p><p>Some words`)).toBe(
      'Some words',
    );
  });
});

describe('symbols on a page', () => {
  it('in symbol fonts read as shown', () => {
    expect(textOf('5 <font face="Symbol">m</font>g <span style="font-family: Symbol, serif">&sup3;</span> 4')).toBe(
      '5 μg ≥ 4',
    );
    expect(
      textOf(
        `Thanks <span style='font-family:Wingdings'>J</span><span style="font:bold 12pt/1.2 'Wingdings 2'">R</span>`,
      ),
    ).toBe('Thanks ☺☑');
    const bullet =
      `<p class=MsoListParagraph><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·` +
      `<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Steel m</p>`;
    expect(textOf(bullet)).toBe('•\u00a0\u00a0 Steel m');
  });

  it('in unknown fonts become bullets, which are counted', () => {
    expect(htmlToText('<p><i class="icon">&#xf041;</i> Utrecht</p>')).toEqual({
      text: '• Utrecht',
      notes: [{ code: 'signs_unknown', params: { count: 1 } }],
    });
  });

  it('that are invisible do not split words', async () => {
    const page = (html: string) => extractDocument(tempFolder().put('page.html', html), defaultExtractLimits);
    expect(await page('<p>Das Ge&shy;samt&shy;kon&shy;zept wurde am Montag vor&shy;ge&shy;stellt.</p>')).toMatchObject({
      ok: true,
      value: { text: 'Das Gesamtkonzept wurde am Montag vorgestellt.' },
    });
    expect(await page('<p>docu&#8203;ment, Donau<wbr>dampf, &#x2060;a&#xFEFF;b, 10<sup>&#x2060;6</sup>')).toMatchObject(
      {
        value: { text: 'document, Donaudampf, ab, 10⁶' },
      },
    );
  });

  it('that are images read as their name, and pictures as nothing', () => {
    expect(
      textOf('<td>Paid <img class="emoji" alt="✅"><img alt="A man at a desk" src="a.jpg"><img class=emoji></td>'),
    ).toBe('Paid ✅');
    expect(textOf('<img class="emoticon emoticon-tick" alt="(tick)"> done')).toBe('(tick) done');
  });

  it('for quotations come from the quotation element', () => {
    expect(textOf('She said <q>yes</q>.')).toBe('She said “yes”.');
  });
});
