import { createHash } from 'node:crypto';
import { type CompoundEntry, openCompound } from '../compound/compound-file.ts';
import { type EmbeddedFile, fileInObject, isObjectOfExcel } from '../compound/embedded-object.ts';
import type { ExtractLimits } from '../limits.ts';
import { objectsInPresentation } from '../ppt/objects.ts';
import { objectsInRtf } from '../rtf/objects.ts';
import { isCompoundFile } from '../signature.ts';

/**
 * The files embedded in a document of Office before 2007 or in rich text. A document that is out of order has none: reading it
 * says so.
 */
export function embeddedObjects(bytes: Buffer, limits: ExtractLimits): readonly EmbeddedFile[] {
  return withoutCopies(isCompoundFile(bytes) ? inCompound(bytes, limits) : objectsInRtf(bytes));
}

function* inCompound(bytes: Buffer, limits: ExtractLimits): Generator<EmbeddedFile> {
  const file = openCompound(bytes);
  if (file === null || !file.isSound) return;
  const folders = file.root.children.flatMap(objectFolders);
  for (const folder of folders.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const found = fileInObject(file, folder, bytes);
    if (found !== null) yield found;
  }
  const stream = (name: string) => file.root.children.find((entry) => entry.name === name && entry.kind === 'stream');
  const [slides, user] = [stream('PowerPoint Document'), stream('Current User')];
  if (slides === undefined || user === undefined) return;
  yield* objectsInPresentation(file.read(slides), file.read(user), limits);
}

/** Word keeps its objects in a folder of their own, Excel beside the workbook. */
function objectFolders(folder: CompoundEntry): readonly CompoundEntry[] {
  if (folder.name === 'ObjectPool') return folder.children.filter(({ kind }) => kind === 'folder');
  return isObjectOfExcel(folder) ? [folder] : [];
}

function withoutCopies(found: Iterable<EmbeddedFile>): readonly EmbeddedFile[] {
  const files = new Map<string, EmbeddedFile>();
  for (const file of found) {
    const content = createHash('sha256').update(file.bytes).digest('hex');
    if (!files.has(content)) files.set(content, file);
  }
  return [...files.values()];
}
