import type { Places } from '../../../shared/places.ts';
import type { Problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { textsOnChart } from '../drawings/chart-shapes.ts';
import { chartTitles } from '../drawings/charts.ts';
import { diagramText } from '../drawings/diagrams.ts';
import { pictureMark } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import { type Relationships, related, relatedAs, relatedOutside, relationshipsOf } from '../packed/ooxml-package.ts';
import { readingParts, type ZipParts } from '../packed/zip-parts.ts';
import { createFoundInSheets, type FoundInSheets, notesOnSheets } from '../sheets/found-in-sheets.ts';
import type { SheetLines } from '../sheets/sheet-rows.ts';
import { textlessWorkbook } from '../sheets/textless.ts';
import { type SheetText, workbookText } from '../sheets/workbook-text.ts';
import { commentLine, readComments, readPersons, readThreadedComments } from './comments.ts';
import { readDrawing } from './drawing.ts';
import { readNumberFormats } from './number-formats.ts';
import { readSharedStrings } from './rich-text.ts';
import { readWorkbook } from './workbook.ts';
import { readWorksheet, type SheetContext } from './worksheet.ts';

export type XlsxText = Pick<Content, 'text' | 'notes' | 'isWordless'> & { readonly places: Places };

/**
 * The text of an Excel workbook: its sheets in order, hidden ones, too. Only parts with text are unpacked, one after the
 * other, within the limits; links are never followed and formulas never computed.
 * @param main the path of the workbook's part.
 */
export function readXlsx(parts: ZipParts, main: string): Promise<Result<XlsxText, Problem>> {
  return readingParts(
    async () => {
      const found = createFoundInSheets();
      const read = workbookText(await readSheets(parts, main, found));
      if (read.text === '') return err(textlessWorkbook(found));
      return ok({ ...read, notes: notesOnSheets(found) });
    },
    (detail) => damagedFile({ what: 'workbook' }, detail),
  );
}

async function readSheets(parts: ZipParts, main: string, found: FoundInSheets): Promise<readonly SheetText[]> {
  const { sheets, is1904 } = readWorkbook(await parts.bytes(main));
  const relations = await relationshipsOf(parts, main);
  const partAs = (type: string): Promise<Buffer> => parts.bytes(relatedAs(relations, type)[0] ?? '');
  const strings = readSharedStrings(await partAs('sharedStrings'));
  const formats = readNumberFormats(await partAs('styles'), is1904);
  const persons = readPersons(await partAs('person'));
  const texts: SheetText[] = [];
  for (const { name, relationId, isHidden } of sheets) {
    const path = related(relations, relationId);
    if (path === null || !parts.has(path)) throw new Error(`The sheet ${name} is missing.`);
    const around = await relationshipsOf(parts, path);
    const addressOf = (id: string) => relatedOutside(around, id);
    const sheet = readSheet(await parts.bytes(path), { strings, formats, addressOf }, found);
    found.hasControls ||= await hasOlderControls(parts, around);
    const extras = [...(await commentLines(parts, around, persons)), ...(await drawnTexts(parts, around, found))];
    if (isHidden && sheet.lines.length + sheet.printed.length + extras.length > 0) found.hiddenSheets.push(name);
    texts.push({ ...sheet, name, isHidden, extras: [...sheet.printed, ...extras] });
  }
  return texts;
}

function readSheet(
  xml: Buffer,
  context: SheetContext,
  found: FoundInSheets,
): SheetLines & { readonly printed: readonly string[] } {
  const sheet = readWorksheet(xml, context);
  found.hiddenRows += sheet.hiddenRows;
  found.hiddenColumns += sheet.hiddenColumns;
  found.formulasWithoutResult += sheet.formulasWithoutResult;
  for (const kind of sheet.objects) found.objects.add(kind);
  found.hasControls ||= sheet.hasControls;
  found.richValues += sheet.richValues;
  return { ...sheet.rows.finish(), printed: sheet.printed.map(([kind, text]) => `[${kind}] ${text}`) };
}

/** Form controls as Excel 2007 wrote them: shapes that are neither comments nor pictures of objects. */
const olderControl = /\bObjectType\s*=\s*["'](?!(?:Note|Pict)["'])/;

async function hasOlderControls(parts: ZipParts, relations: Relationships): Promise<boolean> {
  for (const path of relatedAs(relations, 'vmlDrawing')) {
    if (olderControl.test(Buffer.from(await parts.bytes(path)).toString('latin1'))) return true;
  }
  return false;
}

async function commentLines(
  parts: ZipParts,
  relations: Relationships,
  persons: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const comments = [];
  for (const path of relatedAs(relations, 'comments')) comments.push(...readComments(await parts.bytes(path)));
  for (const path of relatedAs(relations, 'threadedComment')) {
    comments.push(...readThreadedComments(await parts.bytes(path), persons));
  }
  return comments.filter(({ text }) => text.trim() !== '').map(commentLine);
}

async function drawnTexts(parts: ZipParts, relations: Relationships, found: FoundInSheets): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const path of relatedAs(relations, 'drawing')) {
    const drawn = readDrawing(await parts.bytes(path));
    const around = await relationshipsOf(parts, path);
    for (const one of drawn) {
      const target = one.what === 'text' ? '' : (related(around, one.id) ?? '');
      if (one.what === 'text') {
        texts.push(`[Text box] ${one.text}`);
        found.hasEquations ||= one.hasEquations;
      } else if (one.what !== 'picture') {
        const text = await referredText(parts, target, one.what === 'diagram');
        if (text === '' && one.what === 'later_chart') found.hasOtherCharts = true;
        texts.push(text);
        if (one.what !== 'diagram') texts.push(...(await textsOnChart(parts, target)));
      } else if (pictureMark(target) === '') found.largeImages += 1;
      else texts.push(pictureMark(target));
    }
  }
  return texts.filter((text) => text !== '');
}

async function referredText(parts: ZipParts, path: string, isDiagram: boolean): Promise<string> {
  const xml = await parts.bytes(path);
  const text = isDiagram ? diagramText(xml) : chartTitles(xml);
  if (text === '') return '';
  return isDiagram ? `[Diagram] ${text}` : `[Chart] ${text}`;
}
