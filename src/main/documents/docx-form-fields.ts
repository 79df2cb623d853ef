import { type Attributes, attributeOf, isOn } from './xml-events.ts';

const parts = new Set('w:ffData w:listEntry w:result w:checkBox w:default w:checked'.split(' '));

/**
 * What was chosen in the lists and ticked in the boxes of a form of Word 97 to 2007. The choice stands in the data of
 * the field alone; of a text field it is the text.
 */
export function createFormFields() {
  let entries: string[] = [];
  let chosen = 0;
  let isTicked: boolean | null = null;

  return {
    open(name: string, attributes: Attributes): void {
      if (!parts.has(name)) return;
      const value = attributeOf(attributes, 'val');
      if (name === 'w:ffData') {
        entries = [];
        chosen = 0;
        isTicked = null;
      } else if (name === 'w:listEntry') entries.push(value ?? '');
      else if (name === 'w:result') chosen = Number(value);
      else if (name === 'w:checkBox') isTicked = false;
      // The state stands behind the default, where the box was touched.
      else if ((name === 'w:default' || name === 'w:checked') && isTicked !== null) isTicked = isOn(value);
      else if (name === 'w:default') chosen = Number(value);
    },
    /** Of the field whose data has been read. */
    value(): string {
      if (isTicked !== null) return isTicked ? '☑' : '☐';
      return entries[chosen] ?? '';
    },
  };
}
