import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts } from '../read-parts.ts';
import { namespaces, odfParts, p, readSlides } from './odf-parts.ts';

const frame = (content: string, attributes = '') =>
  `<draw:frame${attributes}><draw:text-box>${content}</draw:text-box></draw:frame>`;
const role = (name: string) => ` presentation:class="${name}"`;
const page = (content: string, attributes = '') => `<draw:page draw:name="page"${attributes}>${content}</draw:page>`;

describe('a presentation', () => {
  it('has its slides with titles, lists, notes and comments', async () => {
    const list = `<text:list text:style-name="L"><text:list-item>${p('Point')}<text:list><text:list-item>${p('Detail')}</text:list-item></text:list></text:list-item></text:list>`;
    const notes = `<presentation:notes><draw:page-thumbnail/>${frame(p('Say hello.'), role('notes'))}</presentation:notes>`;
    const read = await readSlides(
      page(
        `<office:annotation><dc:creator>Anna</dc:creator>${p('Too long')}</office:annotation>${frame(list, role('outline'))}${frame(p('Results'), role('title'))}${frame('', `${role('subtitle')} presentation:placeholder="true"`)}${notes}`,
      ) +
        page(
          `<draw:g><draw:custom-shape>${p('Left')}</draw:custom-shape><draw:g>${frame(p('Right'))}</draw:g></draw:g>`,
        ),
    );
    expect(read).toMatchObject({
      format: 'odp',
      text: '## Slide 1: Results\n\n- Point\n  - Detail\n\n[Comment by Anna] Too long\n\n[Notes] Say hello.\n\n## Slide 2\n\nLeft\n\nRight',
      notes: [],
    });
    expect(placeOf(read, 'Left')).toBe('slide 2');
  });

  it('have comments also as LibreOffice writes them, and say that they have controls', async () => {
    const comment = `<loo:annotation xmlns:loo="http://openoffice.org/2009/office"><dc:creator>Anna</dc:creator>${p('Too long')}</loo:annotation>`;
    expect(await readSlides(page(`${comment}${frame(p('Results'))}<draw:control/>`))).toMatchObject({
      text: '## Slide 1\n\nResults\n\n[Comment by Anna] Too long',
      notes: ['Form controls were not read.'],
    });
  });

  it('says which slides are hidden, and shows a footer once', async () => {
    const styles =
      '<style:style style:name="dp1" style:family="drawing-page"><style:drawing-page-properties presentation:visibility="hidden"/></style:style>';
    const read = await readSlides(
      `<presentation:footer-decl presentation:name="f1">Confidential</presentation:footer-decl>` +
        page(frame(p('One'), role('title')), ' presentation:use-footer-name="f1"') +
        page(frame(p('Two'), role('title')), ' draw:style-name="dp1" presentation:use-footer-name="f1"'),
      { styles },
    );
    expect(read.text).toBe('## Slide 1: One\n\n[Footer] Confidential\n\n## Slide 2 (hidden): Two');
    expect(read.notes).toEqual(['Slide 2 is hidden; it was read, too.']);
  });

  it('has its tables', async () => {
    const cell = (text: string) => `<table:table-cell>${p(text)}</table:table-cell>`;
    const table = `<draw:frame><table:table><table:table-row>${cell('Item')}${cell('Cost')}</table:table-row></table:table><draw:image/></draw:frame>`;
    expect((await readSlides(page(table))).text).toBe('## Slide 1\n\nItem | Cost');
  });

  it('has its charts, with labels of several levels once', async () => {
    const cell = (text: string, more = '') => `<table:table-cell>${p(text)}${more}</table:table-cell>`;
    const levels = (...labels: readonly string[]) =>
      `<text:list>${labels.map((label) => `<text:list-item>${p(label)}</text:list-item>`).join('')}</text:list>`;
    const rows = `<table:table-row>${cell('')}${cell('East Q1', levels('East', 'Q1'))}${cell('Q2', levels('', 'Q2'))}</table:table-row><table:table-row>${cell('Sales')}${cell('3')}${cell('5')}</table:table-row>`;
    const chart = `<office:document-content ${namespaces}><office:body><office:chart><chart:chart><chart:title>${p('By')}${p('quarter')}</chart:title><table:table>${rows}</table:table></chart:chart></office:chart></office:body></office:document-content>`;
    const object = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>';
    const read = await readSlides(page(object), { parts: { 'Object 1/content.xml': chart } });
    expect(read.text).toBe('## Slide 1\n\n[Chart] By quarter\n | East Q1 | Q2\nSales | 3 | 5');
  });

  it('has once what its master pages print on every slide, without their prompts and page numbers', async () => {
    const master = (name: string, content: string) =>
      `<style:master-page style:name="${name}">${content}</style:master-page>`;
    const prompts = `${frame(p('Click to add title'), role('title'))}${frame(p('1 May'), role('date-time'))}<presentation:notes>${frame(p('Board'))}</presentation:notes>`;
    const documentStyles = `<office:master-styles>${master('Plain', prompts + frame(p('<text:page-number>3</text:page-number>')))}${master('Firm', prompts + frame(p('Strictly confidential')))}</office:master-styles>`;
    const styles =
      '<style:style style:name="bare" style:family="drawing-page"><style:drawing-page-properties presentation:background-objects-visible="false"/></style:style>';
    const slides = [
      '',
      ' draw:master-page-name="Firm" draw:style-name="bare"',
      ...Array(2).fill(' draw:master-page-name="Firm"'),
    ];
    const read = await readSlides(slides.map((attributes) => page(frame(p('Plan')), attributes)).join(''), {
      styles,
      documentStyles,
    });
    expect(read.text).toBe(
      '## Slide 1\n\nPlan\n\n## Slide 2\n\nPlan\n\n## Slide 3\n\nPlan\n\n[Footer] Strictly confidential\n\n## Slide 4\n\nPlan',
    );
  });

  it('has once a date that somebody typed, and none that changes by itself', async () => {
    const date = (name: string, source: string) =>
      `<presentation:date-time-decl presentation:name="${name}" presentation:source="${source}">1 May 2026</presentation:date-time-decl>`;
    const slide = (name: string) => page(frame(p('Plan')), ` presentation:use-date-time-name="${name}"`);
    expect((await readSlides(date('d1', 'fixed') + slide('d1') + slide('d1'))).text).toBe(
      '## Slide 1\n\nPlan\n\n[Footer] 1 May 2026\n\n## Slide 2\n\nPlan',
    );
    expect((await readSlides(date('d1', 'current-date') + slide('d1'))).text).toBe('## Slide 1\n\nPlan');
  });

  it('without text says so', async () => {
    expect(await problemOfParts(odfParts('presentation', page('')))).toMatchObject({ code: 'file_empty' });
  });
});
