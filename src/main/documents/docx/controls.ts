import { type Attributes, attributeOf, isOn } from '../packed/xml-events.ts';

interface Control {
  /** `null` if the control is not a checkbox. */
  isTicked: boolean | null;
  isWritten: boolean;
}

export type Controls = ReturnType<typeof createControls>;

/**
 * Checkbox content controls (Word 2010 and later). Their state is stored, whatever symbol the document shows for it;
 * Word's own symbol for ticked is a crossed box.
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
    /** The state of the open checkbox, in place of its text; '' if already written or if there is none. */
    box,
  };
}
