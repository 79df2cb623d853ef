import type { Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Content, ReadInner } from './content.ts';
import { readDocx } from './docx/read-docx.ts';
import { readEpub } from './epub/read-epub.ts';
import { damagedFile } from './file-problems.ts';
import type { ExtractLimits } from './limits.ts';
import { isOdf, readOdf } from './odf/read-odf.ts';
import { type PackedKind, packedKindOf } from './packed/packed-kind.ts';
import { createZipParts, listZip, readingParts, type ZipContents, type ZipParts } from './packed/zip-parts.ts';
import { readPptx } from './pptx/read-pptx.ts';
import { type Signature, zipSignature } from './signature.ts';
import { readXlsx } from './xlsx/read-xlsx.ts';

/** Reads a packed document. `foreign` is the problem of a ZIP file that is none; `readChunk` reads parts in other formats. */
export async function readZip(
  bytes: Buffer,
  limits: ExtractLimits,
  foreign: (signature: Signature) => Problem,
  readChunk: ReadInner,
): Promise<Result<Content, Problem>> {
  const contents = await listZip(bytes, limits);
  if (!contents.ok) return contents;
  const parts = createZipParts(contents.value, limits);
  const kind = await readingParts(
    async () => ok(await packedKindOf(parts)),
    (detail) => damagedFile({ what: 'zip' }, detail),
  );
  if (!kind.ok) return kind;
  if (kind.value === null) return await readOther(parts, foreign);
  const read = await readPacked(kind.value, contents.value, parts, { limits, readChunk });
  return read.ok
    ? ok({ places: null, pictured: 'package', ...read.value, format: kind.value.format, encoding: null })
    : read;
}

async function readOther(
  parts: ZipParts,
  foreign: (signature: Signature) => Problem,
): Promise<Result<Content, Problem>> {
  const odf = isOdf(parts) ? await readOdf(parts) : ok(null);
  if (!odf.ok) return odf;
  return odf.value === null ? err(foreign(zipSignature(parts.paths))) : ok({ ...odf.value, pictured: 'package' });
}

type PackedContent = Pick<Content, 'text' | 'notes' | 'isWordless'> & Partial<Pick<Content, 'places'>>;

async function readPacked(
  { format, main }: PackedKind,
  contents: ZipContents,
  parts: ZipParts,
  { limits, readChunk }: { readonly limits: ExtractLimits; readonly readChunk: ReadInner },
): Promise<Result<PackedContent, Problem>> {
  switch (format) {
    case 'docx':
      return await readDocx(contents, limits, readChunk, main);
    case 'xlsx':
      return await readXlsx(parts, main);
    case 'pptx':
      return await readPptx(parts, main);
    case 'epub':
      return await readEpub(parts, main, createZipParts(contents, limits));
  }
}
