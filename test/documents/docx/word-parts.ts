import { extractDocument } from '../../../src/main/documents/extract-document.ts';
import { defaultExtractLimits } from '../../../src/main/documents/limits.ts';
import type { Problem } from '../../../src/shared/problem.ts';
import type { ReadingNote } from '../../../src/shared/reading-note.ts';
import { wordDocument } from '../hostile-files.ts';
import { tempFolder } from '../temp-folder.ts';

/** Assembles Word documents from their XML, part by part. */

export const w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A run with the given properties. */
export function run(text: string, properties = ''): string {
  const looks = properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`;
  return `<w:r>${looks}<w:t xml:space="preserve">${text}</w:t></w:r>`;
}

export function line(content: string, properties = ''): string {
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
}

/** A complex field; without a result it has no separator. */
export function field(code: string, result: string | null = null): string {
  const char = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
  const end = result === null ? '' : char('separate') + result;
  return char('begin') + instruction(code) + end + char('end');
}

export function instruction(code: string): string {
  return `<w:r><w:instrText xml:space="preserve"> ${code} </w:instrText></w:r>`;
}

export function fieldChar(type: string): string {
  return `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
}

/** A list item at a level. */
export function item(listId: string, level: number, text: string): string {
  return line(
    text === '' ? '' : run(text),
    `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${listId}"/></w:numPr>`,
  );
}

export function level(depth: number, format: string, pattern: string, more = '', start = 1): string {
  return (
    `<w:lvl w:ilvl="${depth}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${more}` +
    `<w:lvlText w:val="${pattern}"/></w:lvl>`
  );
}

export function definition(id: string, content: string): string {
  return `<w:abstractNum w:abstractNumId="${id}">${content}</w:abstractNum>`;
}

export function list(id: string, definitionId: string, overrides = ''): string {
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${definitionId}"/>${overrides}</w:num>`;
}

export function numbering(...content: string[]): Record<string, string> {
  return { 'word/numbering.xml': `<w:numbering ${w}>${content.join('')}</w:numbering>` };
}

export function styles(content: string): Record<string, string> {
  return { 'word/styles.xml': `<w:styles ${w}>${content}</w:styles>` };
}

export async function readWord(
  body: string,
  options: Parameters<typeof wordDocument>[1] = {},
): Promise<{ readonly text: string; readonly notes: readonly ReadingNote[] }> {
  const path = tempFolder().put('document.docx', wordDocument(body, options));
  const result = await extractDocument(path, defaultExtractLimits);
  if (!result.ok) throw new Error(`${result.error.code} ${JSON.stringify(result.error)}`);
  return { text: result.value.text, notes: result.value.notes };
}

export async function problemOfWord(body: string, options: Parameters<typeof wordDocument>[1] = {}): Promise<Problem> {
  const path = tempFolder().put('document.docx', wordDocument(body, options));
  const result = await extractDocument(path, defaultExtractLimits);
  if (result.ok) throw new Error(`It was read: ${result.value.text}`);
  return result.error;
}
