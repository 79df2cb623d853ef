import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { readLocated } from '../documents/containers/located.ts';
import { nameOf } from '../documents/containers/location.ts';
import { picturesInFile } from '../documents/extract-document.ts';
import { damagedFile } from '../documents/file-problems.ts';
import { type ImageFormat, isImageFormat, readImagePages } from '../documents/images/image-pages.ts';
import { defaultExtractLimits } from '../documents/limits.ts';
import { createZipParts, listZip, readingParts } from '../documents/packed/zip-parts.ts';
import { certainSignature, likelySignature } from '../documents/signature.ts';
import { decodableImages } from '../pages/decodable-image.ts';
import { drawGrey } from '../pages/draw-page.ts';
import { openPdf, UndrawablePdfError } from '../pages/pdf-document.ts';
import type { FromThread, PageOutcome, RecognitionJob } from './messages.ts';
import { startTesseract, type Tesseract, UndecodableImageError } from './tesseract.ts';
import { readUpright } from './upright.ts';

/**
 * The thread that recognises the pages of one file, one after the other, and ends. It can be killed at any moment. It
 * has no environment variables and no way to open a connection.
 */
const job = workerData as RecognitionJob;

for (const name of ['fetch', 'WebSocket', 'EventSource']) Reflect.deleteProperty(globalThis, name);

type ReadPage = (number: number) => PageOutcome | Promise<PageOutcome>;

async function run(): Promise<Result<null, Problem>> {
  const file = await readLocated(job, defaultExtractLimits);
  if (!file.ok) return file;
  const sha256 = createHash('sha256').update(file.value).digest('hex');
  if (sha256 !== job.sha256) return err(problem('file_vanished', { what: 'same_file' }));
  const tesseract = await startTesseract(job.languages);
  const read = await pageReader(file.value, tesseract);
  if (!read.ok) return read;
  for (const number of job.pages) {
    tell({ type: 'begun', number });
    tell({ type: 'step', step: await read.value(number) });
  }
  return ok(null);
}

async function pageReader(bytes: Buffer, tesseract: Tesseract): Promise<Result<ReadPage, Problem>> {
  try {
    if (job.format === 'pdf') return ok(await pdfPages(bytes, tesseract));
    if (job.format === 'package') return await packedPictures(bytes, job.parts, tesseract);
    if (job.format === 'file') return ok(await filePictures(bytes, job.parts, tesseract));
    return await imagePages(bytes, job.format, tesseract);
  } catch (error) {
    if (error instanceof UndrawablePdfError) return err(damagedFile({ what: 'pdf' }, error.message));
    throw error;
  }
}

async function pdfPages(bytes: Buffer, tesseract: Tesseract): Promise<ReadPage> {
  const pdf = await openPdf(bytes);
  return (number) => {
    const page = drawGrey(pdf, number);
    if (page === null) return { number, lost: 'not_drawn' };
    return { number, ...readUpright((orientation) => tesseract.recognise(page.image, orientation, page.dpi), 1) };
  };
}

/** The pictures in the parts of a package. One that cannot be unpacked or is no image is lost alone. */
async function packedPictures(
  bytes: Buffer,
  paths: readonly string[],
  tesseract: Tesseract,
): Promise<Result<ReadPage, Problem>> {
  const contents = await listZip(bytes, defaultExtractLimits);
  if (!contents.ok) return contents;
  const parts = createZipParts(contents.value, defaultExtractLimits);
  return ok(async (number) => {
    const picture = await readingParts(
      async () => ok(await parts.bytes(paths[number - 1] ?? '')),
      (detail) => damagedFile({ what: 'zip' }, detail),
    );
    return picture.ok ? await readPicture(picture.value, number, tesseract) : { number, lost: 'not_drawn' };
  });
}

/** The pictures in a mail or page. */
async function filePictures(bytes: Buffer, hashes: readonly string[], tesseract: Tesseract): Promise<ReadPage> {
  const pictures = await picturesInFile(bytes, nameOf(job), defaultExtractLimits);
  return async (number) => {
    const picture = pictures.get(hashes[number - 1] ?? '');
    return picture === undefined ? { number, lost: 'not_drawn' } : await readPicture(picture, number, tesseract);
  };
}

async function readPicture(picture: Buffer, number: number, tesseract: Tesseract): Promise<PageOutcome> {
  const kind = (certainSignature(picture) ?? likelySignature(picture))?.kind ?? 'unknown';
  const pages = isImageFormat(kind) ? await imagePages(picture, kind, tesseract) : null;
  return pages?.ok ? { ...(await pages.value(1)), number } : { number, lost: 'not_drawn' };
}

async function imagePages(
  bytes: Buffer,
  format: ImageFormat,
  tesseract: Tesseract,
): Promise<Result<ReadPage, Problem>> {
  const pages = readImagePages(bytes, format);
  if (!pages.ok) return pages;
  const decodable = decodableImages(bytes, format);
  return ok(async (number) => {
    const page = pages.value[number - 1];
    const image = page === undefined ? null : await decodable(number);
    if (page === undefined || image === null) return { number, lost: 'not_drawn' };
    try {
      return { number, ...readUpright((turn) => tesseract.recognise(image, turn, null), page.orientation) };
    } catch (error) {
      if (error instanceof UndecodableImageError) return { number, lost: 'not_drawn' };
      throw error;
    }
  });
}

function tell(message: FromThread): void {
  parentPort?.postMessage(message);
}

tell({ type: 'end', result: await run() });
