import { describe, expect, it } from 'vitest';
import { htmlToText } from '../../../src/main/documents/html/html-to-text.ts';

const textOf = (html: string): string => htmlToText(html).text;

describe('a form on a page', () => {
  it('says what is ticked and what is not', () => {
    const form =
      '<label><input type="checkbox" checked>Steel</label><br><label><input type=checkbox>Copper</label><br>' +
      '<input type="CHECKBOX" checked="false">Zinc';
    expect(textOf(form)).toBe('☑ Steel\n☐ Copper\n☑ Zinc');
    expect(
      textOf('<ul><li><input type="checkbox" checked disabled> done</li><li><input type="checkbox"> open</li></ul>'),
    ).toBe('- ☑ done\n- ☐ open');
  });

  it('says which of several options is chosen', () => {
    expect(textOf('Paid: <input type=radio name=p>yes<input type=radio name=p checked>no')).toBe('Paid: ○ yes ◉ no');
  });

  it('gives what a list shows, not its values or unchosen options', () => {
    const list = (attributes: string, more = '') =>
      `Country: <select${attributes}><option value=FR>France<option value=DE${more}>Germany<option value=NL>Netherlands</select> end`;
    expect(textOf(list('', ' selected'))).toBe('Country: Germany end');
    expect(textOf(list(''))).toBe('Country: France end');
    expect(textOf(list(' multiple'))).toBe('Country: end');
    expect(textOf(list(' size=3'))).toBe('Country: end');
    expect(textOf('<select><option disabled>Choose<option>First</select>')).toBe('First');
    expect(textOf('<select><option disabled selected>Choose…<option>First</select>')).toBe('Choose…');
    expect(textOf('<select><option selected>A<option selected>B</select>')).toBe('B');
    expect(textOf('<select><optgroup label=EU><option selected label="Germany (DE)">D</optgroup></select>')).toBe(
      'Germany (DE)',
    );
    expect(
      textOf(
        '<select multiple><option selected>A &amp; B</option><option>C</option><option selected>D</option></select>',
      ),
    ).toBe('A & B, D');
  });

  it('does not lose the page after an unclosed list', () => {
    expect(textOf('<select><option>A<option selected>B<p>All the rest</p><table><tr><td>1</table>')).toBe(
      'B\n\nAll the rest\n\n1',
    );
    expect(textOf('<select><option selected>A<select><option selected>B</select> end')).toBe('A B end');
  });

  it('gives typed values', () => {
    expect(textOf('Name: <input value="Hannah Lindqvist"> Born <input type="date" value="1990-02-01">.')).toBe(
      'Name: Hannah Lindqvist Born 1990-02-01 .',
    );
    expect(textOf('Remarks:<textarea>\nTwo  lines\n<b>of</b> text</textarea>')).toBe(
      'Remarks:\nTwo  lines\n<b>of</b> text',
    );
    expect(textOf('Share <input type=range value=40> Fax <input placeholder="none">')).toBe('Share 40 Fax');
  });

  it('gives nothing hidden, secret or on a button', () => {
    expect(
      textOf(
        'A<input type=hidden value=token><input type=password value=secret><input type=submit value=Send>' +
          '<input type=file value=x><input value=seen style="display:none"><input type=checkbox checked hidden>B',
      ),
    ).toBe('AB');
  });

  it('may be made of other elements that declare their state', () => {
    const page =
      '<div role="checkbox" aria-checked="true">Steel</div><div role="radio" aria-checked="true">yes</div>' +
      '<div role="radio" aria-checked="false">no</div><span role="switch" aria-checked="false">Notify</span>';
    expect(textOf(page)).toBe('☑ Steel\n◉ yes\n○ no\n☐ Notify');
  });

  it('in a table stays in its cell', () => {
    expect(textOf('<table><tr><td>Agreed<td><input type=checkbox checked><td><input value=7></table>')).toBe(
      'Agreed | ☑ | 7',
    );
  });

  it('may have a hundred thousand entries', () => {
    const page = `<select>${'<option>x'.repeat(100_000)}<option selected>last</select>${'<select><option>y</select>'.repeat(20_000)}`;
    expect(textOf(page)).toMatch(/^last y y/);
  });
});
