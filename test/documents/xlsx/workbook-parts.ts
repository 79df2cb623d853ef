import { packageParts, readParts, relationship, relationshipsOf } from '../read-parts.ts';

/** Assembles Excel workbooks from their XML, part by part. */

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
export const namespaces = `xmlns="${main}" xmlns:r="${relation}"`;

interface Sheet {
  readonly name: string;
  /** Rows as XML; or the whole part if it begins with one. */
  readonly data: string;
  /** What stands after the rows. */
  readonly after?: string;
  /** What stands before the rows. */
  readonly before?: string;
  readonly state?: string;
  readonly relationships?: string;
}

interface WorkbookOptions {
  readonly strings?: readonly string[];
  /** Number formats by id, and the format ids of cell styles. */
  readonly formats?: Readonly<Record<number, string>>;
  readonly styles?: readonly number[];
  readonly contentType?: string;
  readonly properties?: string;
  readonly parts?: Readonly<Record<string, string>>;
  readonly workbookRelationships?: string;
}

export const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';

export function row(number: number, cells: string, attributes = ''): string {
  return `<row r="${number}"${attributes}>${cells}</row>`;
}

/** An inline text, or a number with the given style. */
export function cell(reference: string, value: string | number, style = 0): string {
  if (typeof value === 'number') return `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
  return `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`;
}

export function workbookParts(sheets: readonly Sheet[], options: WorkbookOptions = {}): Record<string, string> {
  const { strings = [], formats = {}, styles = [], contentType = sheetType, properties = '', parts = {} } = options;
  const named = sheets.map((sheet, at) => ({ ...sheet, number: at + 1 }));
  const files: Record<string, string> = {
    ...packageParts('xl/workbook.xml', contentType),
    'xl/workbook.xml': `<workbook ${namespaces}>${properties}<sheets>${named
      .map(({ name, state, number }) => {
        const shown = state === undefined ? '' : ` state="${state}"`;
        return `<sheet name="${name}" sheetId="${number}"${shown} r:id="s${number}"/>`;
      })
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationshipsOf(
      named.map(({ number }) => relationship(`s${number}`, 'worksheet', `worksheets/sheet${number}.xml`)).join('') +
        relationship('strings', 'sharedStrings', 'sharedStrings.xml') +
        relationship('styles', 'styles', '/xl/styles.xml') +
        (options.workbookRelationships ?? ''),
    ),
    'xl/sharedStrings.xml': `<sst ${namespaces}>${strings.join('')}</sst>`,
    'xl/styles.xml': `<styleSheet ${namespaces}><numFmts>${Object.entries(formats)
      .map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs>${styles
      .map((id) => `<xf numFmtId="${id}"/>`)
      .join('')}</cellXfs></styleSheet>`,
  };
  for (const { number, data, before = '', after = '', relationships } of named) {
    files[`xl/worksheets/sheet${number}.xml`] = data.startsWith('<?')
      ? data
      : `<worksheet ${namespaces}>${before}<sheetData>${data}</sheetData>${after}</worksheet>`;
    if (relationships !== undefined) {
      files[`xl/worksheets/_rels/sheet${number}.xml.rels`] = relationshipsOf(relationships);
    }
  }
  return { ...files, ...parts };
}

export async function readSheets(sheets: readonly Sheet[], options: WorkbookOptions = {}) {
  return await readParts(workbookParts(sheets, options));
}

/** What is read of one sheet, without its heading. */
export async function readSheet(data: string, options: WorkbookOptions & Partial<Sheet> = {}) {
  const read = await readSheets([{ name: 'Sheet', data, ...pick(options) }], options);
  return { ...read, text: read.text.replace('## Sheet: Sheet\n\n', '') };
}

function pick({ before, after, relationships }: Partial<Sheet>): Partial<Sheet> {
  return {
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...(relationships === undefined ? {} : { relationships }),
  };
}
