import { zipSync } from 'fflate';
import type { Entry } from 'yauzl';
import { err, ok } from '../../../shared/result.ts';
import { openCompound } from '../compound/compound-file.ts';
import { type EmbeddedFile, fileInObject } from '../compound/embedded-object.ts';
import { damagedFile } from '../file-problems.ts';
import type { ExtractLimits } from '../limits.ts';
import { sortNaturally } from '../natural-order.ts';
import { odfBodyOf } from '../odf/odf-package.ts';
import { relatedAs, relationshipsOf } from '../packed/ooxml-package.ts';
import { createZipParts, RefusedPart, type ZipContents, type ZipParts } from '../packed/zip-parts.ts';
import { isCompoundFile } from '../signature.ts';
import type { Container, OpenMember } from './container.ts';
import { createUniqueNames, tidyName } from './member-names.ts';
import { archiveEntry } from './zip-entry.ts';

/**
 * The files embedded in a packed document: parts of those of Office, folders in those of OpenDocument. Null if there are
 * none. The workbooks behind charts are none: their numbers are in the text.
 */
export async function embeddedParts(contents: ZipContents, limits: ExtractLimits): Promise<Container | null> {
  const document = { ...contents, parts: createZipParts(contents, limits), limits };
  const found = document.parts.has('content.xml') ? await inOpenDocument(document) : await inOffice(document);
  if (found.length === 0) return null;
  const unique = createUniqueNames();
  const members = found.map((member) => ({ ...member, name: unique(tidyName(member.name) ?? 'unnamed') }));
  return { isFolder: false, members, skipped: 0 };
}

interface PackedDocument extends ZipContents {
  readonly parts: ZipParts;
  readonly limits: ExtractLimits;
}

const embedded = /(?:^|\/)embeddings\/[^/]+$/i;
const relationshipsOfChart = /^(.*\/charts\/)_rels\/([^/]+)\.rels$/i;
/** Parts with these names are files as they are. */
const wholeFile = /\.(?:(?:doc|dot|xls|xlt|ppt|pot|pps|vsd)[xmb]|od[tspg])$/i;

async function inOffice(document: PackedDocument): Promise<readonly OpenMember[]> {
  const byPath = new Map<string, Entry>();
  for (const entry of document.entries) if (embedded.test(entry.fileName)) byPath.set(entry.fileName, entry);
  if (byPath.size === 0) return [];
  for (const path of await chartData(document.parts)) byPath.delete(path);
  const members: OpenMember[] = [];
  const seen = new Set<string>();
  for (const path of await sortNaturally([...byPath.keys()])) {
    const entry = byPath.get(path);
    const content = `${entry?.crc32} ${entry?.uncompressedSize}`;
    // The same object on several slides.
    if (entry === undefined || seen.has(content)) continue;
    seen.add(content);
    const member = await partMember(document, entry);
    if (member !== null) members.push(member);
  }
  return members;
}

/** The workbooks that charts are drawn from. */
async function chartData(parts: ZipParts): Promise<readonly string[]> {
  const data: string[] = [];
  for (const path of parts.paths) {
    const [, folder, name] = relationshipsOfChart.exec(path) ?? [];
    if (name !== undefined) data.push(...relatedAs(await relationshipsOf(parts, `${folder}${name}`), 'package'));
  }
  return data;
}

/** A part as a file, or the file in it if it is an object; null for one that holds none. */
async function partMember({ zip, parts, limits }: PackedDocument, entry: Entry): Promise<OpenMember | null> {
  const { bytes, problem: why, unpack } = archiveEntry(zip, entry, limits);
  const whole = { name: entry.fileName.slice(entry.fileName.lastIndexOf('/') + 1), bytes, problem: why, unpack };
  if (why !== null || wholeFile.test(entry.fileName)) return whole;
  try {
    const file = await parts.bytes(entry.fileName);
    if (!isCompoundFile(file)) return isObject(entry.fileName) ? null : whole;
    const inside = fileInPart(file);
    if (inside === undefined) return whole;
    return inside === null ? null : { ...sizedAs(inside), unpack: async () => await fromPart(unpack) };
  } catch (error) {
    if (error instanceof RefusedPart) return { ...whole, problem: error.problem };
    throw error;
  }
}

function sizedAs({ name, bytes, problem }: EmbeddedFile): Omit<OpenMember, 'unpack'> {
  return { name, bytes: bytes.length, problem };
}

/** Undefined for an object that is out of order, which its reader says. */
function fileInPart(part: Buffer): EmbeddedFile | null | undefined {
  const file = openCompound(part);
  return file?.isSound === true ? fileInObject(file, file.root, part) : undefined;
}

async function fromPart(unpack: OpenMember['unpack']): ReturnType<OpenMember['unpack']> {
  const part = await unpack();
  return part.ok ? ok(fileInPart(part.value)?.bytes ?? part.value) : part;
}

const bodyTypes: ReadonlyMap<string, readonly [extension: string, type: string]> = new Map([
  ['office:text', ['.odt', 'text']],
  ['office:spreadsheet', ['.ods', 'spreadsheet']],
  ['office:presentation', ['.odp', 'presentation']],
  ['office:drawing', ['.odg', 'graphics']],
]);

/** Objects are folders with a content of their own, or files without an extension, as other programs made them. */
async function inOpenDocument(document: PackedDocument): Promise<readonly OpenMember[]> {
  const byPath = new Map(document.entries.map((entry) => [entry.fileName, entry]));
  const members: OpenMember[] = [];
  for (const path of await sortNaturally([...byPath.keys()])) {
    const [, folder] = /^([^/]+)\/content\.xml$/.exec(path) ?? [];
    const entry = isObject(path) ? byPath.get(path) : undefined;
    const member =
      entry !== undefined
        ? await partMember(document, entry)
        : folder !== undefined
          ? await folderMember(document, folder)
          : null;
    if (member !== null) members.push(member);
  }
  return members;
}

/** Whether a part of an OpenDocument file may be an object, which has no extension. */
function isObject(path: string): boolean {
  return /^[^/.]+$/.test(path) && path !== 'mimetype' && path !== 'layout-cache';
}

/** Null for charts and formulas, which are in the text. */
async function folderMember(
  { parts, limits, ...contents }: PackedDocument,
  folder: string,
): Promise<OpenMember | null> {
  const [extension, type] = bodyTypes.get(odfBodyOf(await parts.bytes(`${folder}/content.xml`))) ?? [];
  if (type === undefined) return null;
  const paths = parts.paths.filter((path) => path.startsWith(`${folder}/`) && !path.endsWith('/'));
  const unpack = async () => {
    try {
      const own = createZipParts(contents, limits);
      const files: [string, Uint8Array][] = [
        ['mimetype', Buffer.from(`application/vnd.oasis.opendocument.${type}`)],
        ['META-INF/manifest.xml', Buffer.from('<manifest/>')],
      ];
      for (const path of paths) files.push([path.slice(folder.length + 1), await own.bytes(path)]);
      return ok(Buffer.from(zipSync(Object.fromEntries(files), { level: 0, mtime: unchanging })));
    } catch (error) {
      return err(error instanceof RefusedPart ? error.problem : damagedFile({ what: 'member' }, String(error)));
    }
  };
  return { name: `${folder}${extension}`, bytes: null, problem: null, unpack };
}

/** What is packed again is known by its bytes. */
const unchanging = new Date(1980, 0, 1);
