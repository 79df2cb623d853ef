import { expect, it } from 'vitest';
import { formatWords, recognitionWords, toRecogniseWords } from '../../../src/renderer/src/batch/recognition-words.ts';
import type { ReadingNote } from '../../../src/shared/reading-note.ts';

const recognised = (pages: number, of: number): ReadingNote => ({
  code: 'recognised',
  params: { pages, of, confidence: 93, doubtful: [] },
});

it('a recognised file says so beside its format, with its confidence', () => {
  expect(formatWords('png', [recognised(1, 1)])).toBe('PNG image, recognised');
  expect(formatWords('pdf', [recognised(2, 12)])).toBe('PDF, recognised in part');
  expect(formatWords('pdf', [])).toBe('PDF');
  expect(formatWords(null, [])).toBeNull();
  expect(recognitionWords([recognised(2, 12)])).toBe('Confidence 93 of 100');
  expect(recognitionWords([])).toBeNull();
});

it('a document whose pictures were recognised has their confidence', () => {
  const inPictures = (pictures: number, confidence: number): ReadingNote => ({
    code: 'pictures_recognised',
    params: { pictures, of: 3, confidence },
  });
  expect(recognitionWords([inPictures(2, 91)])).toBe('Confidence 91 of 100');
  expect(recognitionWords([inPictures(0, 0)])).toBeNull();
  expect(formatWords('docx', [inPictures(2, 91)])).toBe('DOCX');
  expect(formatWords('text', [])).toBe('text');
});

it('a plan says how many images are to be recognised, and about how long that takes', () => {
  const plan = [
    { extension: 'png', files: 10, bytes: 1, read: 0, textBytes: 0, pages: 0 },
    { extension: 'tif', files: 5, bytes: 1, read: 0, textBytes: 0, pages: 0 },
    { extension: 'pdf', files: 2, bytes: 1, read: 0, textBytes: 0, pages: 0 },
    { extension: 'txt', files: 7, bytes: 1, read: 0, textBytes: 0, pages: 0 },
  ];
  expect(toRecogniseWords(plan.slice(0, 2))).toBe('15 images, about 1 min');
  expect(toRecogniseWords(plan)).toBe('15 images, about 1 min; any scanned pages in 2 PDFs, about 4 s each');
  expect(toRecogniseWords(plan.slice(2))).toBe('Any scanned pages in 2 PDFs, about 4 s each');
  expect(toRecogniseWords(plan.slice(3))).toBeNull();
});
