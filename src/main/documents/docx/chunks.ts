import { basename, extname } from 'node:path/posix';
import type { Problem } from '../../../shared/problem.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import type { Content, ReadInner } from '../content.ts';
import { contentTypesOf } from '../packed/ooxml-package.ts';
import type { ZipParts } from '../packed/zip-parts.ts';

/** The text of a part in another format: a web page, rich text, a Word document, plain text. */
export type ChunkText = Pick<Content, 'text' | 'notes'>;

/**
 * Parts that report generators embed unconverted; Word merges them into the document when it saves. Parts that are missing
 * or cannot be read are left out.
 */
export async function readChunks(
  parts: ZipParts,
  paths: ReadonlySet<string>,
  read: ReadInner,
): Promise<ReadonlyMap<string, ChunkText>> {
  const found = new Map<string, ChunkText>();
  if (paths.size === 0) return found;
  const { ofParts, ofExtensions } = await contentTypesOf(parts);
  for (const path of paths) {
    if (!parts.has(path)) continue;
    const type = ofParts.get(path.toLowerCase()) ?? ofExtensions.get(extname(path).slice(1).toLowerCase()) ?? '';
    const chunk = await read(await parts.bytes(path), `${path}${extensionFor(type)}`);
    if (!chunk.ok && holdsNothing.has(chunk.error.code))
      found.set(path, { text: '', notes: picturesOnly(path, chunk.error) });
    else if (chunk.ok && chunk.value.format !== 'xml')
      found.set(path, { text: chunk.value.text, notes: chunk.value.notes.map((note) => ofChunk(path, note)) });
  }
  return found;
}

/** What is embedded in the document has rows of its own in a batch; what is embedded in a part of it has none. */
function ofChunk(path: string, note: ReadingNote): ReadingNote {
  return note.code === 'objects_not_read' ? { code: 'in_attachment', params: { name: basename(path), note } } : note;
}

const holdsNothing: ReadonlySet<string> = new Set(['file_empty', 'file_no_text']);

/** A part that is nothing but pictures says how many large ones it has, or that it has others: small ones, metafiles. */
function picturesOnly(path: string, why: Problem): readonly ReadingNote[] {
  if (why.code !== 'file_no_text') return [];
  const { params } = why;
  return params.what === 'images_inside'
    ? [{ code: 'large_images_not_read', params: { count: params.pages } }]
    : [{ code: 'parts_not_read', params: { files: [{ name: basename(path), problem: why }], more: 0 } }];
}

/** What a part would be called as a file, where its name may say something else. */
function extensionFor(contentType: string): string {
  if (/html/i.test(contentType)) return '.html';
  return /rfc822/i.test(contentType) ? '.mht' : '';
}
