import type { PageLoss, Problem } from './problem.ts';

/**
 * What the user should know about how a file was read: anything guessed, lost, left out or not read. A note is data;
 * `reading-note-words.ts` has a sentence for each. Codes are stable: they are stored and exported.
 */
export interface ReadingNoteParams {
  // characters
  /** Byte sequences that are invalid in the encoding; each shows as U+FFFD. */
  bytes_not_valid: { readonly count: number; readonly encoding: string };
  /** The file does not state its encoding. `others` fit its bytes nearly as well but give different text. */
  encoding_guessed: { readonly encoding: string; readonly others: readonly string[] };
  /** Parts of the file are in different encodings. */
  encodings_mixed: { readonly encodings: readonly string[] };
  /** NUL bytes, which text never contains, were left out. */
  nuls_dropped: { readonly count: number };
  /** Invisible characters that spelled out text only a machine can read; they were left out. */
  hidden_characters: { readonly count: number };
  // PDF
  files_attached: { readonly count: number };
  /** Damaged pages that the person chose to do without. */
  pages_missing: { readonly pages: readonly number[]; readonly of: number };
  /** 1-based page numbers, in a document of `of` pages. */
  pages_without_text: { readonly pages: readonly number[]; readonly of: number };
  /** Pages that are an image with hardly any text on it, such as a scan with a stamp. */
  pages_as_images: { readonly pages: readonly number[]; readonly of: number };
  /**
   * Words of this many pages of `of` were recognised from pictures, with a mean confidence from 0 to 100; on the doubtful
   * pages it is low.
   */
  recognised: {
    readonly pages: number;
    readonly of: number;
    readonly confidence: number;
    readonly doubtful: readonly number[];
    /** As Tesseract names them; absent where earlier versions recognised it. */
    readonly languages?: readonly string[];
  };
  /** Pages on which that share of what looks like letters, 0 to 1, is in no recognised word; the largest share of them. */
  recognised_in_part: { readonly pages: readonly number[]; readonly of: number; readonly missed: number };
  /** Pages so full of specks that nobody can tell how much of them was not recognised. */
  recognised_among_specks: { readonly pages: readonly number[]; readonly of: number };
  /** Words of this many large pictures of `of` were recognised, with a mean confidence from 0 to 100; 0 if of none. */
  pictures_recognised: {
    readonly pictures: number;
    readonly of: number;
    readonly confidence: number;
    readonly languages?: readonly string[];
  };
  /** As on pages. */
  pictures_recognised_in_part: { readonly pictures: number; readonly of: number; readonly missed: number };
  pictures_among_specks: { readonly pictures: number; readonly of: number };
  /** Languages that pages were to be recognised in, and whose data is not on this machine. */
  languages_missing: { readonly languages: readonly string[] };
  /** The same, whose data is of no use. */
  languages_damaged: { readonly languages: readonly string[] };
  /** Pages that are pictures in which no words were recognised. */
  pages_without_words: { readonly pages: readonly number[]; readonly of: number };
  /** Pages whose pictures were not read. */
  pages_lost: { readonly pages: readonly number[]; readonly of: number; readonly lost: PageLoss };
  /** Comments that are not in the text, and passages highlighted, underlined or struck out on the page. */
  pdf_marks: { readonly comments: number; readonly marked: number };
  /** Running heads, feet and page numbers that stand on an earlier page, too: so many lines of this many pages of `of`. */
  running_lines_left_out: { readonly lines: number; readonly pages: number; readonly of: number };
  /** Numbers of lines in the margin of this many pages of `of`. */
  line_numbers_left_out: { readonly pages: number; readonly of: number };
  /** A font is missing or damaged. */
  letters_doubtful: NoParams;
  /** Glyphs whose font does not say which letters they draw; they are missing from the text. */
  letters_missing: { readonly count: number };
  /** Words that no language has, such as one that begins in Malayalam and ends in Latin letters. */
  words_of_mixed_scripts: { readonly count: number; readonly example: string };
  text_in_no_language: NoParams;
  /** What was sent is not what the recipe says: a file without pages, or the built-in engine, which sees no pictures. */
  sent_as_text: { readonly why: 'no_pages' | 'builtin' };
  /** Pages of which no picture could be drawn: their text was sent. */
  pages_not_drawn: { readonly pages: readonly number[]; readonly of: number };
  /** The file was damaged and was rebuilt. */
  file_repaired: NoParams;
  form_not_read: NoParams;
  marks_not_read: NoParams;
  // Word
  equations_as_symbols: NoParams;
  comments_not_read: NoParams;
  drawings_not_read: NoParams;
  /** Equations that older programs store as objects with a picture. */
  equations_not_read: NoParams;
  /** Embedded documents from other programs. */
  objects_not_read: NoParams;
  /** Documents from other programs, of which only where they lie is here. */
  linked_objects_not_read: NoParams;
  /** Form controls of kinds that are not read, such as ActiveX. */
  controls_not_read: NoParams;
  /** Text deleted in tracked changes. */
  deletions_left_out: NoParams;
  /** Images as large as a scanned page or table, which may contain text. */
  large_images_not_read: { readonly count: number };
  /** Of an image file: frames of a GIF, or images of a HEIC file besides the first. */
  further_images_not_read: { readonly count: number };
  fields_without_result: { readonly count: number };
  /** List items numbered in a script that Docket does not write. */
  list_numbers_in_digits: NoParams;
  /** Parts in other formats that were merged into the document and hold no text. */
  parts_not_read: { readonly files: readonly NotRead[]; readonly more: number };
  // Workbooks
  /** Names of hidden sheets, and numbers of hidden rows and columns, which were read. */
  hidden_cells_read: { readonly sheets: readonly string[]; readonly rows: number; readonly columns: number };
  /** Formulas whose result the file does not hold. */
  formulas_without_result: { readonly count: number };
  /** Cells that show a picture or linked data (a stock, a place), in place of which the file has an error for older programs. */
  rich_values_not_read: { readonly count: number };
  // Presentations
  /** 1-based numbers of hidden slides, which were read. */
  hidden_slides_read: { readonly slides: readonly number[] };
  /** The file ends in the middle of the document. */
  document_cut: NoParams;
  /** Of rich text: more groups are closed than were opened, or another document follows. */
  text_behind_end: NoParams;
  // Word and web pages
  hidden_text_left_out: { readonly characters: number };
  /** Symbols from unknown fonts; each shows as a bullet. */
  signs_unknown: { readonly count: number };
  // Web pages
  /** Most of the page is marked as hidden, to be revealed by a script or style sheet. */
  hidden_text_read: NoParams;
  // books
  /** Documents that the book lists and does not hold. */
  chapters_missing: { readonly count: number };
  /** Documents outside the reading order that were not read: no link leads to them, or they are not there or protected. */
  chapters_apart: { readonly count: number };
  // mails
  /** `more`: how many are not named. */
  attachments_not_read: { readonly files: readonly NotRead[]; readonly more: number };
  /** Attachments that a mail names and does not hold. */
  attachments_elsewhere: { readonly names: readonly string[]; readonly more: number };
  mails_not_read: { readonly files: readonly NotRead[]; readonly more: number };
  /** So many of the `of` words of a mail's plain text are not in its formatted version, which was read. */
  plain_text_left_out: { readonly words: number; readonly of: number };
  /** How many mails are signed; 1 of a file that a signature encloses. Nobody has checked that they are from who they say. */
  signatures_not_checked: { readonly count: number };
  /** A note on a document that is attached. */
  in_attachment: { readonly name: string; readonly note: ReadingNote };
  // Docket 0.1 stored sentences
  recorded: { readonly text: string };
}

/** A document inside another one, and why it was not read. */
export interface NotRead {
  readonly name: string;
  readonly problem: Problem;
}

type NoParams = Readonly<Record<string, never>>;

export type ReadingNoteCode = keyof ReadingNoteParams;

export type ReadingNote = {
  readonly [Code in ReadingNoteCode]: { readonly code: Code; readonly params: ReadingNoteParams[Code] };
}[ReadingNoteCode];

/** Notes as stored: current ones, or sentences from Docket 0.1. */
export type StoredNote = ReadingNote | string;

/** Reads notes stored by any version of Docket. */
export function readingNotes(stored: readonly StoredNote[]): readonly ReadingNote[] {
  return stored.map((note) => (typeof note === 'string' ? { code: 'recorded', params: { text: note } } : note));
}
