/** Word documents of one shape each, in any size: what takes longer than in proportion shows as they grow. */
import { fieldChar, instruction, line, run, w } from '../test/documents/docx/word-parts.ts';
import { wordDocument } from '../test/documents/hostile-files.ts';
import { relationship } from '../test/documents/read-parts.ts';
import { each, type Grown, nested } from './grown.ts';

const word = (body: string, parts: Record<string, string> = {}, relationships = '') =>
  wordDocument(body, { parts, relationships });

const noteParts = (kind: 'footnote' | 'comment', count: number) => ({
  [`word/${kind}s.xml`]: `<w:${kind}s ${w}>${each(count, (at) => `<w:${kind} w:id="${at + 2}">${line(run(`note ${at}`))}</w:${kind}>`)}</w:${kind}s>`,
});

export const wordShapes: Readonly<Record<string, Grown>> = {
  'docx paragraphs': (count) => word(each(count, (at) => line(run(`words ${at}`)))),
  'docx runs of one paragraph': (count) => word(line(each(count, (at) => run(`w${at} `)))),
  'docx raised runs': (count) =>
    word(line(each(count, () => run('a') + run('2', '<w:vertAlign w:val="superscript"/>')))),
  'docx struck runs': (count) => word(line(each(count, () => run('a') + run('b', '<w:strike/>')))),
  'docx cells of one row': (count) =>
    word(`<w:tbl><w:tr>${each(count, () => `<w:tc>${line(run('x'))}</w:tc>`)}</w:tr></w:tbl>`),
  'docx tables in tables': (count) =>
    word(nested(Math.min(count, 6_000), '<w:tbl><w:tr><w:tc>', line(run('x')), '</w:tc></w:tr></w:tbl>')),
  'docx footnotes': (count) =>
    word(
      each(count, (at) => line(`${run('a')}<w:r><w:footnoteReference w:id="${at + 2}"/></w:r>`)),
      noteParts('footnote', count),
    ),
  'docx comments': (count) =>
    word(
      each(count, (at) => line(`${run('a')}<w:r><w:commentReference w:id="${at + 2}"/></w:r>`)),
      noteParts('comment', count),
    ),
  'docx links': (count) =>
    word(
      each(count, (at) => line(`<w:hyperlink r:id="h${at}">${run('link')}</w:hyperlink>`)),
      {},
      each(count, (at) => relationship(`h${at}`, 'hyperlink', `https://example.org/${at}`, true)),
    ),
  'docx fields in fields': (count) =>
    word(line(nested(count, fieldChar('begin') + instruction('IF'), run('x'), fieldChar('end')))),
  'docx bookmarks': (count) =>
    word(
      each(count, (at) =>
        line(`<w:bookmarkStart w:id="${at}" w:name="b${at}"/>${run('x')}<w:bookmarkEnd w:id="${at}"/>`),
      ),
    ),
  'docx controls in controls': (count) =>
    word(nested(Math.min(count, 9_000), '<w:sdt><w:sdtContent>', line(run('x')), '</w:sdtContent></w:sdt>')),
  'docx breaks': (count) => word(line(`<w:r>${'<w:br/>'.repeat(count)}</w:r>`)),
  'docx tabs': (count) => word(line(`<w:r>${'<w:tab/>'.repeat(count)}<w:t>x</w:t></w:r>`)),
  'docx equations': (count) =>
    word(
      line(
        each(
          count,
          () =>
            '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>',
        ),
      ),
    ),
  'docx fractions in fractions': (count) =>
    word(
      line(
        `<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">${nested(Math.min(count, 9_000), '<m:f><m:num>', '<m:r><m:t>x</m:t></m:r>', '</m:num></m:f>')}</m:oMath>`,
      ),
    ),
  'docx namespaces side by side': (count) =>
    word(
      `<x ${each(count, (at) => ` xmlns:n${at}="urn:${at}"`)}>${each(count, (at) => `<w:p xmlns:q="urn:${at}"><w:r><w:t>x</w:t></w:r></w:p>`)}</x>`,
    ),
  'docx namespaces in each other': (count) => {
    const depth = Math.min(count, 9_000);
    return word(each(depth, (at) => `<x xmlns:n${at}="urn:${at}">`) + line(run('x')) + '</x>'.repeat(depth));
  },
  'docx styles': (count) =>
    word(
      each(count, (at) => line(run('x'), `<w:pStyle w:val="s${at}"/>`)),
      {
        'word/styles.xml': `<w:styles ${w}>${each(count, (at) => `<w:style w:type="paragraph" w:styleId="s${at}"><w:basedOn w:val="s${at + 1}"/></w:style>`)}</w:styles>`,
      },
    ),
  'docx lists': (count) =>
    word(
      each(count, (at) => line(run('x'), `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${at}"/></w:numPr>`)),
      {
        'word/numbering.xml': `<w:numbering ${w}>${each(count, (at) => `<w:abstractNum w:abstractNumId="${at}"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>`)}${each(count, (at) => `<w:num w:numId="${at}"><w:abstractNumId w:val="${at}"/></w:num>`)}</w:numbering>`,
      },
    ),
  'docx deletions': (count) =>
    word(each(count, () => `<w:p><w:del>${run('x')}</w:del><w:ins>${run('y')}</w:ins></w:p>`)),
  'docx text boxes': (count) =>
    word(each(count, () => `<w:p><w:r><w:pict><w:txbxContent>${line(run('x'))}</w:txbxContent></w:pict></w:r></w:p>`)),
  'docx spaces at line ends': (count) =>
    word(line(`<w:r><w:t xml:space="preserve">${`x${' '.repeat(count)}y`}</w:t></w:r>`)),
};
