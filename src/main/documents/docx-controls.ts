import { type Attributes, attributeOf, isOn } from './xml-events.ts';

interface Control {
  /** `null` for a control that is no box to tick. */
  isTicked: boolean | null;
  isWritten: boolean;
}

/**
 * The content controls of Word 2010 and later, as far as they are boxes to tick: what is ticked is known, whatever sign
 * the document shows for it. Word's own for a ticked one is crossed.
 */
export function createControls() {
  const controls: Control[] = [];

  function box(): string {
    const control = controls.at(-1);
    if (control === undefined || control.isTicked === null || control.isWritten) return '';
    control.isWritten = true;
    return control.isTicked ? '☑' : '☐';
  }

  return {
    open(name: string, attributes: Attributes): void {
      if (name === 'w:sdt') controls.push({ isTicked: null, isWritten: false });
      const control = controls.at(-1);
      if (control === undefined) return;
      if (name === 'w14:checkbox') control.isTicked = false;
      else if (name === 'w14:checked') control.isTicked = isOn(attributeOf(attributes, 'val'));
    },
    close(name: string): void {
      if (name === 'w:sdt') controls.pop();
    },
    isInBox: (): boolean => typeof controls.at(-1)?.isTicked === 'boolean',
    /** The state of the box that is open, in place of its text; '' where it is written already or there is none. */
    box,
  };
}
