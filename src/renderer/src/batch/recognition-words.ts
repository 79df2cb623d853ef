import type { PlannedFormat } from '../../../shared/batch-plan.ts';
import { capitalised } from '../../../shared/places.ts';
import type { ReadingNote } from '../../../shared/reading-note.ts';
import { formatName } from '../file-text/format-name.ts';
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
  'avif',
]);

function recognised(notes: readonly ReadingNote[]) {
  return notes.find((note) => note.code === 'recognised')?.params ?? null;
}

/** "PNG image, recognised", "PDF, recognised in part". */
export function formatWords(format: string | null, notes: readonly ReadingNote[]): string | null {
  if (format === null) return null;
  const name = images.has(format) ? `${formatName(format)} image` : formatName(format);
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

/** "12 images, about 48 s, and the scanned pages of 8 PDFs, about 4 s each"; null without any of them. */
export function toRecogniseWords(formats: readonly PlannedFormat[]): string | null {
  const filesOf = (isOne: (extension: string) => boolean) =>
    formats.reduce((sum, { extension, files }) => sum + (isOne(extension) ? files : 0), 0);
  const pictures = filesOf((extension) => images.has(extension));
  const pdfs = filesOf((extension) => extension === 'pdf');
  const kinds = [
    ...(pictures === 0 ? [] : [`${formatCount(pictures, 'image')}, about ${formatDuration(pictures * PAGE_MS)}`]),
    ...(pdfs === 0 ? [] : [`any scanned pages in ${formatCount(pdfs, 'PDF')}, about ${formatDuration(PAGE_MS)} each`]),
  ];
  return kinds.length === 0 ? null : capitalised(kinds.join('; '));
}
