/**
 * What a person should know about how a file was read: what of it was guessed, lost, left out or not read. A note is
 * data; `reading-note-words.ts` has a sentence for each. Codes are stable: they are stored and exported.
 */
export interface ReadingNoteParams {
  // characters
  /** Byte sequences that mean nothing in the encoding; each shows as U+FFFD. */
  bytes_not_valid: { readonly count: number; readonly encoding: string };
  /** Nothing in the file says its encoding; `others` explain its bytes nearly as well, and read them differently. */
  encoding_guessed: { readonly encoding: string; readonly others: readonly string[] };
  /** Parts of the file are in different encodings. */
  encodings_mixed: { readonly encodings: readonly string[] };
  /** NUL bytes, which no text has, were left out. */
  nuls_dropped: { readonly count: number };
  /** Characters that no screen shows spelled text that only a machine reads; they were left out. */
  hidden_characters: { readonly count: number };
  // PDF
  files_attached: { readonly count: number };
  /** Numbers of the pages, from 1, in a document of `of` pages. */
  pages_without_text: { readonly pages: readonly number[]; readonly of: number };
  /** Comments that are not in the text, and passages that are highlighted, underlined or struck out on the page. */
  pdf_marks: { readonly comments: number; readonly marked: number };
  /** A font is missing or damaged. */
  letters_doubtful: NoParams;
  /** The file was damaged and put together anew. */
  file_repaired: NoParams;
  form_not_read: NoParams;
  marks_not_read: NoParams;
  // Word
  equations_as_symbols: NoParams;
  comments_not_read: NoParams;
  drawings_not_read: NoParams;
  /** Formulas that older programs keep as objects with a picture. */
  equations_not_read: NoParams;
  /** Embedded documents of other programs. */
  objects_not_read: NoParams;
  /** Form controls that only a program behind them fills (ActiveX). */
  controls_not_read: NoParams;
  /** Text that tracked changes delete. */
  deletions_left_out: NoParams;
  /** Pictures as large as a scanned page or table may hold words. */
  large_images_not_read: { readonly count: number };
  fields_without_result: { readonly count: number };
  /** Items whose numbers are printed in a script that is not written here. */
  list_numbers_in_digits: NoParams;
  // Word and web pages
  hidden_text_left_out: { readonly characters: number };
  /** Signs of fonts that are not known; each shows as a bullet. */
  signs_unknown: { readonly count: number };
  // Web pages
  /** Most of the page is marked as hidden, as a script or a style sheet would show it. */
  hidden_text_read: NoParams;
  // Docket 0.1 stored sentences
  recorded: { readonly text: string };
}

type NoParams = Readonly<Record<string, never>>;

export type ReadingNoteCode = keyof ReadingNoteParams;

export type ReadingNote = {
  readonly [Code in ReadingNoteCode]: { readonly code: Code; readonly params: ReadingNoteParams[Code] };
}[ReadingNoteCode];

/** What is stored of notes: those of today, or the sentences of Docket 0.1. */
export type StoredNote = ReadingNote | string;

/** Notes of any version of Docket. */
export function readingNotes(stored: readonly StoredNote[]): readonly ReadingNote[] {
  return stored.map((note) => (typeof note === 'string' ? { code: 'recorded', params: { text: note } } : note));
}
