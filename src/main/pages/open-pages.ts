import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import type { PagePicture } from '../../shared/page-picture.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readLocated } from '../documents/containers/located.ts';
import { damagedFile } from '../documents/file-problems.ts';
import { type ImageFormat, readImagePages } from '../documents/images/image-pages.ts';
import { defaultExtractLimits } from '../documents/limits.ts';
import { decodableImages } from './decodable-image.ts';
import { drawColour } from './draw-page.ts';
import type { PageWords } from './find-on-page.ts';
import { startImageDecoder } from './image-decoder.ts';
import type { PageAnswer, PageJob, PageSource } from './messages.ts';
import { charactersOf } from './page-characters.ts';
import { openPdf, UndrawablePdfError } from './pdf-document.ts';
import { writePictures } from './picture-file.ts';
import type { Wanted } from './raster.ts';
import { scaleImage } from './scale-image.ts';

/** A file whose pages can be drawn. */
interface OpenFile {
  picture(page: number, wanted: Wanted): Promise<PagePicture | null>;
  words(page: number): PageWords | null;
}

const NO_WORDS: PageWords = { text: '', starts: new Int32Array(0), boxes: new Float32Array(0) };

/** Draws pages, and keeps the file open of which it drew the last one. */
export function createPageDrawing() {
  let open: { readonly key: string; readonly file: OpenFile } | null = null;

  const openFile = async (source: PageSource): Promise<Result<OpenFile, Problem>> => {
    const key = JSON.stringify([source, stateOf(source.path)]);
    if (open?.key === key) return ok(open.file);
    open = null;
    const bytes = await readAsItWas(source);
    if (!bytes.ok) return bytes;
    const file = source.format === 'pdf' ? await pdfFile(bytes.value) : await imageFile(bytes.value, source.format);
    if (file.ok) open = { key, file: file.value };
    return file;
  };

  return {
    answer: async ({ source, page, want }: PageJob): Promise<Result<PageAnswer, Problem>> => {
      const file = await openFile(source);
      if (!file.ok) return file;
      const answer = await answerOf(file.value, page, want);
      return answer === null ? err(problem('page_not_drawn', { why: 'not_drawn' })) : ok(answer);
    },
  };
}

async function answerOf(file: OpenFile, page: number, want: PageJob['want']): Promise<PageAnswer | null> {
  switch (want.what) {
    case 'picture':
      return await file.picture(page, { width: want.width });
    case 'file': {
      const picture = await file.picture(page, 'to_send');
      return picture === null ? null : await writePictures(picture);
    }
    case 'words':
      return file.words(page);
  }
}

/** What changes when a file does, as far as can be told without reading it. */
function stateOf(path: string): readonly unknown[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  return [stats?.size, stats?.mtimeMs, stats?.ctimeMs, stats?.ino];
}

async function readAsItWas(source: PageSource): Promise<Result<Buffer, Problem>> {
  const bytes = await readLocated(source, defaultExtractLimits);
  if (!bytes.ok) {
    return bytes.error.code === 'file_vanished' ? err(problem('file_vanished', { what: 'shown' })) : bytes;
  }
  const isSame = createHash('sha256').update(bytes.value).digest('hex') === source.sha256;
  return isSame ? bytes : err(problem('page_not_drawn', { why: 'changed' }));
}

async function pdfFile(bytes: Buffer): Promise<Result<OpenFile, Problem>> {
  try {
    const pdf = await openPdf(bytes);
    return ok({
      picture: async (page, wanted) => drawColour(pdf, page, wanted),
      words: (page) => charactersOf(pdf, page),
    });
  } catch (error) {
    if (error instanceof UndrawablePdfError) return err(damagedFile({ what: 'pdf' }, error.message));
    throw error;
  }
}

async function imageFile(bytes: Buffer, format: ImageFormat): Promise<Result<OpenFile, Problem>> {
  const pages = readImagePages(bytes, format);
  if (!pages.ok) return pages;
  const decodable = decodableImages(bytes, format);
  const decoder = await startImageDecoder();
  return ok({
    // Those in an image are not known before they are recognised.
    words: () => NO_WORDS,
    picture: async (number, wanted) => {
      const page = pages.value[number - 1];
      const image = page === undefined ? null : await decodable(number);
      if (page === undefined || image === null) return null;
      const decoded = decoder.decode(image, page.orientation);
      return decoded === null ? null : scaleImage(decoded, wanted);
    },
  });
}
