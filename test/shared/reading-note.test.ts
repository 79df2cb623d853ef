import { describe, expect, it } from 'vitest';
import { type ReadingNote, readingNotes } from '../../src/shared/reading-note.ts';
import { noteWords } from '../../src/shared/reading-note-words.ts';

describe('a reading note', () => {
  it.each<[ReadingNote, string]>([
    [
      { code: 'bytes_not_valid', params: { count: 1_204, encoding: 'utf-8' } },
      '1,204 byte sequences are not valid utf-8 and show as \ufffd.',
    ],
    [
      { code: 'pages_missing', params: { pages: [3, 7], of: 50 } },
      '2 of 50 pages are missing (3, 7): they are damaged, and were left out by choice.',
    ],
    [
      { code: 'running_lines_left_out', params: { lines: 1_041, pages: 347, of: 348 } },
      'Running heads, feet and page numbers are in the text once: 1,041 more such lines, on 347 of 348 pages, were left out.',
    ],
    [
      { code: 'running_lines_left_out', params: { lines: 1, pages: 1, of: 3 } },
      'Running heads, feet and page numbers are in the text once: 1 more such line, on 1 of 3 pages, was left out.',
    ],
    [
      { code: 'line_numbers_left_out', params: { pages: 12, of: 13 } },
      'The numbers of lines in the margin of 12 of 13 pages were left out.',
    ],
    [{ code: 'files_attached', params: { count: 2 } }, '2 files are attached to this PDF; they were not read.'],
    [
      { code: 'pages_without_text', params: { pages: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], of: 12 } },
      '11 of 12 pages contain no text (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …); if they are images, the words in them were not read.',
    ],
  ])('%j is worded', (note, words) => {
    expect(noteWords(note)).toBe(words);
  });

  it('stored as a sentence by Docket 0.1 is shown as that sentence', () => {
    const note: ReadingNote = { code: 'comments_not_read', params: {} };
    expect(readingNotes(['Two sheets were empty.', note]).map(noteWords)).toEqual([
      'Two sheets were empty.',
      'Comments were not read.',
    ]);
  });

  it('of another version of Docket, which this one has no words for, says so', () => {
    const stored: ReadingNote = JSON.parse('{"code":"read_backwards","params":{}}');
    expect(noteWords(stored)).toContain('nother version of Docket');
  });
});
