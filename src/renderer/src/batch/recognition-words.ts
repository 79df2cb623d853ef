import type { PlannedFormat } from '../../../shared/batch-plan.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { formatCount, formatDuration } from '../ui/format.ts';

const images: ReadonlySet<string> = new Set([
  'png',
  'jpeg',
  'jpg',
  'jpe',
  'jfif',
  'tiff',
  'tif',
  'webp',
  'gif',
  'bmp',
  'heic',
  'heif',
  'hif',
]);

function recognised(notes: readonly ReadingNote[]) {
  return notes.find((note) => note.code === 'recognised')?.params ?? null;
}

/** "PNG image, recognised", "pdf, recognised in part". */
export function formatWords(format: string | null, notes: readonly ReadingNote[]): string | null {
  if (format === null) return null;
  const name = images.has(format) ? `${format.toUpperCase()} image` : format;
  const pages = recognised(notes);
  if (pages === null) return name;
  return pages.pages < pages.of ? `${name}, recognised in part` : `${name}, recognised`;
}

/** "Confidence 93 of 100"; null for what was not recognised. */
export function recognitionWords(notes: readonly ReadingNote[]): string | null {
  const pictures = notes.find((note) => note.code === 'pictures_recognised')?.params;
  const { confidence } = recognised(notes) ?? pictures ?? { confidence: 0 };
  return confidence === 0 ? null : `Confidence ${confidence} of 100`;
}

/** What a page takes on a usual machine, with nothing else beside it. */
const PAGE_MS = 4_000;

/** "12 images, some 48 s, and pages of PDFs that are images"; null without any images. */
export function toRecogniseWords(formats: readonly PlannedFormat[]): string | null {
  const files = formats.reduce((sum, format) => sum + (images.has(format.extension) ? format.files : 0), 0);
  if (files === 0) return null;
  return `${formatCount(files, 'image')}, some ${formatDuration(files * PAGE_MS)} one after the other`;
}
