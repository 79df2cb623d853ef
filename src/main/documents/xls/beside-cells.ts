import { printedText } from '../sheets/printed-text.ts';

/** What a sheet of a workbook of before 2007 holds beside its cells, by the records of its stream ([MS-XLS] 2.4). */
export interface BesideCells {
  /** Texts, each marked: what is printed at the edges of pages, text boxes, and the words of charts. */
  readonly texts: readonly string[];
  readonly hasControls: boolean;
  /** There are text boxes of before Excel 97, which are not read. */
  readonly hasOlderBoxes: boolean;
}

const kinds = {
  sheet: 0x85,
  begin: 0x809,
  end: 0x0a,
  header: 0x14,
  footer: 0x15,
  object: 0x5d,
  boxText: 0x1b6,
  continued: 0x3c,
  chartText: 0x100d,
} as const;
const HEAD_BYTES = 4;
/** Where a part of the workbook says of which version and kind it is. */
const [VERSION_AT, KIND_AT] = [0, 2];
const [EXCEL_97, CHART] = [0x0600, 0x20];
/** Of an object: what it is. */
const OBJECT_TYPE_AT = 4;
const [BOX, COMMENT] = [0x06, 0x19];
/** Buttons, boxes to tick, lists and the like; not the arrows of filters. */
const controls: ReadonlySet<number> = new Set([0x07, 0x0b, 0x0c, 0x0d, 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13]);
const CHARACTERS_AT = 10;
const CHART_TEXT_AT = 2;

interface OpenSheet {
  readonly printed: string[];
  readonly boxes: string[];
  readonly charts: string[];
  hasControls: boolean;
  hasOlderBoxes: boolean;
}

/**
 * What is beside the cells of each sheet, in the order of the sheets.
 * @param stream the stream with the workbook.
 * @param letters turns bytes that were taken for letters, one each, into what they stand for.
 */
export function besideCells(stream: Buffer, letters: (text: string) => string): readonly BesideCells[] {
  const places: number[] = [];
  const reader = createReader(letters);
  for (let at = 0; at + HEAD_BYTES <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const body = stream.subarray(at + HEAD_BYTES, at + HEAD_BYTES + stream.readUInt16LE(at + 2));
    if (type === kinds.sheet && body.length >= 4) places.push(body.readUInt32LE(0));
    else reader.read(type, body, at);
    at += HEAD_BYTES + body.length;
  }
  return places.map((at) => reader.take(at));
}

function createReader(letters: (text: string) => string) {
  const sheets = new Map<number, OpenSheet>();
  let sheet: OpenSheet | null = null;
  /** How many parts are open: a sheet, and a chart on it. */
  let depth = 0;
  let isExcel97 = true;
  let objectType = 0;
  let chart: string[] | null = null;
  /** Of a box whose text follows: how many characters are still to come. */
  let left = 0;
  let box = '';

  function begin(body: Buffer, at: number): void {
    if (body.length <= KIND_AT + 1) return;
    if (depth === 0) {
      isExcel97 = body.readUInt16LE(VERSION_AT) >= EXCEL_97;
      sheet = { printed: [], boxes: [], charts: [], hasControls: false, hasOlderBoxes: false };
      sheets.set(at, sheet);
    }
    if (body.readUInt16LE(KIND_AT) === CHART) chart = [];
    depth += 1;
  }

  function end(): void {
    depth = Math.max(0, depth - 1);
    const words = [...new Set(chart ?? [])].filter((word) => word !== '').join('; ');
    if (words !== '') sheet?.charts.push(`[Chart] ${words}`);
    chart = null;
  }

  function print(kind: 'Header' | 'Footer', body: Buffer): void {
    const text = printedText(textAt(body, 0, isExcel97 ? 2 : 1));
    if (depth === 1 && /\p{L}/u.test(text)) sheet?.printed.push(`[${kind}] ${text}`);
  }

  /** A text behind its length and, since Excel 97, how its characters are written. */
  function textAt(body: Buffer, at: number, lengthBytes: 1 | 2): string {
    if (body.length < at + lengthBytes) return '';
    const characters = lengthBytes === 1 ? body.readUInt8(at) : body.readUInt16LE(at);
    const from = at + lengthBytes;
    return isExcel97
      ? charactersIn(body.subarray(from), characters)
      : letters(body.toString('latin1', from, from + characters));
  }

  function beginBox(body: Buffer): void {
    box = '';
    left = body.length < CHARACTERS_AT + 2 || objectType === COMMENT ? 0 : body.readUInt16LE(CHARACTERS_AT);
  }

  function continueBox(body: Buffer): void {
    if (left === 0) return;
    const text = charactersIn(body, left);
    box += text;
    left = text === '' ? 0 : left - text.length;
    const words = box.replace(/\r\n?/g, '\n').trim();
    if (left === 0 && words !== '') sheet?.boxes.push(`[Text box] ${words}`);
  }

  return {
    read(type: number, body: Buffer, at: number): void {
      if (type === kinds.begin) begin(body, at);
      else if (type === kinds.end) end();
      else if (type === kinds.header) print('Header', body);
      else if (type === kinds.footer) print('Footer', body);
      else if (type === kinds.boxText) beginBox(body);
      else if (type === kinds.continued) continueBox(body);
      else if (type === kinds.chartText) chart?.push(textAt(body, CHART_TEXT_AT, 1).replace(/\s+/g, ' ').trim());
      else if (type === kinds.object && body.length >= OBJECT_TYPE_AT + 2) {
        objectType = body.readUInt16LE(OBJECT_TYPE_AT);
        if (sheet !== null) {
          sheet.hasControls ||= controls.has(objectType);
          sheet.hasOlderBoxes ||= objectType === BOX && !isExcel97;
        }
      }
    },
    /** What is on the sheet that begins at this place, once. */
    take(at: number): BesideCells {
      const { printed, boxes, charts, hasControls, hasOlderBoxes } = sheets.get(at) ?? nothing;
      sheets.delete(at);
      return { texts: [...new Set(printed), ...boxes, ...charts], hasControls, hasOlderBoxes };
    },
  };
}

const nothing = { printed: [], boxes: [], charts: [], hasControls: false, hasOlderBoxes: false };
const WIDE = 1;

/** As many characters as there are, behind a byte that says whether they have two bytes each. */
function charactersIn(bytes: Buffer, most: number): string {
  const isWide = ((bytes[0] ?? 0) & WIDE) !== 0;
  return isWide ? bytes.toString('utf16le', 1, 1 + 2 * most) : bytes.toString('latin1', 1, 1 + most);
}
