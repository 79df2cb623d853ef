import { firstOf } from './amounts.ts';
import type { PageLoss } from './problem.ts';
import { whatHappened } from './problem-words.ts';
import type { ReadingNote, ReadingNoteCode, ReadingNoteParams } from './reading-note.ts';
import { languageName } from './recognition-languages.ts';

type Words = { readonly [Code in ReadingNoteCode]: (params: ReadingNoteParams[Code]) => string };

/** One sentence per note, the same in the window, in exports and on the command line. */
const words: Words = {
  bytes_not_valid: ({ count, encoding }) =>
    count === 1
      ? `1 byte sequence is not valid ${encoding} and shows as \ufffd.`
      : `${number(count)} byte sequences are not valid ${encoding} and show as \ufffd.`,
  encoding_guessed: ({ encoding, others }) =>
    `The file does not state its encoding; it was read as ${encoding}, which fits best` +
    (others.length === 0 ? '.' : `, but could be ${orList(others)}. Check names and symbols.`),
  encodings_mixed: ({ encodings }) =>
    `Parts of this file use different encodings: ${encodings.join(', ')}. Each part was read in its own.`,
  nuls_dropped: ({ count }) =>
    count === 1
      ? '1 NUL byte, which text never contains, was left out: the file may be damaged there.'
      : `${number(count)} NUL bytes, which text never contains, were left out: the file may be damaged or padded there.`,
  hidden_characters: ({ count }) =>
    `${number(count)} invisible characters spelled out text that only a machine can read; they were left out.`,
  files_attached: ({ count }) =>
    count === 1
      ? '1 file is attached to this PDF; it was not read.'
      : `${number(count)} files are attached to this PDF; they were not read.`,
  pages_without_text: ({ pages, of }) =>
    `${number(pages.length)} of ${number(of)} pages contain no text (${firstOf(pages)}); if they are images, the words in them were not read.`,
  pages_as_images: ({ pages, of }) =>
    `${number(pages.length)} of ${number(of)} pages are images with hardly any text (${firstOf(pages)}); the words in the images were not read.`,
  recognised: ({ pages, of, confidence, doubtful, languages }) => {
    const what =
      of === 1
        ? 'This text was recognised from an image'
        : pages === of
          ? `The text of all ${number(of)} pages was recognised from images`
          : `The text of ${number(pages)} of ${number(of)} pages was recognised from images`;
    return `${what} (${languageWords(languages)}confidence ${confidence} of 100)${doubtfulPages(doubtful, of)}.`;
  },
  recognised_in_part: ({ pages, of, missed }) => {
    const what = `${percent(missed)} of what looks like text was not recognised`;
    const where =
      of === 1
        ? `About ${what}`
        : pages.length === 1
          ? `On page ${pages.join()}, about ${what}`
          : `On ${number(pages.length)} of ${number(of)} pages (${firstOf(pages)}), up to ${what}`;
    return `${where}. Try a straighter or sharper scan, or choose its language in Settings.`;
  },
  recognised_among_specks: ({ pages, of }) => {
    const where = of === 1 ? 'The image is' : `${number(pages.length)} of ${number(of)} pages (${firstOf(pages)}) are`;
    return `${where} covered in specks. Words may be missing, and how many cannot be told. Try a cleaner scan.`;
  },
  languages_missing: ({ languages }) =>
    `The recognition data of ${languageNames(languages)} is not on this machine, so pages were recognised without it.`,
  languages_damaged: ({ languages }) =>
    `The recognition data of ${languageNames(languages)} is damaged or too old, so pages were recognised without it.`,
  pages_without_words: ({ pages, of }) =>
    `${number(pages.length)} of ${number(of)} pages (${firstOf(pages)}) are images in which no words were recognised.`,
  pages_missing: ({ pages, of }) =>
    pages.length === 1
      ? `Page ${pages.join()} of ${number(of)} is missing: it is damaged, and was left out by choice.`
      : `${number(pages.length)} of ${number(of)} pages are missing (${firstOf(pages)}): they are damaged, and were left out by choice.`,
  pages_lost: ({ pages, of, lost }) =>
    `${number(pages.length)} of ${number(of)} pages (${firstOf(pages)}) are images whose words were not recognised, because ${whyLost[lost]}.`,
  sent_as_text: ({ why }) =>
    why === 'builtin'
      ? 'The recipe sends pictures of pages, which the built-in engine does not see: it read the text.'
      : 'The recipe sends pictures of pages, which this kind of file has none of: its text was sent.',
  pages_not_drawn: ({ pages, of }) =>
    pages.length === 1
      ? `No picture of page ${pages.join()} of ${number(of)} could be drawn, so its text was sent.`
      : `No pictures of ${number(pages.length)} of ${number(of)} pages (${firstOf(pages)}) could be drawn, so their text was sent.`,
  pdf_marks: ({ comments, marked }) => {
    const notes =
      comments === 0
        ? []
        : [`${counted(comments, 'comment')} on its pages ${comments === 1 ? 'was' : 'were'} not read`];
    const passages =
      marked === 0
        ? []
        : [`the text does not show ${counted(marked, 'highlighted, underlined or struck-out passage')}`];
    const sentence = `${[...notes, ...passages].join('; ')}.`;
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  },
  running_lines_left_out: ({ lines, pages, of }) =>
    `Running heads, feet and page numbers are in the text once: ${number(lines)} more such ${lines === 1 ? 'line' : 'lines'}, on ${number(pages)} of ${number(of)} pages, ${lines === 1 ? 'was' : 'were'} left out.`,
  line_numbers_left_out: ({ pages, of }) =>
    `The numbers of lines in the margin of ${number(pages)} of ${number(of)} pages were left out.`,
  letters_doubtful: () => 'A font in this PDF is missing or damaged; some letters may be wrong.',
  letters_missing: ({ count }) =>
    count === 1
      ? '1 letter is missing from the text: its font does not say which letter it draws.'
      : `${number(count)} letters are missing from the text: their fonts do not say which letters they draw.`,
  words_of_mixed_scripts: ({ count, example }) =>
    `${counted(count, 'word')} ${count === 1 ? 'mixes' : 'mix'} letters of different scripts, such as “${example}”: a font in this PDF names wrong letters. Compare the text with the page.`,
  text_in_no_language: () =>
    'The text of this PDF is in no language: its fonts name wrong letters. Compare it with the page.',
  file_repaired: () =>
    'This PDF is damaged and was rebuilt from what could be found in it; pages may be missing or out of date.',
  form_not_read: () => 'The form in this PDF is damaged; some or all of its entries were not read.',
  marks_not_read: () => 'Notes and fields in this PDF are damaged; some or all of them were not read.',
  equations_as_symbols: () => 'Equations appear as a plain row of symbols.',
  comments_not_read: () => 'Comments were not read.',
  drawings_not_read: () => 'Some charts or diagrams were not read.',
  equations_not_read: () => 'Equations stored as objects were not read.',
  objects_not_read: () => 'Embedded objects were not read.',
  linked_objects_not_read: () => 'Objects linked from other files were not read.',
  controls_not_read: () => 'Form controls were not read.',
  deletions_left_out: () => 'Text deleted in tracked changes was left out.',
  large_images_not_read: ({ count }) =>
    count === 1
      ? '1 large image was not read; if it contains text, that text is missing.'
      : `${number(count)} large images were not read; if they contain text, that text is missing.`,
  further_images_not_read: ({ count }) =>
    count === 1
      ? 'Only the first image of this file was read; 1 more is in it.'
      : `Only the first image of this file was read; ${number(count)} more are in it.`,
  pictures_recognised: ({ pictures, of, confidence, languages }) => {
    if (pictures === 0) return `No words were recognised in ${counted(of, 'large picture')}.`;
    return `The words in ${somePictures(pictures, of)} were recognised (${languageWords(languages)}confidence ${confidence} of 100).`;
  },
  pictures_recognised_in_part: ({ pictures, of, missed }) => {
    const where =
      of === 1 ? 'In the picture, about' : `In ${somePictures(pictures, of)}, ${pictures === 1 ? 'about' : 'up to'}`;
    return `${where} ${percent(missed)} of what looks like text was not recognised.`;
  },
  pictures_among_specks: ({ pictures, of }) => {
    const which = of === 1 ? 'The picture' : somePictures(pictures, of);
    return `${which} ${pictures === 1 ? 'is' : 'are'} covered in specks. Words may be missing, and how many cannot be told.`;
  },
  fields_without_result: ({ count }) =>
    count === 1
      ? '1 field has no stored result and was left out; update the fields in Word and save the document.'
      : `${number(count)} fields have no stored result and were left out; update the fields in Word and save the document.`,
  hidden_cells_read: ({ sheets, rows, columns }) => {
    const hidden = [
      ...(sheets.length === 0 ? [] : [`${counted(sheets.length, 'sheet')} (${firstOf(sheets)})`]),
      ...(rows === 0 ? [] : [counted(rows, 'row')]),
      ...(columns === 0 ? [] : [counted(columns, 'column')]),
    ];
    return `What is hidden in this workbook was read, too: ${andList(hidden)}.`;
  },
  hidden_slides_read: ({ slides }) =>
    slides.length === 1
      ? `Slide ${slides[0]} is hidden; it was read, too.`
      : `${number(slides.length)} slides are hidden (${firstOf(slides)}); they were read, too.`,
  formulas_without_result: ({ count }) =>
    count === 1
      ? '1 formula has no stored result and is shown itself; open the workbook in Excel or LibreOffice and save it.'
      : `${number(count)} formulas have no stored result and are shown themselves; open the workbook in Excel or LibreOffice and save it.`,
  rich_values_not_read: ({ count }) =>
    count === 1
      ? '1 cell shows a picture or linked data (such as a stock) that was not read; an error stands in its place.'
      : `${number(count)} cells show pictures or linked data (such as stocks) that were not read; errors stand in their place.`,
  list_numbers_in_digits: () => 'Some list numbers are written in digits instead of their own script.',
  document_cut: () => 'This file breaks off in the middle of the document; its end is missing.',
  text_behind_end: () =>
    'The document in this file ends before the file does; what follows was read, too. Other programs may not show it.',
  hidden_text_left_out: ({ characters }) =>
    characters === 1
      ? '1 character of hidden text was left out.'
      : `${number(characters)} characters of hidden text were left out.`,
  signs_unknown: ({ count }) =>
    count === 1
      ? '1 symbol from an unknown font shows as \u2022.'
      : `${number(count)} symbols from unknown fonts show as \u2022.`,
  hidden_text_read: () => 'Most of this page is marked as hidden; it was read anyway.',
  chapters_missing: ({ count }) =>
    count === 1
      ? '1 part that this book lists is not in the file.'
      : `${number(count)} parts that this book lists are not in the file.`,
  chapters_apart: ({ count }) =>
    count === 1
      ? '1 document outside the reading order of this book was not read.'
      : `${number(count)} documents outside the reading order of this book were not read.`,
  attachments_not_read: (notRead) => notReadWords('attachment', notRead),
  attachments_elsewhere: ({ names, more }) => {
    const count = names.length + more;
    const [are, them] = count === 1 ? ['is', 'it'] : ['are', 'them'];
    const listed = names.map(quoted).join(', ') + (more === 0 ? '' : ` and ${number(more)} more`);
    return `${counted(count, 'attachment')} ${are} not in this file, as the mail program has deleted ${them} or keeps ${them} elsewhere: ${listed}.`;
  },
  parts_not_read: (notRead) => notReadWords('merged part', notRead),
  mails_not_read: (notRead) => notReadWords('mail', notRead),
  plain_text_left_out: ({ words: count, of }) =>
    `The formatted version of this mail was read; ${number(count)} of ${number(of)} words of its plain text are not in it and were left out.`,
  signatures_not_checked: ({ count }) =>
    count === 1
      ? 'This is signed; the signature was not checked.'
      : `${number(count)} mails are signed; their signatures were not checked.`,
  in_attachment: ({ name, note }) => `${quoted(name)}: ${noteWords(note)}`,
  recorded: ({ text }) => text,
};

/** The sentence for a note. */
export function noteWords({ code, params }: ReadingNote): string {
  // Stored by a version whose codes were others.
  if (!Object.hasOwn(words, code))
    return `Another version of Docket noted something here that this one has no words for (${code}).`;
  // A code and its words take the same parameters, which TypeScript cannot infer across all codes.
  return (words[code] as (params: ReadingNote['params']) => string)(params);
}

const whyLost: Readonly<Record<PageLoss, string>> = {
  too_slow: 'that took too long',
  too_large: 'that needed too much memory',
  not_drawn: 'they cannot be shown as pictures',
};

/** "3 large pictures", "1 of 3 large pictures". */
function somePictures(pictures: number, of: number): string {
  return pictures === of ? counted(of, 'large picture') : `${number(pictures)} of ${number(of)} large pictures`;
}

function percent(share: number): string {
  return `${Math.max(1, Math.round(share * 100))} %`;
}

function doubtfulPages(pages: readonly number[], of: number): string {
  if (pages.length === 0) return '';
  if (of === 1) return '; many words are doubtful: compare them with the image';
  return `; many words are doubtful on ${pages.length === 1 ? 'page' : 'pages'} ${firstOf(pages)}`;
}

/** "1 comment", "2 comments". */
function counted(count: number, one: string): string {
  return `${number(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** "cp437, cp850 or macintosh". */
function orList(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} or ${last}`;
}

function notReadWords(one: string, { files, more }: ReadingNoteParams['attachments_not_read']): string {
  const count = files.length + more;
  return [
    `${counted(count, one)} ${count === 1 ? 'was' : 'were'} not read.`,
    ...files.map(({ name, problem }) => `${quoted(name)}: ${whatHappened(problem)}`),
    ...(more === 0 ? [] : [`And ${number(more)} more.`]),
  ].join(' ');
}

function quoted(name: string): string {
  return `“${name}”`;
}

/** "1 sheet, 2 rows and 1 column". */
function andList(values: readonly string[]): string {
  const last = values.at(-1) ?? '';
  return values.length < 2 ? last : `${values.slice(0, -1).join(', ')} and ${last}`;
}

function number(value: number): string {
  return value.toLocaleString('en');
}

/** "English, confidence …": what stands before it. */
function languageWords(languages: readonly string[] = []): string {
  return languages.length === 0 ? '' : `${languageNames(languages)}, `;
}

function languageNames(languages: readonly string[]): string {
  return new Intl.ListFormat('en').format(languages.map(languageName));
}
