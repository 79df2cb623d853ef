import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, truncateSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Document, FootnoteReferenceRun, HeadingLevel, Packer, Paragraph, TextRun } from 'docx';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { extractDocument } from '../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../src/main/documents/limits.ts';
import { exportedProblem, problemSentence } from '../../src/shared/problem-words.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';
import { docx, pdf, pdfBytes, pngImage, scannedPdf, writeCorpus } from '../support/corpus.ts';
import { cpuMs } from '../support/cpu-time.ts';
import { compoundFile, packZip, paragraph, wordDocument } from './hostile-files.ts';
import { assemblePdf, japanesePdf, onePagePdf, pdfStream } from './pdf/raw-pdf.ts';
import { asOrdinaryUser, tempFolder } from './temp-folder.ts';

const limits = defaultExtractLimits;

async function textOf(path: string): Promise<string> {
  const result = await extractDocument(path, limits);
  if (!result.ok) throw new Error(`${basename(path)}: ${result.error.code} ${problemSentence(result.error)}`);
  return result.value.text;
}

/** The reading notes as sentences. */
function notesOf(result: Awaited<ReturnType<typeof extractDocument>>): readonly string[] {
  if (!result.ok) throw new Error(problemSentence(result.error));
  return result.value.notes.map(noteWords);
}

async function problemOf(path: string, allowed = limits): Promise<ReturnType<typeof exportedProblem>> {
  const result = await extractDocument(path, allowed);
  if (result.ok) throw new Error(`${basename(path)} was read: ${result.value.text.slice(0, 100)}`);
  return exportedProblem(result.error);
}

describe('a document', () => {
  it('of every format in the corpus is read, and each bad one fails with its own problem', async () => {
    const { good, bad } = await writeCorpus(tempFolder().path);
    const read = await Promise.all(good.map(async (path) => ({ path, result: await extractDocument(path, limits) })));
    expect(read.filter(({ result }) => !result.ok).map(({ path }) => path)).toEqual([]);
    const formats = new Set(read.map(({ result }) => (result.ok ? result.value.format : 'failed')));
    expect([...formats].sort()).toEqual(
      ['code', 'config', 'csv', 'docx', 'html', 'json', 'log', 'markdown', 'pdf', 'text', 'xml', 'yaml'].sort(),
    );
    const isPictured = ({ code }: (typeof bad)[number]) => code === 'file_no_text';
    const unreadable = bad.filter((file) => !isPictured(file));
    const failed = await Promise.all(
      unreadable.map(async ({ path }) => ({ path, code: (await problemOf(path)).code })),
    );
    expect(failed).toEqual(unreadable);
    const pictured = await Promise.all(bad.filter(isPictured).map(({ path }) => extractDocument(path, limits)));
    expect(pictured.map((result) => result.ok && result.value.unread)).toEqual([[1], [1, 2, 3]]);
  });

  it('comes with the size and hash of its bytes, and with every letter in the file', async () => {
    const text = 'date,amount\r\n2026-01-31,"1,200"\r\n\r\n\t  indented \u00a0 end  \n';
    const path = tempFolder().put('table.csv', text);
    expect(await extractDocument(path, limits)).toEqual({
      ok: true,
      value: {
        text,
        characters: text.length,
        tokens: 15,
        format: 'csv',
        encoding: 'utf-8',
        places: null,
        bytes: Buffer.byteLength(text),
        sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
        notes: [],
      },
    });
  });

  it('is recognised by its content, not its name', async () => {
    const folder = tempFolder();
    expect(await textOf(folder.put('report.txt', await pdf('travel-policy.txt')))).toContain(
      'Travel policy from 1 April',
    );
    expect(await textOf(folder.put('plan.zip', await docx('project-plan.txt')))).toContain('Migration of the archive');
    expect(await textOf(folder.put('saved.pdf', '<!DOCTYPE html><p>Not <b>found</b></p>'))).toBe('Not found');
    expect(await textOf(folder.put('no extension', 'Just words.'))).toBe('Just words.');
    expect(await textOf(folder.put('strange.xyz', 'Just words.'))).toBe('Just words.');
    expect(await textOf(folder.put('source.ts', '// a file that begins with %PDF-1.7\n'))).toContain('%PDF');
  });

  it('says how many of its bytes are invalid', async () => {
    const bytes = Buffer.concat([
      Buffer.from('Größe über alles, schöne Grüße aus Köln. '.repeat(8)),
      Buffer.from([0xff]),
    ]);
    const result = await extractDocument(tempFolder().put('letter.txt', bytes), limits);
    expect(notesOf(result)).toEqual(['1 byte sequence is not valid utf-8 and shows as \ufffd.']);
  });
});

describe('a text in an old encoding', () => {
  it('of a Mac keeps its letters and rows, and the guess is noted', async () => {
    const table = 'Produto;Preço;Região;Observação\rMaçã;2,50;São Paulo;orgânica\rAçúcar;3,10;Goiás;não refinado\r';
    const result = await extractDocument(tempFolder().put('mac.csv', iconv.encode(table, 'macintosh')), limits);
    expect(result.ok && result.value.text).toBe(table.replaceAll('\r', '\n'));
    expect(notesOf(result)).toEqual([
      'The file does not state its encoding; it was read as macintosh, which fits best.',
    ]);
  });

  it('of DOS keeps its letters', async () => {
    const letter = 'Größe: fünf Stück, geprüft. Die Überweisung erfolgt nächste Woche.\r\n';
    expect(await textOf(tempFolder().put('cp850.txt', iconv.encode(letter, 'cp850')))).toBe(letter);
  });
});

describe('a text with invisible characters', () => {
  it('loses them, in a web page, too', async () => {
    const page = '<p>Das Gesamt\u00adkonzept und der Zeit&shy;plan\u200b.</p>';
    expect(await textOf(tempFolder().put('page.html', page))).toBe('Das Gesamtkonzept und der Zeitplan.');
  });

  it('and no others is empty', async () => {
    expect(await problemOf(tempFolder().put('blank.txt', '\u200b\ufeff\u00ad\n'))).toMatchObject({
      code: 'file_empty',
    });
  });
});

describe('an archive of text files', () => {
  it('is not text, although everything but its padding is', async () => {
    const header = Buffer.alloc(512);
    header.write('notes.txt', 0);
    header.write('ustar', 257);
    const tar = Buffer.concat([header, Buffer.from('Notes of the board.\n'.padEnd(512, '\0')), Buffer.alloc(1_024)]);
    expect(await problemOf(tempFolder().put('notes.txt', tar))).toMatchObject({
      code: 'file_binary',
      message: expect.stringContaining('a tar archive'),
    });
  });
});

describe('a PDF', () => {
  it('gives the text of all its pages and their count', async () => {
    const path = tempFolder().put('contract.pdf', await pdf('supplier-contract.txt'));
    const result = await extractDocument(path, limits);
    expect(result.ok && result.value).toMatchObject({ format: 'pdf', encoding: null, notes: [] });
    expect(result.ok && result.value.places?.starts).toHaveLength(7);
    expect(result.ok && result.value.text).toMatch(/^# Framework supply agreement\n[\s\S]*\n\n# Scope of supply\n/);
    expect(result.ok && result.value.text).toMatch(/The courts of Utrecht have\njurisdiction\.$/);
  });

  it('in Japanese is read without an embedded font or character map', async () => {
    expect(await textOf(tempFolder().put('gijiroku.pdf', japanesePdf('新製品の発売時期\n検査結果を報告する')))).toBe(
      '新製品の発売時期\n検査結果を報告する',
    );
  });

  it('gives the values typed into its form and onto its page', async () => {
    const form = await pdfBytes({}, (document) => {
      document.text('Application').initForm();
      document.formText('applicant', 50, 200, 200, 20, { value: 'Hannah Lindqvist' });
      document.formText('remarks', 50, 240, 200, 20, {});
      document.textAnnotation(50, 300, 200, 20, 'Checked by Paul');
    });
    expect(await textOf(tempFolder().put('form.pdf', form))).toBe(
      'Application\nChecked by Paul\napplicant: Hannah Lindqvist',
    );
  });

  it('that mixes text and images says which pages contain no text', async () => {
    const mixed = await pdfBytes({}, (document) => {
      document.text('First page');
      document.addPage().image(pngImage(100, 100), 0, 0);
    });
    const result = await extractDocument(tempFolder().put('mixed.pdf', mixed), limits);
    expect(notesOf(result)).toEqual([
      '1 of 2 pages contain no text (2); if they are images, the words in them were not read.',
    ]);
  });

  it('without text is distinguished from one with page images, which are to be recognised', async () => {
    const folder = tempFolder();
    expect(await extractDocument(folder.put('scan.pdf', await scannedPdf(3)), limits)).toMatchObject({
      ok: true,
      value: { text: '', unread: [1, 2, 3], places: { starts: [0, 0, 0] } },
    });
    expect(await problemOf(folder.put('blank.pdf', onePagePdf(pdfStream(''))))).toMatchObject({
      code: 'file_no_text',
      message: expect.stringContaining('contains no text on its 1 page'),
    });
  });

  it('with a password is encrypted; with only an owner password it is read', async () => {
    const folder = tempFolder();
    const locked = await pdf('travel-policy.txt', { userPassword: 'secret' });
    expect(await problemOf(folder.put('locked.pdf', locked))).toMatchObject({ code: 'file_encrypted' });
    const owned = await pdf('travel-policy.txt', {
      ownerPassword: 'secret',
      permissions: { printing: 'lowResolution' },
    });
    expect(await textOf(folder.put('owned.pdf', owned))).toContain('Hotel costs');
  });

  it('that is damaged fails, naming the page if possible', async () => {
    const folder = tempFolder();
    const whole = await pdf('quarterly-report.txt');
    expect(await problemOf(folder.put('cut.pdf', whole.subarray(0, 900)))).toMatchObject({ code: 'file_damaged' });
    const brokenPage = assemblePdf([
      '<</Type/Catalog/Pages 2 0 R>>',
      '<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F1 6 0 R>>>>>>',
      '(this is no page)',
      pdfStream('BT /F1 12 Tf 50 700 Td (Words) Tj ET'),
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
    ]);
    expect(await problemOf(folder.put('page.pdf', brokenPage))).toMatchObject({
      code: 'file_damaged',
      message: expect.stringContaining('Page 2 of 2'),
    });
  });

  it('with truncated compressed text is damaged, never half a document', async () => {
    const whole = await pdf('quarterly-report.txt');
    const stream = whole.indexOf('stream\n') + 'stream\n'.length;
    const broken = Buffer.from(whole);
    broken.fill(0xff, stream + 150, stream + 250);
    expect(await problemOf(tempFolder().put('broken.pdf', broken))).toMatchObject({
      code: 'file_damaged',
      message: expect.stringContaining('Page 1 of 5'),
    });
  });
});

describe('a PDF with more than pages in it', () => {
  const saying = (words: string, catalog: string, more: readonly (string | Buffer)[] = []) =>
    assemblePdf([
      `<</Type/Catalog/Pages 2 0 R${catalog}>>`,
      '<</Type/Pages/Kids[3 0 R]/Count 1>>',
      '<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>',
      pdfStream(`BT /F1 12 Tf 50 700 Td (${words}) Tj ET`),
      '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>',
      ...more,
    ]);
  const attached = [
    '<</Type/Filespec/F(invoice.xml)/UF(invoice.xml)/EF<</F 7 0 R>>>>',
    pdfStream('<invoice/>', '/Type/EmbeddedFile'),
  ];
  const names = '/Names<</EmbeddedFiles<</Names[(invoice.xml) 6 0 R]>>>>';

  it('says how many attached files were not read', async () => {
    const path = tempFolder().put('invoice.pdf', saying('Invoice 7', names, attached));
    const result = await extractDocument(path, limits);
    expect(result.ok && result.value.text).toBe('Invoice 7');
    expect(notesOf(result)).toEqual(['1 file is attached to this PDF; it was not read.']);
  });

  it('that is a portfolio of files is not read as its cover page', async () => {
    const portfolio = saying('Open this portfolio in Acrobat', `${names}/Collection<</Type/Collection>>`, attached);
    expect(await problemOf(tempFolder().put('mails.pdf', portfolio))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringMatching(/portfolio.* 1 attached file/),
    });
  });

  it('that is an XFA form is not read as its page asking for Adobe Reader', async () => {
    const form = saying('Please wait...', '/NeedsRendering true/AcroForm<</XFA 6 0 R/Fields[]>>', [
      pdfStream('<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/"/>'),
    ]);
    expect(await problemOf(tempFolder().put('permit.pdf', form))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('XFA'),
    });
  });

  it('is recognised after lines that a mail or web program put before it', async () => {
    const folder = tempFolder();
    const headers = Buffer.from('HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n');
    for (const [name, bytes] of [
      ['plain.pdf', saying('Annual report', '')],
      ['packed.pdf', await pdf('travel-policy.txt')],
    ] as const) {
      const result = await extractDocument(folder.put(name, Buffer.concat([headers, bytes])), limits);
      expect(result.ok && result.value.format).toBe('pdf');
    }
    const source = 'const head = "%PDF-1.7";\nconst end = "endobj";\nexport { head, end };\n';
    expect(await textOf(folder.put('assemble.js', source))).toBe(source);
  });
});

describe('a Word document', () => {
  it('gives headings, paragraphs and tables in order', async () => {
    const text = await textOf(tempFolder().put('plan.docx', await docx('project-plan.txt')));
    expect(text).toMatch(/^# Migration of the archive\n\nThe paper archive/);
    expect(text).toContain('\n\nPhase | Start | End | Responsible\nPreparation | 2 March | 27 March | L. Brandt\n');
    expect(text).toMatch(/will not support after 2027\.$/);
  });

  it('gives lists and footnotes too', async () => {
    const document = new Document({
      footnotes: { 1: { children: [new Paragraph('As of 1 March.')] } },
      sections: [
        {
          children: [
            new Paragraph({ text: 'Prices', heading: HeadingLevel.HEADING_1 }),
            new Paragraph({ children: [new TextRun('They rose.'), new FootnoteReferenceRun(1)] }),
            new Paragraph({ text: 'steel', bullet: { level: 0 } }),
            new Paragraph({ text: 'copper', bullet: { level: 0 } }),
          ],
        },
      ],
    });
    const path = tempFolder().put('prices.docx', await Packer.toBuffer(document));
    expect(await textOf(path)).toMatch(/^# Prices\n\nThey rose\.\[1\]\n\n- steel\n- copper\n\n\[1\] As of 1 March\.$/);
  });

  it('numbers clauses as printed, from the list or the paragraph style', async () => {
    const level = (depth: number, format: string, pattern: string) =>
      `<w:lvl w:ilvl="${depth}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${pattern}"/></w:lvl>`;
    const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const parts = {
      'word/numbering.xml':
        `<w:numbering ${ns}><w:abstractNum w:abstractNumId="7">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2')}` +
        `${level(2, 'lowerRoman', '(%3)')}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num></w:numbering>`,
      'word/styles.xml':
        `<w:styles ${ns}><w:style w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>` +
        '<w:style w:styleId="ClauseTitle"><w:basedOn w:val="Clause"/></w:style></w:styles>',
    };
    const item = (depth: number, text: string) =>
      `<w:p><w:pPr><w:numPr><w:ilvl w:val="${depth}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const styled = (text: string) =>
      `<w:p><w:pPr><w:pStyle w:val="ClauseTitle"/></w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`;
    const body = styled('Supply') + item(1, 'Orders') + item(2, 'in writing') + item(2, 'binding') + styled('Prices');
    const path = tempFolder().put('clauses.docx', wordDocument(body + item(1, 'Per piece'), { parts }));
    expect(await textOf(path)).toBe(
      '1. Supply\n  1.1 Orders\n    (i) in writing\n    (ii) binding\n2. Prices\n  2.1 Per piece',
    );
  });

  it('leaves out what does not print: deleted and hidden text, and the fallback of a text box', async () => {
    const body =
      '<w:p><w:del><w:r><w:delText>old </w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>' +
      '<w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r><w:r><w:t xml:space="preserve"> shown</w:t></w:r></w:p>' +
      '<w:p><w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">' +
      `<mc:Choice Requires="wps"><w:txbxContent>${paragraph('Box')}</w:txbxContent></mc:Choice>` +
      `<mc:Fallback><w:txbxContent>${paragraph('Box')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>` +
      '<w:r><w:t>After the box</w:t></w:r></w:p>';
    expect(await textOf(tempFolder().put('tracked.docx', wordDocument(body)))).toBe(
      'new shown\n\nBox\n\nAfter the box',
    );
  });

  it('from other programs is read, with other prefixes and in the strict format', async () => {
    const strict =
      '<ns0:document xmlns:ns0="http://purl.oclc.org/ooxml/wordprocessingml/main"><ns0:body>' +
      '<ns0:p><ns0:r><ns0:t>R&amp;D</ns0:t><ns0:tab/><ns0:t>A&#8211;B</ns0:t></ns0:r></ns0:p></ns0:body></ns0:document>';
    const path = tempFolder().put('strict.docx', packZip({ 'word/document2.xml': strict }));
    expect(await textOf(path)).toBe('R&D\tA–B');
  });

  it('with tab stops gives the typed tabs, not the stops', async () => {
    const stops =
      '<w:pPr><w:tabs><w:tab w:val="left" w:pos="720"/><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr>';
    const body = `${paragraph('Contents')}<w:p>${stops}<w:r><w:t>Scope</w:t><w:tab/><w:t>3</w:t></w:r></w:p>`;
    expect(await textOf(tempFolder().put('contents.docx', wordDocument(body)))).toBe('Contents\n\nScope\t3');
  });

  it('says if it contains equations', async () => {
    const math =
      '<w:p><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>';
    const path = tempFolder().put('math.docx', wordDocument(paragraph('As follows:') + math));
    const result = await extractDocument(path, limits);
    expect(result.ok && result.value.text).toBe('As follows:\n\na=b');
    expect(notesOf(result)).toEqual(['Equations appear as a plain row of symbols.']);
  });

  it('with tracked formatting changes is read as it is now, not as it was', async () => {
    const ns = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
    const numbering =
      `<w:numbering ${ns}><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/>` +
      '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>';
    const body =
      '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:pPrChange w:id="1" w:author="A"><w:pPr><w:numPr>' +
      '<w:numId w:val="0"/></w:numPr></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange w:id="2" w:author="A">' +
      '<w:rPr><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>The fee is 4,000 EUR.</w:t></w:r></w:p>';
    const path = tempFolder().put('reviewed.docx', wordDocument(body, { parts: { 'word/numbering.xml': numbering } }));
    expect(await textOf(path)).toBe('1. The fee is 4,000 EUR.');
  });

  it('is not read without its embedded parts in other formats', async () => {
    const body = `${paragraph('Cover')}<w:altChunk xmlns:r="urn:r" r:id="rId9"/>`;
    const parts = { 'word/chunk.htm': '<p>All the rest</p>' };
    expect(await problemOf(tempFolder().put('report.docx', wordDocument(body, { parts })))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('converts those parts'),
    });
  });

  it('that is a master document is not read without its subdocuments', async () => {
    const body = `${paragraph('Contents')}<w:subDoc xmlns:r="urn:r" r:id="rId7"/>`;
    expect(await problemOf(tempFolder().put('handbook.docx', wordDocument(body)))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('subdocuments'),
    });
  });

  it('says what was not read: newer kinds of charts and comments', async () => {
    const body =
      `${paragraph('Plan')}<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>Costs</w:t></w:r>` +
      '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>';
    const parts = { 'word/charts/chartEx1.xml': '<x/>' };
    const result = await extractDocument(tempFolder().put('plan.docx', wordDocument(body, { parts })), limits);
    expect(result.ok && result.value.text).toBe('Plan\n\nCosts');
    expect(notesOf(result)).toEqual(['Comments were not read.', 'Some charts or diagrams were not read.']);
  });

  it('gives the chosen and ticked values of form fields', async () => {
    const field = (name: string, data: string) =>
      `<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="f"/>${data}</w:ffData></w:fldChar></w:r>` +
      `<w:r><w:instrText> ${name} </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>`;
    const list = (result: string) =>
      `<w:ddList>${result}<w:listEntry w:val="single"/><w:listEntry w:val="married"/></w:ddList>`;
    const box = (state: string) => `<w:checkBox><w:sizeAuto/><w:default w:val="0"/>${state}</w:checkBox>`;
    const line = (label: string, content: string) =>
      `<w:p><w:r><w:t xml:space="preserve">${label} </w:t></w:r>${content}</w:p>`;
    const body =
      line('Status:', field('FORMDROPDOWN', list('<w:result w:val="1"/>'))) +
      line('Before:', field('FORMDROPDOWN', list(''))) +
      line('Agreed', field('FORMCHECKBOX', box('<w:checked/>'))) +
      line('Objected', field('FORMCHECKBOX', box('')));
    expect(await textOf(tempFolder().put('form.docx', wordDocument(body)))).toBe(
      'Status: married\n\nBefore: single\n\nAgreed ☑\n\nObjected ☐',
    );
  });

  it('that is damaged or locked says so', async () => {
    const folder = tempFolder();
    const whole = await docx('job-description.txt');
    expect(await problemOf(folder.put('cut.docx', whole.subarray(0, 2_000)))).toMatchObject({ code: 'file_damaged' });
    expect(await problemOf(folder.put('xml.docx', wordDocument('<w:p><w:r>')))).toMatchObject({ code: 'file_damaged' });
    expect(await problemOf(folder.put('noise.docx', Buffer.alloc(500, 7)))).toMatchObject({ code: 'file_damaged' });
    expect(await problemOf(folder.put('locked.docx', compoundFile('EncryptedPackage')))).toMatchObject({
      code: 'file_encrypted',
    });
    expect(await problemOf(folder.put('blank.docx', wordDocument(paragraph('  '))))).toMatchObject({
      code: 'file_empty',
    });
    const picture = wordDocument(paragraph(''), { parts: { 'word/media/image1.png': pngImage(8, 8) } });
    expect(await problemOf(folder.put('picture.docx', picture))).toMatchObject({ code: 'file_no_text' });
  });
});

describe('a file without text for Docket', () => {
  it.each([
    ['photo.jp2', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'a JPEG 2000 image', 'text recognition'],
    [
      'old.doc',
      compoundFile('WordDocument', Buffer.from('dca5', 'hex')),
      'a Word 6 or 95 document (.doc)',
      'PDF or .docx',
    ],
    ['new.xlsb', packZip({ 'xl/workbook.bin': 'x' }), 'an Excel binary workbook (.xlsb)', '.xlsx or CSV'],
    ['new.odg', packZip({ 'content.xml': '<x/>' }), 'an OpenDocument drawing, formula or database', 'PDF'],
    ['song.mp3', Buffer.from('ID3\x03\0\0\0\0\0\x0f'), 'an MP3 sound file', 'transcript'],
    ['clip.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0\0\0'), 'an MP4 or QuickTime video', 'transcript'],
    ['tool.exe', Buffer.from('MZ\x90\0\x03\0\0\0\x04\0', 'latin1'), 'a Windows program', 'Leave it out'],
    ['data.sqlite', Buffer.from('SQLite format 3\0\x10\0'), 'an SQLite database', 'Export'],
  ])('%s is unsupported, saying what it is and what to do', async (name, content, kind, wayOut) => {
    expect(await problemOf(tempFolder().put(name, content))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringMatching(
        new RegExp(`^This is ${escaped(kind)}, which Docket does not read\\. .*${wayOut}`),
      ),
    });
  });

  it.each([
    ['photo.txt', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'is a JPEG 2000 image'],
    ['notes.md', Buffer.from('ID3\x03\0\0\0\0\0\x0f'), 'is an MP3 sound file'],
    ['letter.docx', packZip({ 'xl/workbook.bin': 'x' }), 'is an Excel binary workbook'],
    ['report.pdf', compoundFile('PowerPoint Document'), 'is a presentation of PowerPoint 95 or before'],
    ['readings.txt', Buffer.from(new Float64Array(200).map((_, index) => index / 7).buffer), 'contains binary data'],
  ])('a mislabelled %s is binary, saying what it really is', async (name, content, kind) => {
    expect(await problemOf(tempFolder().put(name, content))).toMatchObject({
      code: 'file_binary',
      message: expect.stringContaining(kind),
    });
  });

  it('may be empty or only white space', async () => {
    const folder = tempFolder();
    expect(await problemOf(folder.put('empty.txt', ''))).toMatchObject({
      code: 'file_empty',
      message: expect.stringContaining('0 bytes'),
    });
    expect(await problemOf(folder.put('blank.md', '\ufeff \n\t\u3000\n'))).toMatchObject({
      code: 'file_empty',
      message: expect.stringContaining('white space'),
    });
    expect(await problemOf(folder.put('marks.txt', '\u200b \u2060\ufeff\n'))).toMatchObject({ code: 'file_empty' });
    expect(await problemOf(folder.put('page.html', '<p> <script>x</script></p>'))).toMatchObject({
      code: 'file_no_text',
    });
  });
});

describe('a file that cannot be read', () => {
  it('of 2 GB is refused for its size alone, naming both sizes', async () => {
    const path = tempFolder().put('huge.txt', '');
    truncateSync(path, 2_000_000_000);
    const start = cpuMs();
    expect(await problemOf(path)).toMatchObject({
      code: 'file_too_large',
      message: 'This file is 2 GB; the limit is 50 MB. Split it into smaller files.',
    });
    expect(cpuMs() - start).toBeLessThan(200);
  });

  it('is refused one byte over the limit, with exact numbers, and read at the limit', async () => {
    const folder = tempFolder();
    const small = { ...limits, maxFileBytes: 1_000_000 };
    expect(await problemOf(folder.put('over.txt', 'x'.repeat(1_000_001)), small)).toMatchObject({
      message: expect.stringContaining('1,000,001 bytes; the limit is 1,000,000 bytes'),
    });
    expect((await extractDocument(folder.put('at.txt', 'x'.repeat(1_000_000)), small)).ok).toBe(true);
  });

  it('has vanished when it is gone', async () => {
    expect(await problemOf(join(tempFolder().path, 'gone.txt'))).toMatchObject({ code: 'file_vanished' });
  });

  it('is unreadable if its permissions forbid it', async () => {
    const folder = tempFolder();
    chmodSync(folder.path, 0o755);
    const path = folder.put('private.txt', 'Secret.');
    chmodSync(path, 0o000);
    expect(await asOrdinaryUser(() => problemOf(path))).toMatchObject({
      code: 'file_unreadable',
      message: expect.stringContaining('read permission'),
      detail: expect.stringContaining('EACCES'),
    });
  });

  it('is never opened if it is a folder, a pipe or a device', async () => {
    const { path } = tempFolder();
    mkdirSync(join(path, 'folder.txt'));
    execFileSync('mkfifo', [join(path, 'pipe.txt')]);
    expect(await problemOf(join(path, 'folder.txt'))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('a folder'),
    });
    expect(await problemOf(join(path, 'pipe.txt'))).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('a pipe'),
    });
    expect(await problemOf('/dev/zero')).toMatchObject({
      code: 'file_unsupported',
      message: expect.stringContaining('a device'),
    });
  });
});

function escaped(text: string): string {
  return text.replace(/[.()]/g, '\\$&');
}
