import { zipSync } from 'fflate';
import type { Problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { damagedFile } from './file-problems.ts';
import { htmlToText } from './html-to-text.ts';
import type { ExtractLimits } from './limits.ts';
import { unpackParts, type ZipContents } from './zip-parts.ts';

export function isWordDocument(contents: ZipContents): boolean {
  return contents.entries.some((entry) => entry.fileName === 'word/document.xml');
}

export interface DocxText {
  readonly text: string;
  readonly notes: readonly string[];
}

/**
 * The text of a Word document: body, lists, tables, text boxes, footnotes and endnotes. Headers, footers, comments
 * and deleted text are not part of it.
 *
 * The parser is handed a fresh archive with only the document's XML in it, unpacked here within the limits, so it
 * meets no bomb and no image, and reads the very bytes that were checked.
 */
export async function readDocx(contents: ZipContents, limits: ExtractLimits): Promise<Result<DocxText, Problem>> {
  const parts = await unpackParts(contents, (name) => /\.(?:xml|rels)$/i.test(name), limits);
  if (!parts.ok) return parts;
  const archive = Buffer.from(zipSync(parts.value, { level: 0 }));
  const { default: mammoth } = await import('mammoth');
  try {
    const { value, messages } = await mammoth.convertToHtml(
      { buffer: archive },
      {
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    );
    const hasEquations = messages.some((message) => message.message.includes('oMath'));
    return ok({ text: htmlToText(value), notes: hasEquations ? ['Equations were left out.'] : [] });
  } catch (error) {
    return err(
      damagedFile(
        'This Word document is damaged: its text cannot be read. Open it in Word or LibreOffice, save it again, and add that.',
        String(error),
      ),
    );
  }
}
