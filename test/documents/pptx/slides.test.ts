import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts, relationship, relationshipsOf } from '../read-parts.ts';
import {
  bulleted,
  frame,
  line,
  namespaces,
  presentationParts,
  readSlide,
  readSlides,
  shape,
  title,
} from './slide-parts.ts';

describe('slides', () => {
  it('come in the order in which they are shown, each under its number and title', async () => {
    const read = await readSlides(
      [
        { shapes: shape(line('The end.')) },
        { shapes: shape(line('By Anna Berg'), 'type="subTitle" idx="1"') + title('Results of 2026') },
      ],
      { order: [2, 1] },
    );
    expect(read).toMatchObject({
      format: 'pptx',
      text: '## Slide 1: Results of 2026\n\nBy Anna Berg\n\n## Slide 2\n\nThe end.',
      notes: [],
    });
    expect(placeOf(read, 'By Anna')).toBe('slide 1');
    expect(placeOf(read, 'The end')).toBe('slide 2');
  });

  it('that are hidden are read and said', async () => {
    const read = await readSlides([{ shapes: title('Shown') }, { shapes: title('Backup'), isHidden: true }]);
    expect(read.text).toBe('## Slide 1: Shown\n\n## Slide 2 (hidden): Backup');
    expect(read.notes).toEqual(['Slide 2 is hidden; it was read, too.']);
  });

  it('have their notes, without what else is on the page of notes', async () => {
    const notes =
      shape('<a:p><a:fld type="slidenum"><a:t>7</a:t></a:fld></a:p>', 'type="sldNum" idx="5"') +
      shape(line('Say hello first.') + line('Then the numbers.'), 'type="body" idx="1"') +
      shape(line('Board meeting'), 'type="hdr"');
    expect((await readSlide(title('Start'), { notes })).text).toBe(
      '## Slide 1: Start\n\n[Notes] Say hello first.\nThen the numbers.',
    );
  });

  it('show a footer and a typed date once, and neither a date that changes by itself nor the number', async () => {
    const shapes =
      shape(line('Confidential'), 'type="ftr" idx="11"') +
      shape(line('Page 12'), 'type="sldNum" idx="12"') +
      shape('<a:p><a:fld type="datetime1"><a:t>2 June</a:t></a:fld></a:p>', 'type="dt" idx="10"') +
      shape(line('1 May'), 'type="dt" idx="10"');
    const read = await readSlides([{ shapes: title('One') + shapes }, { shapes: title('Two') + shapes }]);
    expect(read.text).toBe('## Slide 1: One\n\n[Footer] Confidential\n\n[Footer] 1 May\n\n## Slide 2: Two');
  });

  it('with images only say so', async () => {
    const picture =
      '<p:pic><p:blipFill/><p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9144000" cy="6858000"/></a:xfrm></p:spPr></p:pic>';
    expect(await problemOfParts(presentationParts([{ shapes: picture }]))).toMatchObject({
      code: 'file_no_text',
      message: expect.stringContaining('contain images and no text'),
    });
    expect((await readSlide(title('Scan') + picture)).notes).toEqual([
      '1 large image was not read; if it contains text, that text is missing.',
    ]);
    expect(await problemOfParts(presentationParts([{ shapes: '' }]))).toMatchObject({ code: 'file_empty' });
  });
});

describe('the text of a slide', () => {
  it('has its lists with levels, bullets and numbers', async () => {
    const number = (type: string) => `<a:buAutoNum type="${type}"/>`;
    const body =
      bulleted('Plan') +
      bulleted('Detail', 1) +
      bulleted('First', 0, number('arabicPeriod')) +
      bulleted('inner', 1, number('alphaLcParenR')) +
      bulleted('other', 1, number('alphaLcParenR')) +
      bulleted('Second', 0, number('arabicPeriod')) +
      bulleted('Plain', 0, '<a:buNone/>');
    expect((await readSlide(shape(body))).text).toBe(
      '- Plan\n  - Detail\n1. First\n  a) inner\n  b) other\n2. Second\nPlain',
    );
  });

  it('takes the bullets of its layout and master, and none of their prompts', async () => {
    const layout = `<p:sldLayout ${namespaces}><p:cSld><p:spTree>${shape(
      `<a:lstStyle><a:lvl1pPr><a:buNone/></a:lvl1pPr></a:lstStyle>${line('Click to add text')}`,
      'type="body" idx="13"',
    )}</p:spTree></p:cSld></p:sldLayout>`;
    const master = `<p:sldMaster ${namespaces}><p:txStyles><p:bodyStyle><a:lvl1pPr><a:buChar char="•"/></a:lvl1pPr></p:bodyStyle></p:txStyles></p:sldMaster>`;
    const read = await readSlide(shape(line('Caption'), 'type="body" idx="13"') + shape(line('Point'), 'idx="1"'), {
      relationships: relationship('layout', 'slideLayout', '../slideLayouts/slideLayout1.xml'),
      parts: {
        'ppt/slideLayouts/slideLayout1.xml': layout,
        'ppt/slideLayouts/_rels/slideLayout1.xml.rels': `<Relationships>${relationship('m', 'slideMaster', '../slideMasters/slideMaster1.xml')}</Relationships>`,
        'ppt/slideMasters/slideMaster1.xml': master,
      },
    });
    expect(read.text).toBe('Caption\n\n- Point');
  });

  it('is followed once by what its layout and master print on every slide', async () => {
    const page = (root: string, text: string, attributes = '') =>
      `<p:${root} ${namespaces}${attributes}><p:cSld><p:spTree>${shape(line(text))}${shape(line('Click to add text'), 'type="body"')}</p:spTree></p:cSld></p:${root}>`;
    const layout = (name: string, attributes = '') => ({
      [`ppt/slideLayouts/${name}.xml`]: page('sldLayout', `Layout ${name}`, attributes),
      [`ppt/slideLayouts/_rels/${name}.xml.rels`]: `<Relationships>${relationship('m', 'slideMaster', '../slideMasters/slideMaster1.xml')}</Relationships>`,
    });
    const slideOf = (name: string, showsMaster = true) => ({
      shapes: title('Plan'),
      showsMaster,
      relationships: relationship('layout', 'slideLayout', `../slideLayouts/${name}.xml`),
    });
    const read = await readSlides([slideOf('a', false), slideOf('b'), slideOf('a'), slideOf('a')], {
      parts: {
        ...layout('a'),
        ...layout('b', ' showMasterSp="0"'),
        'ppt/slideMasters/slideMaster1.xml': page('sldMaster', 'Confidential'),
      },
    });
    expect(read.text).toBe(
      '## Slide 1: Plan\n\n## Slide 2: Plan\n\n[Footer] Layout b\n\n## Slide 3: Plan\n\n[Footer] Layout a\n\n[Footer] Confidential\n\n## Slide 4: Plan',
    );
  });

  it('keeps line breaks, raised and struck text, and symbols of fonts', async () => {
    const run = (text: string, properties = '', inner = '') =>
      `<a:r><a:rPr ${properties}>${inner}</a:rPr><a:t>${text}</a:t></a:r>`;
    const body =
      `<a:p>${run('10')}${run('6', 'baseline="30000"')}${run(' cells')}<a:br/>${run('old', 'strike="sngStrike"')}</a:p>` +
      `<a:p>${run('a', '', '<a:latin typeface="Symbol"/>')}${run(' = 5')}</a:p>` +
      // This font is for what is no letter: the letters among it are in the ordinary one.
      `<a:p>${run('\uf0de x+z for all', '', '<a:sym typeface="Symbol"/>')}</a:p>`;
    expect((await readSlide(shape(body))).text).toBe('10⁶ cells\n~~old~~\nα = 5\n⇒ x+z for all');
  });

  it('has its tables, grouped shapes and what connects them', async () => {
    const cell = (text: string, merge = '') =>
      `<a:tc${merge}><a:txBody>${text === '' ? '<a:p/>' : line(text)}</a:txBody></a:tc>`;
    const table = `<a:tbl><a:tr>${cell('Item').replace('</a:txBody>', `${line('of wood')}</a:txBody>`)}${cell('Cost')}</a:tr><a:tr>${cell('Total', ' gridSpan="2"')}${cell('', ' hMerge="1"')}</a:tr></a:tbl>`;
    const group = `<p:grpSp>${shape(line('Left'))}<p:grpSp>${shape(line('Inner'))}</p:grpSp></p:grpSp>`;
    const read = await readSlide(frame(table) + group + shape(line('Last')));
    expect(read.text).toBe('Item<br>of wood | Cost\nTotal |\n\nLeft\n\nInner\n\nLast');
  });

  it('has its charts with their numbers, and its diagrams', async () => {
    const points = (values: readonly (string | number)[]) =>
      values.map((value, at) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`).join('');
    const chart = `<c:chartSpace ${namespaces}><c:title><a:p><a:r><a:t>Sales</a:t></a:r></a:p><a:p><a:r><a:t>of 20</a:t></a:r><a:r><a:t>26</a:t></a:r></a:p></c:title><c:ser><c:tx><c:v>North</c:v></c:tx><c:cat>${points(['Q1', 'Q2'])}</c:cat><c:val>${points([3, 5])}</c:val></c:ser></c:chartSpace>`;
    const point = (id: string, text: string, type = 'node') =>
      `<dgm:pt modelId="${id}" type="${type}"><dgm:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></dgm:t></dgm:pt>`;
    const diagram = `<dgm:dataModel ${namespaces}>${point('0', '', 'doc')}${point('1', 'Ask')}${point('2', 'Answer')}<dgm:cxn srcId="0" destId="1"/><dgm:cxn srcId="1" destId="2"/></dgm:dataModel>`;
    const read = await readSlide(frame('<c:chart r:id="chart"/>') + frame('<dgm:relIds r:dm="data"/>'), {
      relationships:
        relationship('chart', 'chart', '../charts/chart1.xml') +
        relationship('data', 'diagramData', '/ppt/diagrams/data1.xml'),
      parts: { 'ppt/charts/chart1.xml': chart, 'ppt/diagrams/data1.xml': diagram },
    });
    expect(read.text).toBe('[Chart] Sales of 2026\nNorth: Q1 = 3; Q2 = 5\n\n- Ask\n  - Answer');
  });

  it('has what lies on its charts', async () => {
    const shapes = `<c:userShapes ${namespaces} xmlns:cdr="http://schemas.openxmlformats.org/drawingml/2006/chartDrawing"><cdr:sp><cdr:txBody>${line('Strike')}${line('in May')}</cdr:txBody></cdr:sp></c:userShapes>`;
    const read = await readSlide(frame('<c:chart r:id="chart"/>'), {
      relationships: relationship('chart', 'chart', '../charts/chart1.xml'),
      parts: {
        'ppt/charts/chart1.xml': `<c:chartSpace ${namespaces}><c:title>${line('Sales')}</c:title></c:chartSpace>`,
        'ppt/charts/_rels/chart1.xml.rels': relationshipsOf(
          relationship('s', 'chartUserShapes', '../drawings/drawing1.xml'),
        ),
        'ppt/drawings/drawing1.xml': shapes,
      },
    });
    expect(read.text).toBe('[Chart] Sales\n\n[Text box] Strike\nin May');
  });

  it('says that it has controls and charts without any text', async () => {
    const control = '<p:controls><p:control name="Choice" r:id="control"/></p:controls>';
    const { notes } = await readSlide(title('Vote') + control + frame('<c:chart r:id="none"/>'));
    expect(notes).toEqual(['Some charts or diagrams were not read.', 'Form controls were not read.']);
    expect(await problemOfParts(presentationParts([{ shapes: control }]))).toMatchObject({
      message: expect.stringContaining('form controls'),
    });
  });

  it('has large pictures that are a ground, or that take their size from the layout', async () => {
    const relationships = ['a', 'b', 'c', 'd'].map((id) => relationship(id, 'image', `../media/${id}.png`)).join('');
    const fill = (id: string) => `<a:blipFill><a:blip r:embed="${id}"/></a:blipFill>`;
    const size = (side: number) => `<a:xfrm><a:off x="0" y="0"/><a:ext cx="${side}" cy="${side}"/></a:xfrm>`;
    const drawn = (id: string, side: number) => `<p:sp><p:spPr>${size(side)}${fill(id)}</p:spPr></p:sp>`;
    const placed =
      '<p:pic><p:nvPicPr><p:nvPr><p:ph type="pic"/></p:nvPr></p:nvPicPr><p:blipFill><a:blip r:embed="d"/></p:blipFill><p:spPr/></p:pic>';
    const read = await readSlide(
      `<p:bg><p:bgPr>${fill('a')}</p:bgPr></p:bg>${drawn('b', 6_000_000)}${drawn('c', 60_000)}${placed}`,
      { relationships },
    );
    expect(read.text).toBe('[Picture]\n\n[Picture]\n\n[Picture]');
  });

  it('has what was typed at the points of its charts', async () => {
    const point = (at: number, value: string) => `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`;
    const label = (at: number, content: string) =>
      `<c:dLbl><c:idx val="${at}"/><c:tx><c:rich>${content}</c:rich></c:tx></c:dLbl>`;
    const field = (type: string) => `<a:fld type="${type}"><a:t>[${type}]</a:t></a:fld>`;
    const labels =
      label(0, line('Launch') + line('in May')) +
      label(1, `<a:p><a:r><a:t>best: </a:t></a:r>${field('VALUE')}</a:p>`) +
      label(2, `<a:p>${field('CATEGORYNAME')}</a:p>`);
    const values = ['3', '5', '4'].map((value, at) => point(at, value)).join('');
    const chart = `<c:chartSpace ${namespaces}><c:ser><c:tx><c:v>North</c:v></c:tx><c:dLbls>${labels}</c:dLbls><c:val>${values}</c:val></c:ser></c:chartSpace>`;
    const read = await readSlide(frame('<c:chart r:id="chart"/>'), {
      relationships: relationship('chart', 'chart', '../charts/chart1.xml'),
      parts: { 'ppt/charts/chart1.xml': chart },
    });
    expect(read.text).toBe('[Chart] North: 1 = 3 (Launch in May); 2 = 5 (best); 3 = 4');
  });

  it('has its equations, once where an older form stands beside them', async () => {
    const math = 'http://schemas.openxmlformats.org/officeDocument/2006/math';
    const equation = `<mc:AlternateContent><mc:Choice>${shape(
      `<a:p><m:oMath xmlns:m="${math}"><m:r><m:t>x=2</m:t></m:r></m:oMath></a:p>`,
    )}</mc:Choice><mc:Fallback>${shape(line('picture of x=2'))}</mc:Fallback></mc:AlternateContent>`;
    const read = await readSlide(equation);
    expect(read.text).toBe('x=2');
    expect(read.notes).toEqual(['Equations appear as a plain row of symbols.']);
    const within = `<a:p><a:r><a:t>As </a:t></a:r><mc:AlternateContent><mc:Choice><m:oMath xmlns:m="${math}"><m:r><m:t>x=2</m:t></m:r></m:oMath></mc:Choice><mc:Fallback><a:r><a:t>x=2</a:t></a:r></mc:Fallback></mc:AlternateContent><a:r><a:t>.</a:t></a:r></a:p>`;
    expect((await readSlide(shape(within) + equation)).text).toBe('As x=2.\n\nx=2');
  });
});

describe('comments on a slide', () => {
  it('name who wrote them, in both of their forms', async () => {
    const later = 'http://schemas.microsoft.com/office/powerpoint/2018/8/main';
    const read = await readSlides(
      [
        {
          shapes: title('Plan'),
          relationships:
            relationship('c1', 'comments', '../comments/comment1.xml') +
            relationship('c2', 'comments', '../comments/modernComment.xml'),
        },
      ],
      {
        relationships:
          relationship('a1', 'commentAuthors', 'commentAuthors.xml') + relationship('a2', 'authors', 'authors.xml'),
        parts: {
          'ppt/commentAuthors.xml': `<p:cmAuthorLst ${namespaces}><p:cmAuthor id="0" name="Ben"/></p:cmAuthorLst>`,
          'ppt/authors.xml': `<a:authorLst xmlns:a="${later}"><a:author id="{1}" name="Anna"/></a:authorLst>`,
          'ppt/comments/comment1.xml': `<p:cmLst ${namespaces}><p:cm authorId="0"><p:text>Check this.</p:text></p:cm></p:cmLst>`,
          'ppt/comments/modernComment.xml':
            `<p188:cmLst xmlns:p188="${later}" ${namespaces}><p188:cm authorId="{1}"><p188:replyLst><p188:reply authorId="{1}"><p188:txBody>${line('Done.')}</p188:txBody></p188:reply></p188:replyLst>` +
            `<p188:txBody>${line('Too long?')}</p188:txBody></p188:cm></p188:cmLst>`,
        },
      },
    );
    expect(read.text).toBe(
      '## Slide 1: Plan\n\n[Comment by Ben] Check this.\n\n[Comment by Anna] Too long?\n\n[Comment by Anna] Done.',
    );
  });
});

describe('a presentation', () => {
  it('is told by its content, whatever variant it is', async () => {
    const prefix = 'application/vnd.';
    for (const type of [
      'openxmlformats-officedocument.presentationml.slideshow.main+xml',
      'openxmlformats-officedocument.presentationml.template.main+xml',
      'ms-powerpoint.presentation.macroEnabled.main+xml',
    ]) {
      const read = await readSlides([{ shapes: title('Hello') }], { contentType: prefix + type });
      expect(read).toMatchObject({ format: 'pptx', text: '## Slide 1: Hello' });
    }
  });

  it('that lacks a slide is damaged', async () => {
    const { 'ppt/slides/slide1.xml': _, ...rest } = presentationParts([{ shapes: '' }]);
    expect(await problemOfParts(rest)).toMatchObject({
      code: 'file_damaged',
      message: expect.stringContaining('slides'),
    });
  });
});
