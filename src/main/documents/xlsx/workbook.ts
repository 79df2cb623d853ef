import { readXml } from '../packed/xml-events.ts';
import { isSet } from './rich-text.ts';

interface SheetReference {
  readonly name: string;
  readonly relationId: string;
  readonly isHidden: boolean;
}

export interface Workbook {
  /** In their order. */
  readonly sheets: readonly SheetReference[];
  /** Whether days are counted from 1904 on, as on old Macs. */
  readonly is1904: boolean;
}

/** Reads `xl/workbook.xml`. */
export function readWorkbook(xml: Uint8Array): Workbook {
  const sheets: SheetReference[] = [];
  let is1904 = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'x:workbookPr') is1904 = isSet(attributes, 'date1904');
      else if (name === 'x:sheet') {
        const isHidden = attributes.state === 'hidden' || attributes.state === 'veryHidden';
        sheets.push({ name: attributes.name ?? '', relationId: attributes['r:id'] ?? '', isHidden });
      }
    },
    close() {},
  });
  return { sheets, is1904 };
}
