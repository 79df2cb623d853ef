import { describe, expect, it } from 'vitest';
import { problemOfParts, readBytes, readParts } from '../read-parts.ts';
import { namespaces, odfParts, p, readText, textStyle } from './odf-parts.ts';

const item = (content: string, attributes = '') => `<text:list-item${attributes}>${content}</text:list-item>`;
const list = (items: string, attributes = '') => `<text:list${attributes}>${items}</text:list>`;
const numbered =
  '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>' +
  '<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")"/>' +
  '<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="3"/></text:list-style>' +
  '<text:list-style style:name="L2"><text:list-level-style-bullet text:level="1" text:bullet-char="•"/></text:list-style>';

describe('a text document', () => {
  it('has its headings with their numbers', async () => {
    const outline =
      '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>' +
      '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>' +
      '<text:outline-level-style text:level="3" style:num-format=""/></text:outline-style>';
    const heading = (level: number, text: string, more = '') =>
      `<text:h text:outline-level="${level}"${more}>${text}</text:h>`;
    const read = await readText(
      heading(1, 'Scope') +
        heading(2, 'Words') +
        heading(2, 'Persons') +
        heading(1, 'Term') +
        heading(2, 'Start') +
        heading(3, 'Note') +
        heading(1, 'Annex', ' text:is-list-header="true"'),
      { documentStyles: outline },
    );
    expect(read).toMatchObject({
      format: 'odt',
      text: '# I. Scope\n\n## I.1 Words\n\n## I.2 Persons\n\n# II. Term\n\n## II.1 Start\n\n### Note\n\n# Annex',
    });
  });

  it('has a number that was saved with a heading only where none is counted', async () => {
    const outline =
      '<text:outline-style style:name="Outline"><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/></text:outline-style>';
    const body =
      '<text:h text:outline-level="1"><text:number>1.</text:number>Introduction</text:h>' +
      '<text:h text:outline-level="2"><text:number>1.1</text:number><text:span>Authors</text:span></text:h>' +
      list(item('<text:p><text:number>a)</text:number>Point</text:p>'));
    const read = await readText(body, { documentStyles: outline });
    expect(read).toMatchObject({ text: '# 1. Introduction\n\n## 1.1 Authors\n\n- Point' });
  });

  it('has the numbers of its lists as they are shown', async () => {
    const body =
      list(
        item(p('One') + p('goes on')) +
          item(p('Two') + list(item(p('inner')) + item(p('other') + list(item(p('deep')))))) +
          item(p('Seven'), ' text:start-value="7"'),
        ' text:style-name="L1" xml:id="first"',
      ) +
      p('Between.') +
      list(item(p('Eight')), ' text:style-name="L1" text:continue-numbering="true"') +
      list(item(p('One again')), ' text:style-name="L1"') +
      list(`<text:list-header>${p('Unmarked')}</text:list-header>${item(p('Dot'))}`, ' text:style-name="L2"');
    expect((await readText(body, { styles: numbered })).text).toBe(
      [
        '1. One',
        '',
        'goes on',
        '',
        '2. Two',
        '  (a) inner',
        '  (b) other',
        '    2.b.1. deep',
        '7. Seven',
        '',
        'Between.',
        '',
        '8. Eight',
        '1. One again',
        '',
        'Unmarked',
        '',
        '- Dot',
      ].join('\n'),
    );
  });

  it('has its tables, and those in their cells', async () => {
    const cell = (content: string, attributes = '') => `<table:table-cell${attributes}>${content}</table:table-cell>`;
    const row = (cells: string) => `<table:table-row>${cells}</table:table-row>`;
    const inner = `<table:table>${row(cell(p('in')) + cell(p('side')))}</table:table>`;
    const table = `<table:table table:name="T"><table:table-column/><table:table-header-rows>${row(
      cell(p('Item')) + cell(p('Cost')),
    )}</table:table-header-rows>${row(
      `${cell(p('Rent') + p('and heat'), ' table:number-columns-spanned="2"')}<table:covered-table-cell/>`,
    )}${row(cell(inner) + cell(p('last')))}</table:table>`;
    expect((await readText(p('Before') + table + p('After'))).text).toBe(
      'Before\n\nItem | Cost\nRent<br>and heat |\nin ¦ side | last\n\nAfter',
    );
  });

  it('has its footnotes and endnotes behind the text, where they are marked', async () => {
    const note = (mark: string, text: string) =>
      `<text:note><text:note-citation>${mark}</text:note-citation><text:note-body>${p(text)}</text:note-body></text:note>`;
    const styles = textStyle('Sup', 'style:text-position="super 58%"');
    const body = p(
      `The rent<text:span text:style-name="Sup">${note('1', 'Without heating.')}</text:span> is due${note('i', 'See § 4.')}.`,
    );
    expect((await readText(`${body}${p('Next.')}`, { styles })).text).toBe(
      'The rent[1] is due[i].\n\nNext.\n\n[1] Without heating.\n\n[i] See § 4.',
    );
  });

  it('has its comments behind their paragraph, with who made them', async () => {
    const comment = `<office:annotation><dc:creator>Anna Berg</dc:creator><dc:date>2026-01-02T03:04:05</dc:date>${p('Is this')}${p('right?')}</office:annotation>`;
    expect((await readText(p(`Some${comment} words.`) + p('More.'))).text).toBe(
      'Some words.\n\n[Comment by Anna Berg] Is this right?\n\nMore.',
    );
  });

  it('leaves out deleted and hidden text, and says so', async () => {
    const deleted = `<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>Ben</dc:creator></office:change-info>${p('never')}</text:deletion></text:changed-region></text:tracked-changes>`;
    const styles = textStyle('Gone', 'text:display="none"') + textStyle('GoneToo', 'text:display="none"', 'paragraph');
    const read = await readText(
      `${deleted}${p('Kept<text:span text:style-name="Gone"> secret</text:span>.')}${p('all of it', 'GoneToo')}<text:section text:display="none">${p('section')}</text:section>`,
      { styles },
    );
    expect(read.text).toBe('Kept.');
    expect(read.notes).toEqual([
      'Text deleted in tracked changes was left out.',
      '22 characters of hidden text were left out.',
    ]);
  });

  it('keeps what counts as space, raised and struck text, and fields as they are shown', async () => {
    const styles =
      textStyle('Up', 'style:text-position="super 58%"') +
      textStyle('Down', 'style:text-position="-33% 58%"') +
      textStyle('Struck', 'style:text-line-through-style="solid"');
    const span = (style: string, text: string) => `<text:span text:style-name="${style}">${text}</text:span>`;
    const read = await readText(
      p(
        `10${span('Up', '6')}  H${span('Down', '2')}O<text:s text:c="2"/>${span('Struck', 'old')}<text:line-break/><text:tab/>`,
      ) +
        p('<text:database-display>Ms Lind</text:database-display>\n  of <text:date>1 May</text:date>') +
        p('<text:ruby><text:ruby-base>東京</text:ruby-base><text:ruby-text>とうきょう</text:ruby-text></text:ruby>'),
      { styles },
    );
    expect(read.text).toBe('10⁶ H₂O  ~~old~~\n\nMs Lind of 1 May\n\n東京');
  });

  it('has its text boxes where they are anchored', async () => {
    const box = `<draw:frame svg:width="5cm"><draw:text-box>${p('In the box')}</draw:text-box></draw:frame>`;
    const drawn = `<draw:custom-shape><svg:desc>alt</svg:desc>${p('Arrow')}</draw:custom-shape>`;
    expect((await readText(p(`Anchor ${box}goes on.`) + drawn)).text).toBe('Anchor\n\nIn the box\n\ngoes on.\n\nArrow');
  });

  it('has its formulas as typed, its charts with their numbers, and says what else is embedded', async () => {
    const object = (path: string) =>
      `<draw:frame><draw:object xlink:href="./${path}"/><draw:image xlink:href="./ObjectReplacements/x"/></draw:frame>`;
    const chart = `<office:document-content ${namespaces}><office:body><office:chart><chart:chart><chart:title>${p('Sales')}</chart:title><table:table><table:table-row><table:table-cell>${p('')}</table:table-cell><table:table-cell>${p('North')}</table:table-cell></table:table-row><table:table-row><table:table-cell>${p('Q1')}</table:table-cell><table:table-cell>${p('3')}</table:table-cell></table:table-row></table:table></chart:chart></office:chart></office:body></office:document-content>`;
    const math =
      '<math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mi>a</mi><annotation encoding="StarMath 5.0">a over b</annotation></semantics></math>';
    const read = await readText(p(`As ${object('Object 1')} shows.`) + p(object('Object 2')) + p(object('Object 3')), {
      parts: {
        'Object 1/content.xml': math,
        'Object 2/content.xml': chart,
        'Object 3/content.xml': `<office:document-content ${namespaces}/>`,
      },
    });
    expect(read.text).toBe('As a over b shows.\n\n[Chart] Sales\n | North\nQ1 | 3');
    expect(read.notes).toEqual(['Embedded objects were not read.']);
  });

  it('has a chart on lines of its own, also within a paragraph', async () => {
    const chart = `<office:document-content ${namespaces}><office:body><office:chart><chart:chart><chart:title>${p('Sales')}</chart:title></chart:chart></office:chart></office:body></office:document-content>`;
    const object = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>';
    const read = await readText(p(`See: ${object}as expected.`), { parts: { 'Object 1/content.xml': chart } });
    expect(read.text).toBe('See:\n[Chart] Sales\nas expected.');
  });

  it('has what is drawn in struck text as it is itself', async () => {
    const styles = textStyle('S', 'style:text-line-through-style="solid"');
    const chart = `<office:document-content ${namespaces}><office:body><office:chart><chart:chart><chart:title>${p('Sales')}</chart:title></chart:chart></office:chart></office:body></office:document-content>`;
    const object = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>';
    const struck = (content: string) => `<text:span text:style-name="S">${content}</text:span>`;
    const read = await readText(p(struck(`old${object}price`)) + object, {
      styles,
      parts: { 'Object 1/content.xml': chart },
    });
    expect(read.text).toBe('~~old~~\n[Chart] Sales\n~~price~~\n\n[Chart] Sales');
  });

  it('has no numbers of items that are only there to hold inner ones', async () => {
    const outline = (number: number) =>
      `<text:list-level-style-number text:level="${number}" style:num-format="1" text:display-levels="${number}"/>`;
    const styles = `<text:list-style style:name="L1">${outline(1)}${outline(2)}</text:list-style>`;
    const heading = (text: string) => `<text:h text:outline-level="2">${text}</text:h>`;
    const goesOn = ' text:style-name="L1" text:continue-numbering="true"';
    const body =
      list(item(list(item(heading('Scope')))), ' text:style-name="L1"') +
      p('Between.') +
      list(item(list(item(heading('Words')) + item(p('')) + item(p('Persons')))), goesOn) +
      list(item(p('Term') + list(item(p('Start')))), goesOn);
    expect((await readText(body, { styles })).text).toBe(
      '## 1.1 Scope\n\nBetween.\n\n## 1.2 Words\n  1.4 Persons\n1 Term\n  1.1 Start',
    );
  });

  it('has the headers and footers of its pages, once and marked', async () => {
    const page = (content: string) => `<office:master-styles>${content}</office:master-styles>`;
    const documentStyles = page(
      `<style:master-page style:name="Standard"><style:header>${p('Lease 12/2026')}</style:header><style:footer>${p('Page <text:page-number>1</text:page-number>')}</style:footer></style:master-page>` +
        `<style:master-page style:name="Other"><style:header>${p('Lease 12/2026')}</style:header><style:footer style:display="false">${p('Never')}</style:footer><style:footer-left>${p('<text:page-number>1</text:page-number>')}</style:footer-left></style:master-page>`,
    );
    expect((await readText(p('Body.'), { documentStyles })).text).toBe(
      '[Header] Lease 12/2026\n\nBody.\n\n[Footer] Page',
    );
  });
});

describe('an OpenDocument file', () => {
  it('in one piece is read like a packed one', async () => {
    const flat = (kind: string, body: string) =>
      `<?xml version="1.0"?>\n<office:document ${namespaces} office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}"><office:body><office:${kind}>${body}</office:${kind}></office:body></office:document>`;
    expect(await readBytes(flat('text', p('Hello.')), 'a.fodt')).toMatchObject({ format: 'odt', text: 'Hello.' });
    const sheet = `<table:table table:name="A"><table:table-row><table:table-cell>${p('1')}</table:table-cell></table:table-row></table:table>`;
    expect(await readBytes(flat('spreadsheet', sheet), 'a.fods')).toMatchObject({
      format: 'ods',
      text: '## Sheet: A\n\n1',
    });
  });

  it('whose macros alone have a password is read', async () => {
    const entry = (path: string, content = '') =>
      `<manifest:file-entry manifest:full-path="${path}">${content}</manifest:file-entry>`;
    const manifest = `<manifest:manifest ${namespaces}>${entry('content.xml')}${entry('Basic/Standard/Module1.xml', '<manifest:encryption-data/>')}</manifest:manifest>`;
    const read = await readText(p('Offer'), { parts: { 'META-INF/manifest.xml': manifest } });
    expect(read).toMatchObject({ text: 'Offer' });
  });

  it('with a password says so, in both of its forms', async () => {
    const manifest = `<manifest:manifest ${namespaces}><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`;
    for (const parts of [
      { ...odfParts('text', ''), 'META-INF/manifest.xml': manifest, 'content.xml': '\x01\x02\x03' },
      {
        mimetype: 'application/vnd.oasis.opendocument.text',
        'META-INF/manifest.xml': manifest,
        'encrypted-package': 'x',
      },
    ]) {
      expect(await problemOfParts(parts)).toMatchObject({ code: 'file_encrypted' });
    }
  });

  it('of a kind without text to read is named', async () => {
    expect(await problemOfParts(odfParts('drawing', ''), 'plan.odg')).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('an OpenDocument drawing'),
    });
  });

  it('without text, or with images only, says so', async () => {
    expect(await problemOfParts(odfParts('text', p('')))).toMatchObject({ code: 'file_empty' });
    const scan = p('<draw:frame svg:width="17cm" svg:height="24cm"><draw:image/></draw:frame>');
    expect(await problemOfParts(odfParts('text', scan))).toMatchObject({ code: 'file_no_text' });
  });

  it('is read whatever prefixes its namespaces have', async () => {
    const renamed = Object.fromEntries(
      Object.entries(odfParts('text', '<text:h text:outline-level="2">Title</text:h>')).map(([name, xml]) => [
        name,
        xml.replace(/(<\/?| )text:/g, '$1t9:').replaceAll('xmlns:text=', 'xmlns:t9='),
      ]),
    );
    expect((await readParts(renamed)).text).toBe('## Title');
  });
});
