import { describe, expect, it } from 'vitest';
import { placeOf, problemOfParts } from '../read-parts.ts';
import { odfParts, p, readSlides } from './odf-parts.ts';

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

  it('without text says so', async () => {
    expect(await problemOfParts(odfParts('presentation', page('')))).toMatchObject({ code: 'file_empty' });
  });
});
