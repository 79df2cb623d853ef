import { describe, expect, it } from 'vitest';
import { noteWords } from '../../../src/shared/reading-note-words.ts';
import { pngImage } from '../../support/corpus.ts';
import { packZip, paragraph, wordDocument } from '../hostile-files.ts';
import { packageParts, readBytes, relationship, relationshipsOf } from '../read-parts.ts';
import { field, line, problemOfWord, readWord, run, w } from './word-parts.ts';

const kinds = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const r = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const office = 'http://schemas.openxmlformats.org';
const part = (kind: 'hdr' | 'ftr', content: string) => `<w:${kind} ${w}>${content}</w:${kind}>`;
const section = (content: string) => `<w:sectPr>${content}</w:sectPr>`;
const header = (id: string, type = 'default') => `<w:headerReference w:type="${type}" r:id="${id}"/>`;
const footer = (id: string, type = 'default') => `<w:footerReference w:type="${type}" r:id="${id}"/>`;
const relationships = ['h1:header1.xml', 'h2:header2.xml', 'f1:footer1.xml', 'f2:/word/footer2.xml']
  .map((pair) => pair.split(':'))
  .map(
    ([id, target]) =>
      `<Relationship Id="${id}" Type="${kinds}/${id?.startsWith('h') ? 'header' : 'footer'}" Target="${target}"/>`,
  )
  .join('');

describe('headers and footers of a Word document', () => {
  it('are read, marked, if they contain the only text', async () => {
    const parts = { 'word/header1.xml': part('hdr', paragraph('Notice of termination, file 4711.')) };
    expect((await readWord(`<w:p/>${section(header('h1'))}`, { relationships, parts })).text).toBe(
      '[Header] Notice of termination, file 4711.',
    );
    expect((await readWord('<w:p/>', { parts })).text, 'that no section refers to').toBe(
      '[Header] Notice of termination, file 4711.',
    );
  });

  it('are read once beside a body, however many sections share them', async () => {
    const parts = {
      'word/header1.xml': part('hdr', paragraph('Lind GmbH') + paragraph('Confidential')),
      'word/header2.xml': part('hdr', paragraph('Lind GmbH') + paragraph('Confidential')),
      'word/footer1.xml': part('ftr', paragraph('Registered in Utrecht')),
      'word/footer2.xml': part('ftr', line(field('PAGE', run('3')))),
    };
    const body =
      line(run('Dear Ms Roy,'), section(header('h1') + footer('f1'))) +
      paragraph('Yours') +
      section(header('h2') + footer('f1') + footer('f2', 'even'));
    expect(await readWord(body, { relationships, parts })).toEqual({
      text: '[Header] Lind GmbH\nConfidential\n\nDear Ms Roy,\n\nYours\n\n[Footer] Registered in Utrecht',
      notes: [],
    });
  });

  it('are read once where only the page numbers differ that they were stored with', async () => {
    const numbered = (page: string, name: string) =>
      part(
        'ftr',
        line(
          `${run(`${name}, page `)}${field('PAGE', run(page))}${run(' of ')}<w:fldSimple w:instr="NUMPAGES">${run(`1${page}`)}</w:fldSimple>`,
        ),
      );
    const parts = {
      'word/footer1.xml': numbered('1', 'Offer 7'),
      'word/footer2.xml': numbered('2', 'Offer 7'),
      'word/header1.xml': numbered('3', 'Offer 8').replaceAll('w:ftr', 'w:hdr'),
      'word/header2.xml': numbered('3', 'Offer 9').replaceAll('w:ftr', 'w:hdr'),
    };
    const more = header('h1') + header('h2', 'even') + footer('f1') + footer('f2', 'even');
    expect(await readWord(paragraph('Text') + section(more), { relationships, parts })).toEqual({
      text: '[Header] Offer 8, page 3 of 13\n\n[Header] Offer 9, page 3 of 13\n\nText\n\n[Footer] Offer 7, page 1 of 11',
      notes: [],
    });
  });

  it('of a first page are read if there is one', async () => {
    const parts = { 'word/header1.xml': part('hdr', paragraph('Letterhead')) };
    const body = (more: string) => paragraph('Text') + section(header('h1', 'first') + more);
    expect((await readWord(body(''), { relationships, parts })).text).toBe('Text');
    expect((await readWord(body('<w:titlePg/>'), { relationships, parts })).text).toBe('[Header] Letterhead\n\nText');
  });

  it('include their tables, text boxes and watermarks', async () => {
    const mark =
      '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>';
    const table = `<w:tbl><w:tr><w:tc>${paragraph('Offer')}</w:tc><w:tc>${paragraph('No. 7')}</w:tc></w:tr></w:tbl>`;
    const box = `<w:p><w:r><w:pict><w:txbxContent>${paragraph('In a box')}</w:txbxContent></w:pict></w:r></w:p>`;
    const parts = { 'word/header1.xml': part('hdr', table + box + mark) };
    expect((await readWord(paragraph('Text') + section(header('h1')), { relationships, parts })).text).toBe(
      '[Header] Offer | No. 7\nIn a box\nDRAFT\n\nText',
    );
  });

  it('are read once, however many names they have', async () => {
    const ids = Array.from({ length: 5_000 }, (_, index) => `h${index}`);
    const names = ids.map((id) => `<Relationship Id="${id}" Type="${kinds}/header" Target="header1.xml"/>`).join('');
    const long = Array.from({ length: 20_000 }, (_, index) => paragraph(`Line ${index}`)).join('');
    const body = paragraph('Text') + section(ids.map((id) => header(id)).join(''));
    const parts = { 'word/header1.xml': part('hdr', long) };
    expect((await readWord(body, { relationships: names, parts })).text).toMatch(/^\[Header\] Line 0\nLine 1\n/);
  });

  it('that are missing or damaged are distinguished from none', async () => {
    expect((await readWord(paragraph('Text') + section(header('h1')), { relationships })).text).toBe('Text');
    const parts = { 'word/header1.xml': `<w:hdr ${w}><w:p><w:r>` };
    expect(await problemOfWord(paragraph('Text') + section(header('h1')), { relationships, parts })).toMatchObject({
      code: 'file_damaged',
    });
  });
});

describe('notes of a Word document', () => {
  const notes = (kind: string, id: string, content: string) => ({
    [`word/${kind}s.xml`]: `<w:${kind}s ${w}><w:${kind} w:id="0">${paragraph('---')}</w:${kind}><w:${kind} w:id="${id}">${content}</w:${kind}></w:${kind}s>`,
  });
  const refer = (kind: string, id: string, more = '') =>
    `<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:${kind}Reference w:id="${id}"${more}/></w:r>`;

  it('come at the end, with marks distinct from superscripts', async () => {
    const parts = {
      ...notes('footnote', '2', paragraph('As of May.')),
      ...notes('endnote', '3', paragraph('See annex.')),
    };
    const body = line(
      run('10') +
        run('6', '<w:vertAlign w:val="superscript"/>') +
        refer('footnote', '2') +
        run(' litres') +
        refer('endnote', '3'),
    );
    expect((await readWord(body, { parts })).text).toBe('10⁶[1] litres[i]\n\n[1] As of May.\n\n[i] See annex.');
  });

  it('are numbered per kind, as the document says', async () => {
    const parts = {
      ...notes('footnote', '2', paragraph('As of May.')),
      'word/settings.xml': `<w:settings ${w}><w:footnotePr><w:numFmt w:val="upperLetter"/></w:footnotePr></w:settings>`,
    };
    const body = line(run('Text') + refer('footnote', '2'));
    expect((await readWord(body, { parts })).text).toBe('Text[A]\n\n[A] As of May.');
    const start = '<w:sectPr><w:footnotePr><w:numStart w:val="7"/></w:footnotePr></w:sectPr>';
    expect((await readWord(body + start, { parts })).text).toBe('Text[G]\n\n[G] As of May.');
  });

  it('may have custom marks, which are not counted', async () => {
    const parts = {
      'word/footnotes.xml':
        `<w:footnotes ${w}><w:footnote w:id="1">${paragraph('* Deceased.')}</w:footnote>` +
        `<w:footnote w:id="2">${paragraph('As of May.')}</w:footnote></w:footnotes>`,
    };
    const body = line(
      run('Lind') +
        refer('footnote', '1', ' w:customMarkFollows="1"') +
        run('*', '<w:vertAlign w:val="superscript"/>') +
        run(' and Roy') +
        refer('footnote', '2'),
    );
    expect((await readWord(body, { parts })).text).toBe('Lind* and Roy[1]\n\n* Deceased.\n\n[1] As of May.');
  });

  it('have their fields read, even after unreferenced notes', async () => {
    const unclosed = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>';
    const parts = {
      'word/footnotes.xml':
        `<w:footnotes ${w}><w:footnote w:id="0">${unclosed}</w:footnote>` +
        `<w:footnote w:id="1">${line(run('See ') + field('REF a', run('clause 7')))}</w:footnote></w:footnotes>`,
    };
    expect((await readWord(line(run('Text') + refer('footnote', '1')), { parts })).text).toBe(
      'Text[1]\n\n[1] See clause 7',
    );
  });
});

describe('drawings of a Word document', () => {
  const ns = (kind: string) =>
    `xmlns:x="http://schemas.openxmlformats.org/drawingml/2006/${kind}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"`;

  it('that are diagrams are read in tree order', async () => {
    const box = (id: string, text: string) =>
      `<x:pt modelId="${id}"><x:t><a:p><a:r><a:t>${text}</a:t></a:r></a:p></x:t></x:pt>`;
    const under = (parent: string, child: string) => `<x:cxn modelId="c${child}" srcId="${parent}" destId="${child}"/>`;
    const data =
      `<x:dataModel ${ns('diagram')}><x:ptLst><x:pt modelId="0" type="doc"/>${box('2', 'Finance')}${box('1', 'Board')}` +
      `${box('3', 'Sales &amp;')}${box('9', 'Loose')}<x:pt modelId="p" type="pres"/></x:ptLst><x:cxnLst>${under('0', '1')}` +
      `${under('1', '3')}${under('1', '2')}<x:cxn type="presOf" srcId="1" destId="p"/>${under('2', '1')}</x:cxnLst></x:dataModel>`;
    expect(await readWord(paragraph('Plan'), { parts: { 'word/diagrams/data1.xml': data } })).toEqual({
      text: 'Plan\n\n[Diagram] - Board\n  - Sales &\n  - Finance\n- Loose',
      notes: [],
    });
  });

  it('are read from the fallback if the newer form has no text', async () => {
    const box = (text: string) => `<w:pict><w:txbxContent>${paragraph(text)}</w:txbxContent></w:pict>`;
    const alternate = (choice: string, fallback: string) =>
      '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">' +
      `<mc:Choice Requires="x">${choice}</mc:Choice><mc:Fallback>${fallback}</mc:Fallback></mc:AlternateContent></w:r>`;
    expect((await readWord(line(run('Text') + alternate('<x:ink/>', box('Note'))))).text).toBe('Text\n\nNote');
    expect((await readWord(line(run('Text') + alternate(box('New'), box('Old'))))).text).toBe('Text\n\nNew');
    const inner = box('Outer').replace(
      '</w:txbxContent>',
      `<w:p>${alternate('<x:ink/>', box('Inner'))}</w:p></w:txbxContent>`,
    );
    expect((await readWord(line(alternate(inner, box('Old'))))).text).toBe('Outer\n\nInner');
  });

  it('that are charts have their numbers and dates as they are shown', async () => {
    const cache = (kind: string, pattern: string, ...points: string[]) =>
      `<c:${kind}><c:numRef><c:numCache><c:formatCode>${pattern}</c:formatCode>${points.join('')}</c:numCache></c:numRef></c:${kind}>`;
    const point = (at: number, value: string, more = '') => `<c:pt idx="${at}"${more}><c:v>${value}</c:v></c:pt>`;
    const series =
      cache('cat', 'd/m/yyyy', point(0, '46082'), point(1, '46113')) +
      cache('val', '0%', point(0, '0.251358695652174'), point(1, '8.1999999999999993', ' formatCode="General"'));
    const chart = `<c:chartSpace ${ns('chart').replace('xmlns:x', 'xmlns:c')}><c:chart><c:ser>${series}</c:ser></c:chart></c:chartSpace>`;
    expect((await readWord(paragraph('Plan'), { parts: { 'word/charts/chart1.xml': chart } })).text).toBe(
      'Plan\n\n[Chart] 2026-03-01 = 25%; 2026-04-01 = 8.2',
    );
  });

  it('that are charts are read with titles and numbers', async () => {
    const points = (...texts: string[]) =>
      texts.map((text, at) => `<x:pt idx="${at}"><x:v>${text}</x:v></x:pt>`).join('');
    const series = (name: string, ...values: string[]) =>
      `<x:ser><x:tx><x:strRef><x:f>Sheet1!B1</x:f><x:strCache>${points(name)}</x:strCache></x:strRef></x:tx>` +
      `<x:cat><x:strRef><x:strCache>${points('Q1', 'Q2')}</x:strCache></x:strRef></x:cat>` +
      `<x:val><x:numRef><x:numCache><x:formatCode>General</x:formatCode>${points(...values)}</x:numCache></x:numRef></x:val></x:ser>`;
    const title =
      '<x:title><x:tx><x:rich><a:p><a:r><a:t>Costs in </a:t></a:r><a:r><a:t>kEUR</a:t></a:r></a:p></x:rich></x:tx></x:title>';
    const chart = `<x:chartSpace ${ns('chart')}><x:chart>${title}${series('Steel', '4.3', '2.5')}${series('Copper', '1', '2')}</x:chart></x:chartSpace>`;
    expect((await readWord(paragraph('Plan'), { parts: { 'word/charts/chart1.xml': chart } })).text).toBe(
      'Plan\n\n[Chart] Costs in kEUR\nSteel: Q1 = 4.3; Q2 = 2.5\nCopper: Q1 = 1; Q2 = 2',
    );
  });
});

describe('parts of a Word document that some program called otherwise', () => {
  it('are read by what the document says they are', async () => {
    const title = '<c:title><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:title>';
    const body = line(`${run('Body')}<w:r><w:footnoteReference w:id="2"/></w:r>`) + section(header('h'));
    const { text } = await readWord(body, {
      relationships:
        relationship('h', 'header', 'kopf.xml') +
        relationship('n', 'footnotes', 'noten/n.xml') +
        relationship('c', 'chart', '../grafik/c.xml') +
        relationship('again', 'chart', '../grafik/c.xml'),
      parts: {
        'word/kopf.xml': part('hdr', paragraph('Lind GmbH')),
        'word/noten/n.xml': `<w:footnotes ${w} ${r}><w:footnote w:id="2">${paragraph('As agreed.')}</w:footnote></w:footnotes>`,
        'grafik/c.xml': `<c:chartSpace xmlns:c="${office}/drawingml/2006/chart" xmlns:a="${office}/drawingml/2006/main">${title}</c:chartSpace>`,
      },
    });
    expect(text).toBe('[Header] Lind GmbH\n\nBody[1]\n\n[1] As agreed.\n\n[Chart] Sales');
  });
});

it('a Word document that some program called otherwise within its file is read', async () => {
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const file = packZip({
    ...packageParts('content/trial.xml', type),
    'content/trial.xml': `<w:document ${w} ${r}><w:body>${paragraph('Steel')}${section(footer('f'))}</w:body></w:document>`,
    'content/_rels/trial.xml.rels': relationshipsOf(relationship('f', 'footer', 'feet.xml')),
    'content/feet.xml': part('ftr', paragraph('Registered in Utrecht')),
  });
  expect((await readBytes(file)).text).toBe('Steel\n\n[Footer] Registered in Utrecht');
});

describe('what lies on the charts of a Word document', () => {
  it('is read behind them', async () => {
    const shape = (text: string) =>
      `<cdr:sp><cdr:txBody><a:p><a:r><a:t>${text}</a:t></a:r></a:p></cdr:txBody></cdr:sp>`;
    const shapes = `<c:userShapes xmlns:c="${office}/drawingml/2006/chart" xmlns:a="${office}/drawingml/2006/main" xmlns:cdr="${office}/drawingml/2006/chartDrawing">${shape('Strike in May')}${shape('Target')}</c:userShapes>`;
    const { text } = await readWord(paragraph('Plan'), { parts: { 'word/drawings/drawing1.xml': shapes } });
    expect(text).toBe('Plan\n\n[Text box] Strike in May\n\n[Text box] Target');
  });
});

describe('a picture in a Word document as Word 2007 and before wrote it', () => {
  const shape = (size: string, holder = 'pict') =>
    `<w:p><w:r><w:t>Signed:</w:t><w:${holder}><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="position:absolute;${size}"><v:imagedata r:id="i1"/></v:shape></w:${holder}></w:r></w:p>`;
  const read = (body: string, target: string) =>
    readWord(body, { relationships: `<Relationship Id="i1" Type="${kinds}/image" Target="${target}"/>` });
  const large = 'width:468pt;height:20cm';

  it('is read if it is large, and counted if it is of a kind that is not read', async () => {
    expect((await read(shape(large), 'media/image1.png')).text).toBe('Signed:\n\n[Picture]');
    expect((await read(shape(large), 'media/image1.wmf')).notes.map(noteWords)).toEqual([
      '1 large image was not read; if it contains text, that text is missing.',
    ]);
    expect(await read(shape('width:40pt;height:20pt'), 'media/image1.png')).toEqual({ text: 'Signed:', notes: [] });
  });

  it('is passed over where it shows an object', async () => {
    expect(await read(shape(large, 'object'), 'media/image1.wmf')).toEqual({ text: 'Signed:', notes: [] });
  });
});

it('a line to sign on in a Word document says who is to sign', async () => {
  const signer = 'o:suggestedsigner="Ana Lind" o:suggestedsigner2="Director"';
  const signature = `<w:pict><v:shape xmlns:v="urn:v"><o:signatureline xmlns:o="urn:schemas-microsoft-com:office:office" ${signer}/></v:shape></w:pict>`;
  expect((await readWord(line(`${run('Agreed. ')}<w:r>${signature}</w:r>`))).text).toBe(
    'Agreed. [Signature line] Ana Lind, Director',
  );
});

describe('parts of a Word document in other formats', () => {
  const chunk = (target: string, content: string | Uint8Array) =>
    readWord(`${paragraph('Cover')}<w:altChunk r:id="c1"/>${paragraph('End')}`, {
      relationships: `<Relationship Id="c1" Type="${kinds}/aFChunk" Target="${target}"/>`,
      parts: { [`word/${target.replace('/word/', '')}`]: content },
    });

  it('are read in place: web pages and plain text', async () => {
    expect((await chunk('chunk.htm', '<h1>Prices</h1><ol type="a"><li>Steel<li>Copper</ol>')).text).toBe(
      'Cover\n\nPrices\n\na. Steel\nb. Copper\n\nEnd',
    );
    expect((await chunk('/word/notes.txt', 'Größe')).text).toBe('Cover\n\nGröße\n\nEnd');
    expect((await chunk('hidden.html', '<div style="display:none">All of the report</div>')).notes).toEqual([
      { code: 'hidden_text_read', params: {} },
    ]);
  });

  it('are read from a web archive, as browser-based converters write them', async () => {
    const archive = (encoding: string, body: string) =>
      `MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n type="text/html";\r\n boundary="----=mhtDocumentPart"\r\n\r\n\r\n------=mhtDocumentPart\r\n` +
      `Content-Type: text/html;\r\n charset="utf-8"\r\nContent-Transfer-Encoding: ${encoding}\r\nContent-Location: file:///C:/fake/document.html\r\n\r\n${body}\r\n\r\n------=mhtDocumentPart--`;
    const printable = '<p class=3D"a">Gr=C3=B6=C3=9Fe of =\r\nsteel</p>';
    expect((await chunk('afchunk.mht', archive('quoted-printable', printable))).text).toBe(
      'Cover\n\nGröße of steel\n\nEnd',
    );
    const packed = Buffer.from('<p>Größe</p>').toString('base64');
    expect((await chunk('afchunk.mht', archive('base64', packed))).text).toBe('Cover\n\nGröße\n\nEnd');
  });

  it('are read in place: rich text and Word documents, whatever they are called', async () => {
    expect((await chunk('part.rtf', '{\\rtf1 Pr\\u252?fung}')).text).toBe('Cover\n\nPrüfung\n\nEnd');
    const inner = wordDocument(`${paragraph('Steel')}${paragraph('Copper')}`);
    expect((await chunk('part.docx', inner)).text).toBe('Cover\n\nSteel\n\nCopper\n\nEnd');
    expect((await chunk('part.dat', inner)).text).toBe('Cover\n\nSteel\n\nCopper\n\nEnd');
    expect((await chunk('empty.html', '<html></html>')).text).toBe('Cover\n\nEnd');
  });

  it('that are nothing but large pictures are counted in a note', async () => {
    const picture = pngImage(800, 600).toString('hex');
    const { text, notes } = await chunk('part.rtf', `{\\rtf1{\\pict\\pngblip\\picwgoal9000\\pichgoal6000 ${picture}}}`);
    expect(text).toBe('Cover\n\nEnd');
    expect(notes).toEqual([{ code: 'large_images_not_read', params: { count: 1 } }]);
  });

  it('that are nothing but small pictures, or such as are not read, say so', async () => {
    const small = `{\\rtf1{\\pict\\pngblip ${pngImage(8, 8).toString('hex')}}}`;
    const metafile = '{\\rtf1{\\pict\\wmetafile8\\picwgoal9000\\pichgoal6000 0100}}';
    const word = wordDocument(paragraph(''), { parts: { 'word/media/image1.png': pngImage(8, 8) } });
    for (const [name, part, what] of [
      ['part.rtf', small, 'document'],
      ['part.rtf', metafile, 'document'],
      ['part.docx', word, 'Word document'],
    ] as const) {
      const { text, notes } = await chunk(name, part);
      expect([text, notes.map(noteWords)]).toEqual([
        'Cover\n\nEnd',
        [`1 merged part was not read. “${name}”: This ${what} contains images and no text.`],
      ]);
    }
  });

  it('say that objects in them were not read, which have no rows of their own', async () => {
    const inner = wordDocument(
      '<w:p><w:r><w:t>Steel</w:t><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>',
    );
    expect((await chunk('part.docx', inner)).notes).toEqual([
      { code: 'in_attachment', params: { name: 'part.docx', note: { code: 'objects_not_read', params: {} } } },
    ]);
  });

  it('are what the document says they are', async () => {
    const types = '<Types><Override PartName="/word/part.dat" ContentType="text/html"/></Types>';
    const read = await readWord('<w:altChunk r:id="c1"/>', {
      relationships: `<Relationship Id="c1" Type="${kinds}/aFChunk" Target="../word/part.dat"/>`,
      parts: { 'word/part.dat': '<p>Steel</p>', '[Content_Types].xml': types },
    });
    expect(read.text).toBe('Steel');
  });

  it('are read in headers and notes, by what those refer to', async () => {
    const related = (target: string) => relationshipsOf(relationship('c1', 'aFChunk', target));
    const { text } = await readWord(
      `<w:p><w:r><w:t>Body</w:t><w:footnoteReference w:id="2"/></w:r></w:p><w:sectPr><w:headerReference r:id="h1" w:type="default"/></w:sectPr>`,
      {
        relationships: relationship('h1', 'header', 'header1.xml'),
        parts: {
          'word/header1.xml': `<w:hdr ${w} ${r}><w:altChunk r:id="c1"/></w:hdr>`,
          'word/_rels/header1.xml.rels': related('head.txt'),
          'word/head.txt': 'Letterhead',
          'word/footnotes.xml': `<w:footnotes ${w} ${r}><w:footnote w:id="2"><w:altChunk r:id="c1"/></w:footnote></w:footnotes>`,
          'word/_rels/footnotes.xml.rels': related('note.txt'),
          'word/note.txt': 'As agreed.',
        },
      },
    );
    expect(text).toBe('[Header] Letterhead\n\nBody[1]\n\n[1] As agreed.');
  });

  it('that hold each other without end fail the document', async () => {
    const nested = (depth: number): Buffer =>
      depth === 0
        ? wordDocument(paragraph('Inside'))
        : wordDocument(`${paragraph(`Level ${depth}`)}<w:altChunk r:id="c1"/>`, {
            relationships: `<Relationship Id="c1" Type="${kinds}/aFChunk" Target="part.docx"/>`,
            parts: { 'word/part.docx': nested(depth - 1) },
          });
    expect((await readBytes(nested(2))).text).toBe('Level 2\n\nLevel 1\n\nInside');
    await expect(readBytes(nested(3))).rejects.toThrow(/another format/);
  });

  it('cannot inflate a small document', async () => {
    const parts = { 'word/part.txt': 'x'.repeat(100_000) };
    const relationships = `<Relationship Id="c1" Type="${kinds}/aFChunk" Target="part.txt"/>`;
    const body = Array.from({ length: 1_000 }, (_, index) => `${paragraph(`${index}`)}<w:altChunk r:id="c1"/>`).join(
      '',
    );
    expect(await problemOfWord(body, { parts, relationships })).toMatchObject({ code: 'file_unsupported' });
  });

  it('fail the document if they are missing or unreadable', async () => {
    const parts = { 'word/part.rtf': Buffer.from([0, 1, 2, 3]) };
    const relationships = `<Relationship Id="c1" Type="${kinds}/aFChunk" Target="part.rtf"/>`;
    const body = `${paragraph('Cover')}<w:altChunk r:id="c1"/>`;
    for (const options of [{ parts, relationships }, { relationships }, {}]) {
      expect(await problemOfWord(body, options)).toMatchObject({ code: 'file_unsupported' });
    }
  });
});

describe('parts of a Word document that are not read', () => {
  it('are left out with a row deleted by a tracked change', async () => {
    const cell = (content: string) => `<w:tc><w:p>${content}</w:p></w:tc>`;
    const gone = '<w:del><w:r><w:delText>old</w:delText></w:r></w:del>';
    const rows =
      `<w:tr>${cell(run('a'))}${cell(run('b'))}</w:tr>` +
      `<w:tr><w:trPr><w:del w:id="1"/></w:trPr>${cell(gone)}${cell(gone)}</w:tr>` +
      `<w:tr>${cell(run('c'))}${cell(run('d'))}</w:tr>`;
    expect((await readWord(`<w:tbl>${rows}</w:tbl>`)).text).toBe('a | b\nc | d');
  });

  it('are noted: embedded objects, equations kept as objects, ActiveX controls', async () => {
    const object = (program: string) =>
      `<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="${program}"/></w:object></w:r>`;
    const control = '<w:r><w:object><w:control r:id="c1"/></w:object></w:r>';
    expect(await readWord(line(run('Text') + object('Excel.Sheet.12')))).toEqual({
      text: 'Text',
      notes: [{ code: 'objects_not_read', params: {} }],
    });
    expect((await readWord(line(run('Text') + object('Equation.DSMT4') + control))).notes).toEqual([
      { code: 'equations_not_read', params: {} },
      { code: 'controls_not_read', params: {} },
    ]);
  });

  it('are noted: images as large as a page or a table, but not a logo', async () => {
    const image = (width: number, height: number) =>
      `<w:r><w:drawing><wp:inline><wp:extent cx="${width}" cy="${height}"/><a:graphic><a:graphicData><pic:pic><pic:blipFill>` +
      '<a:blip r:embed="i1"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>';
    expect((await readWord(line(run('Text') + image(900_000, 900_000)))).notes).toEqual([]);
    expect(
      (await readWord(line(run('Scan') + image(6_000_000, 8_000_000) + image(5_000_000, 4_000_000)))).notes,
    ).toEqual([{ code: 'large_images_not_read', params: { count: 2 } }]);
  });

  it('are not noted if merely stored for later use: building blocks', async () => {
    const parts = {
      'word/glossary/document.xml': `<w:glossaryDocument ${w}>${paragraph('Block')}</w:glossaryDocument>`,
    };
    expect(await readWord(paragraph('Text'), { parts })).toEqual({ text: 'Text', notes: [] });
  });

  it('are read inside wrappers: smart tags, custom XML, text direction, a drawing canvas', async () => {
    const canvas = '<w:r><w:drawing><a:p><a:r><a:t>Canvas</a:t></a:r></a:p></w:drawing></w:r>';
    const body =
      line(
        `<w:smartTag>${run('Utrecht')}</w:smartTag><w:customXml>${run(', 2 May')}</w:customXml><w:bdo w:val="rtl">${run(' x')}</w:bdo>`,
      ) + line(canvas);
    expect((await readWord(body)).text).toBe('Utrecht, 2 May x\n\nCanvas');
  });
});
