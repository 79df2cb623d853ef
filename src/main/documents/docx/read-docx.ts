import { type Problem, problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content, ReadInner } from '../content.ts';
import { hasWords } from '../drawings/pictures.ts';
import { damagedFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { notesOnObjects } from '../object-kinds.ts';
import { type Relationships, related, relatedAs, relationshipsOf } from '../packed/ooxml-package.ts';
import { xmlText } from '../packed/xml-events.ts';
import { createZipParts, readingParts, unpackParts, type ZipContents, type ZipParts } from '../packed/zip-parts.ts';
import { textlessDocument } from '../textless-document.ts';
import { type ChunkText, readChunks } from './chunks.ts';
import { docxText, type StoryPart } from './docx-text.ts';
import type { Found } from './found.ts';
import { readLists } from './numbering.ts';
import { readStyles } from './styles.ts';

export type DocxText = Pick<Content, 'text' | 'notes' | 'isWordless'>;

const mainPart = /^word\/document\d*\.xml$/;
const diagramPart = /^word\/diagrams\/data\d*\.xml$/;
/** Of newer kinds (funnels, waterfalls, trees), too. */
const chartPart = /^word\/charts\/chart(?:Ex)?\d*\.xml$/i;
/** Texts that lie on charts. */
const chartShapesPart = /^word\/drawings\/drawing\d*\.xml$/;
const otherParts = /^word\/(?:footnotes|endnotes|comments|numbering|settings|styles|header|footer)\d*\.xml$/;
/** Parts with text that may refer to others. */
const storyPart = /^word\/(?:document|footnotes|endnotes|header|footer)\d*\.xml$/;

const readPatterns = [mainPart, otherParts, diagramPart, chartPart, chartShapesPart];

/**
 * The text of a Word document. Hidden text and tracked deletions are left out, with notes. Only parts with
 * text are unpacked, within the limits; links are never followed.
 * @param main the path of the document's part.
 */
export async function readDocx(
  contents: ZipContents,
  limits: ExtractLimits,
  readChunk: ReadInner,
  main: string,
): Promise<Result<DocxText, Problem>> {
  const unpacked = await unpackParts(contents, (name) => readPatterns.some((part) => part.test(name)), limits);
  if (!unpacked.ok) return unpacked;
  return await readingParts(async () => {
    const zip = createZipParts(contents, limits);
    const references = new Map<string, Relationships>();
    for (const path of zip.paths.filter((one) => storyPart.test(one))) {
      references.set(path, await relationshipsOf(zip, path));
    }
    const parts = await withRenamedParts(unpacked.value, references, zip, main);
    const chunkPaths = new Set([...references.values()].flatMap((one) => relatedAs(one, 'aFChunk')));
    const { text, found } = readParts(parts, references, await readChunks(zip, chunkPaths, readChunk));
    if (found.holds.has('other formats')) return err(mixedDocx());
    if (found.holds.has('other documents')) return err(masterDocx());
    if (text === '') return err(textlessDocx(contents, found));
    const notes = notesOn(found);
    return ok(hasWords(text) ? { text, notes } : { text, notes, isWordless: true });
  }, damagedDocx);
}

type Parts = Readonly<Record<string, Uint8Array>>;

/** What parts are usually called, by how a document refers to them; those that it has several of by a number. */
const usualNames: ReadonlyMap<string, (number: number) => string> = new Map<string, (number: number) => string>([
  ...['footnotes', 'endnotes', 'comments', 'numbering', 'settings', 'styles'].map(
    (type) => [type, () => `word/${type}.xml`] as const,
  ),
  ['diagramData', (number) => `word/diagrams/data${number}.xml`],
  ['chart', (number) => `word/charts/chart${number}.xml`],
]);
/** Headers and footers are known by their own names. */
const byOwnName = new Set(['header', 'footer']);
/** Of a part that some program called otherwise. */
const FREE_NUMBER = 1_000_000;

/** The parts, and those that some program called otherwise, under their usual names. What they refer to is added to `references`. */
async function withRenamedParts(
  parts: Parts,
  references: Map<string, Relationships>,
  zip: ZipParts,
  main: string,
): Promise<Parts> {
  const renamed: Record<string, Uint8Array> = {};
  /** A document may refer to a part in several places. */
  const met = new Set<string>();
  const around = references.get(main) ?? (await relationshipsOf(zip, main));
  if (!mainPart.test(main)) {
    renamed['word/document.xml'] = await zip.bytes(main);
    references.set('word/document.xml', around);
  }
  for (const { type, target, isExternal } of around.all) {
    const usual = byOwnName.has(type) ? () => target : usualNames.get(type);
    if (usual === undefined || isExternal || met.has(target) || parts[target] !== undefined || !zip.has(target))
      continue;
    met.add(target);
    const name = usual(FREE_NUMBER + met.size);
    if (parts[name] !== undefined || renamed[name] !== undefined) continue;
    renamed[name] = await zip.bytes(target);
    references.set(name, await relationshipsOf(zip, target));
  }
  return { ...parts, ...renamed };
}

function readParts(
  parts: Parts,
  references: ReadonlyMap<string, Relationships>,
  chunks: ReadonlyMap<string, ChunkText>,
): ReturnType<typeof docxText> {
  const part = (name: RegExp | string): string => partAt(parts, pathIn(parts, name));
  const styles = readStyles(part('styles'));
  const stories = {
    document: pathIn(parts, mainPart),
    footnotes: pathIn(parts, 'footnotes'),
    endnotes: pathIn(parts, 'endnotes'),
  };
  const pathOf = (story: StoryPart, id: string): string => {
    const found = references.get(typeof story === 'string' ? stories[story] : story.path);
    return found === undefined ? '' : (related(found, id) ?? '');
  };
  const all = (name: RegExp): string[] =>
    Object.keys(parts)
      .filter((path) => name.test(path))
      .sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
  return docxText({
    document: part(mainPart),
    footnotes: part('footnotes'),
    endnotes: part('endnotes'),
    comments: part('comments'),
    settings: part('settings'),
    diagrams: all(diagramPart).map((path) => partAt(parts, path)),
    charts: all(chartPart).map((path) => partAt(parts, path)),
    chartShapes: all(chartShapesPart).map((path) => partAt(parts, path)),
    lists: readLists(part('numbering'), styles.listOf),
    styles,
    pathOf,
    partAt: (path) => partAt(parts, path),
    chunkAt: (path) => chunks.get(path) ?? null,
    headers: all(/^word\/header/),
    footers: all(/^word\/footer/),
  });
}

/** '' if there is no such part. */
function pathIn(parts: Parts, name: RegExp | string): string {
  const pattern = typeof name === 'string' ? new RegExp(`^word/${name}\\d*\\.xml$`) : name;
  return Object.keys(parts).find((path) => pattern.test(path)) ?? '';
}

/** '' if there is no such part. */
function partAt(parts: Parts, path: string): string {
  const bytes = parts[path];
  if (bytes === undefined) return '';
  return xmlText(bytes);
}

/** Notes on what is missing from the text or differs from the printed page. */
function notesOn(found: Found): ReadingNote[] {
  const { holds } = found;
  const notes: (ReadingNote | false)[] = [
    holds.has('equations') && { code: 'equations_as_symbols', params: {} },
    holds.has('comments') && { code: 'comments_not_read', params: {} },
    holds.has('deletions') && { code: 'deletions_left_out', params: {} },
    holds.has('drawings') && { code: 'drawings_not_read', params: {} },
    ...notesOnObjects(found.objects),
    holds.has('controls') && { code: 'controls_not_read', params: {} },
    found.largeImages > 0 && { code: 'large_images_not_read', params: { count: found.largeImages } },
    found.hiddenCharacters > 0 && { code: 'hidden_text_left_out', params: { characters: found.hiddenCharacters } },
    found.unknownSigns > 0 && { code: 'signs_unknown', params: { count: found.unknownSigns } },
    found.fieldsWithoutResult > 0 && { code: 'fields_without_result', params: { count: found.fieldsWithoutResult } },
    holds.has('digits for numbers') && { code: 'list_numbers_in_digits', params: {} },
  ];
  return [...notes.filter((note) => note !== false), ...found.notes];
}

/** Report generators write such documents; Word merges the parts when it saves. */
function mixedDocx(): Problem {
  return problem('file_unsupported', { what: 'docx_parts' });
}

/** A master document: its subdocuments are separate files, with text of its own in between. */
function masterDocx(): Problem {
  return problem('file_unsupported', { what: 'docx_master' });
}

function textlessDocx(contents: ZipContents, { objects, holds }: Found): Problem {
  if (objects.size > 0 || holds.has('controls')) return textlessDocument(true);
  return contents.entries.some((entry) => entry.fileName.startsWith('word/media/'))
    ? problem('file_no_text', { what: 'docx_images' })
    : problem('file_empty', { what: 'docx' });
}

function damagedDocx(detail: string): Problem {
  return damagedFile({ what: 'docx' }, detail);
}
