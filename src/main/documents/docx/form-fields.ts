import { type Attributes, attributeOf, isOn } from '../packed/xml-events.ts';

const parts = new Set('w:ffData w:listEntry w:result w:checkBox w:default w:checked'.split(' '));

/**
 * List choices and checkbox states in a form of Word 97 to 2007. They are stored only in the field's data; a text field
 * stores its value as text.
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
      // If the box was ever touched, its state follows the default.
      else if ((name === 'w:default' || name === 'w:checked') && isTicked !== null) isTicked = isOn(value);
      else if (name === 'w:default') chosen = Number(value);
    },
    /** The value of the field whose data was just read. */
    value(): string {
      if (isTicked !== null) return isTicked ? '☑' : '☐';
      return entries[chosen] ?? '';
    },
  };
}
