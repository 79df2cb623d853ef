import { type MainPart, mainPartOf } from './ooxml-package.ts';
import type { ZipParts } from './zip-parts.ts';

/** A packed document that is read: its format, and the part that it begins with. */
export interface PackedKind {
  readonly format: 'docx' | 'xlsx' | 'pptx' | 'epub';
  readonly main: string;
}

const bookPart = /^([^/]+\/)?META-INF\/container\.xml$/i;
const wordPart = /^word\/document\d*\.xml$/;

/** What a packed document says of its content, whatever its name; null if it is none that is read. */
export async function packedKindOf(parts: ZipParts): Promise<PackedKind | null> {
  const word = parts.paths.find((path) => wordPart.test(path));
  if (word !== undefined) return { format: 'docx', main: word };
  const book = bookPartOf(parts);
  if (book !== null) return { format: 'epub', main: book };
  const main = (await mainPartOf(parts)) ?? usualPartOf(parts);
  if (main === null) return null;
  const format = officeFormatOf(main);
  return format === null ? null : { format, main: main.path };
}

/** Some pack a book with the folder that it is in: nothing is beside that. */
function bookPartOf({ paths }: ZipParts): string | null {
  const part = paths.find((path) => bookPart.test(path));
  const folder = part?.replace(bookPart, '$1') ?? '';
  return part !== undefined && paths.every((path) => path.startsWith(folder)) ? part : null;
}

/** Programs that do not say which part comes first still give it its usual name. */
function usualPartOf(parts: ZipParts): MainPart | null {
  const path = ['xl/workbook.xml', 'ppt/presentation.xml'].find((usual) => parts.has(usual));
  return path === undefined ? null : { path, contentType: '' };
}

/** By the content type, which templates, shows and files with macros have of their own; binary workbooks are not read. */
function officeFormatOf({ path, contentType }: MainPart): 'docx' | 'xlsx' | 'pptx' | null {
  if (/\.binary\./.test(contentType)) return null;
  if (/wordprocessingml|ms-word/.test(contentType)) return 'docx';
  if (/spreadsheetml|ms-excel/.test(contentType)) return 'xlsx';
  if (/presentationml|ms-powerpoint/.test(contentType)) return 'pptx';
  if (/^word\/[^/]+\.xml$/.test(path)) return 'docx';
  if (/^xl\/[^/]+\.xml$/.test(path)) return 'xlsx';
  return /^ppt\/[^/]+\.xml$/.test(path) ? 'pptx' : null;
}
