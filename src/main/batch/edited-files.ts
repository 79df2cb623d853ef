import { stat } from 'node:fs/promises';
import type { EditedFile, FinishedFile } from './item-record.ts';

/** Those of the files that were changed since they were read. */
export async function editedSince(files: readonly FinishedFile[]): Promise<readonly EditedFile[]> {
  const edited = await Promise.all(files.map(asEdited));
  return edited.filter((file) => file !== null);
}

/** Null when the file is as it was. */
async function asEdited(file: FinishedFile): Promise<EditedFile | null> {
  try {
    // As the walk reads it: whole milliseconds.
    const { size, mtimeMs } = await stat(file.path, { bigint: true });
    const [bytes, modifiedAt] = [Number(size), Number(mtimeMs)];
    if (bytes === file.bytes && modifiedAt === file.modifiedAt) return null;
    return { itemId: file.itemId, isInside: file.isInside, bytes, modifiedAt };
  } catch {
    // A file that is gone was not edited: its result stays.
    return null;
  }
}
