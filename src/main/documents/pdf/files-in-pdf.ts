import { createHash } from 'node:crypto';
import { z } from 'zod';
import { collectComplaints } from './complaints.ts';
import { isPortfolio, openPdf, type PdfDocument, readingAlone } from './read-pdf.ts';

/** Files that a PDF carries. */
export interface FilesInPdf {
  /** Its pages are but a cover. */
  readonly isPortfolio: boolean;
  readonly files: readonly { readonly name: string; readonly bytes: Buffer }[];
}

/** What every PDF with files in it has somewhere outside of what is packed; others need not be opened to know. */
const signs = ['/EmbeddedFile', '/EF'];

/** The files attached to a PDF and to its pages; null if there are none, or if it cannot be opened, as reading it says. */
export async function filesInPdf(bytes: Buffer): Promise<FilesInPdf | null> {
  if (!signs.some((sign) => bytes.includes(sign))) return null;
  return await readingAlone(async () => {
    const complaints = collectComplaints();
    try {
      // It takes over the memory that it is given.
      return await filesOf(await openPdf(Buffer.from(bytes)));
    } catch {
      return null;
    } finally {
      complaints.stop();
    }
  });
}

const FILE_ATTACHMENT = 17;

/** A file that is pinned to a page, as the library describes it. */
const pin = z
  .object({ fileId: z.string(), file: z.object({ filename: z.string() }) })
  .transform(({ fileId, file }) => ({ id: fileId, name: file.filename }));

async function filesOf(document: PdfDocument): Promise<FilesInPdf | null> {
  try {
    const listed = [...((await document.getAttachments()) ?? [])].map(([id, { filename }]) => ({ id, name: filename }));
    const pinned = await document.getAnnotationsByType(new Set([FILE_ATTACHMENT]), new Set());
    const found = [...listed, ...pinned.flatMap((annotation) => pin.safeParse(annotation).data ?? [])];
    const files: { name: string; bytes: Buffer }[] = [];
    const seen = new Set<string>();
    for (const { id, name } of found) {
      const content = await document.getAttachmentContent(id);
      if (content === null || content === undefined) continue;
      const file = { name, bytes: Buffer.from(content) };
      const key = `${file.name} ${createHash('sha256').update(file.bytes).digest('hex')}`;
      if (!seen.has(key)) files.push(file);
      seen.add(key);
    }
    const { info } = await document.getMetadata();
    return files.length === 0 ? null : { isPortfolio: isPortfolio(info), files };
  } finally {
    await document.loadingTask.destroy();
  }
}
