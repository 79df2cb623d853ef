import { type Problem, problem } from '../../../shared/problem.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Content } from '../content.ts';
import { damagedFile } from '../file-problems.ts';
import { readingParts, type ZipParts } from '../packed/zip-parts.ts';
import { isEncryptedOdf, type OdfDocument, type OdfKind, odfKindOf, openOdf } from './odf-package.ts';
import { readOdp } from './read-odp.ts';
import { readOds } from './read-ods.ts';
import { readOdt } from './read-odt.ts';

/** Whether a package may be an OpenDocument file: a text, spreadsheet, presentation, drawing or the like. */
export function isOdf(parts: ZipParts): boolean {
  return parts.has('META-INF/manifest.xml') && (parts.has('content.xml') || parts.has('encrypted-package'));
}

/** Reads an OpenDocument file; null if it is a drawing or another kind without text to read. */
export function readOdf(parts: ZipParts): Promise<Result<Content | null, Problem>> {
  return readingParts<Content | null>(
    async () => {
      if (await isEncryptedOdf(parts)) return err(problem('file_encrypted', { format: 'office' }));
      const content = await parts.bytes('content.xml');
      const kind = odfKindOf(content);
      return kind === null ? ok(null) : readKind(await openOdf(parts, kind, content));
    },
    (detail) => damagedFile({ what: 'document' }, detail),
  );
}

const flatRoot =
  /<office:document\s[^<>]*office:mimetype\s*=\s*["']application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation)/;

/** Whether these are the bytes of an OpenDocument file in one piece (.fodt, .fods, .fodp). */
export function isFlatOdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 1_024).includes('<office:document') && flatRoot.test(bytes.toString('latin1', 0, 16_384));
}

/** Reads an OpenDocument file in one piece. */
export function readFlatOdf(bytes: Buffer): Promise<Result<Content, Problem>> {
  return readingParts(
    async () => {
      const kind = odfKindOf(bytes) ?? 'odt';
      return readKind({ kind, content: bytes, styles: [bytes], objectAt: () => null });
    },
    (detail) => damagedFile({ what: 'document' }, detail),
  );
}

function readKind(document: OdfDocument): Result<Content, Problem> {
  const read = readers[document.kind](document);
  return read.ok ? ok({ places: null, ...read.value, format: document.kind, encoding: null }) : read;
}

type ReadOdf = (
  document: OdfDocument,
) => Result<Pick<Content, 'text' | 'notes' | 'isWordless'> & Partial<Pick<Content, 'places'>>, Problem>;

const readers: Readonly<Record<OdfKind, ReadOdf>> = { odt: readOdt, ods: readOds, odp: readOdp };
