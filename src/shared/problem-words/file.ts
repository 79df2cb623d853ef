/** Words for what can be wrong with a file. */

import { countOf, distinctSizes, firstOf, sizeOf, thousands } from '../amounts.ts';
import { type FileFamily, type FileKind, fileKinds } from '../file-kinds.ts';
import type { PageLoss, Problem } from '../problem.ts';
import { assertNever } from '../result.ts';
import { type Edge, type ProblemWords, setWith, type Wording, words } from './words.ts';

type FileCode =
  | 'file_vanished'
  | 'file_unreadable'
  | 'file_unwritable'
  | 'file_empty'
  | 'file_too_large'
  | 'file_unsupported'
  | 'file_binary'
  | 'file_encrypted'
  | 'file_damaged'
  | 'file_no_text'
  | 'file_loop'
  | 'page_not_drawn'
  | 'file_outside'
  | 'extract_timeout'
  | 'extract_memory';

/** How to get the content of such a file into Docket anyway. */
const wayIn: Readonly<Record<FileFamily, string>> = {
  image: 'Run text recognition (OCR) on it and add the result as a PDF or text file.',
  media: 'Add a transcript as a text file instead.',
  archive: 'Unpack it and add the files inside.',
  program: 'Leave it out.',
  data: 'Export what you need from it as text, CSV or PDF.',
  word: 'Save it as PDF or .docx.',
  sheet: 'Save it as .xlsx or CSV.',
  slides: 'Save it as PDF.',
  mail: 'Save it as text or PDF.',
};

const unwritableAdvice: Readonly<Record<Problem<'file_unwritable'>['params']['reason'], string>> = {
  disk_full: 'The disk is full: free some space, or choose another disk.',
  not_allowed: 'The folder is write-protected: choose another one.',
  no_folder: 'The folder no longer exists: choose another one.',
  other: 'Choose another folder.',
};

export const fileWording: Wording<FileCode> = {
  file_vanished: vanished,
  file_unreadable: unreadable,
  file_unwritable: ({ params: { name, reason } }) =>
    words(`${name} could not be written. No partial file was left behind.`, unwritableAdvice[reason]),
  file_empty: empty,
  file_too_large: tooLarge,
  file_unsupported: unsupported,
  file_binary: binary,
  file_encrypted: encrypted,
  file_damaged: damaged,
  file_no_text: noText,
  file_loop: () =>
    words(
      'This link leads back to itself or to a folder that contains it, so it was not followed.',
      'Add the real file or folder.',
    ),
  page_not_drawn: ({ params: { why } }) => words(whyNotDrawn[why], whyNotDrawnAdvice[why]),
  file_outside: ({ params: { target, replaced } }) =>
    words(
      replaced === true
        ? `This was replaced after it was added: it now leads outside what was added, to ${target}, so it was not read.`
        : `This link points outside what was added, to ${target}, so it was not followed.`,
      'To have it read, add the target itself.',
    ),
  extract_timeout: timedOut,
  extract_memory: ({ params: { limitBytes } }) =>
    words(
      `Reading this file was stopped because it needed more than ${sizeOf(limitBytes)} of memory.`,
      'Split it, or save it as plain text.',
    ),
};

type WhyNotDrawn = Problem<'page_not_drawn'>['params']['why'];

const whyNotDrawn: Readonly<Record<WhyNotDrawn, string>> = {
  too_slow: 'Drawing this page was stopped because it took too long.',
  too_large: 'Drawing this page was stopped because it needed too much memory.',
  not_drawn: 'This page, or an image on it, could not be drawn.',
  changed: 'This file has changed since it was read, so its pages may not be those that were read.',
};

const OPEN_IT = 'Open the file in its own program to see it.';

const whyNotDrawnAdvice: Readonly<Record<WhyNotDrawn, string>> = {
  too_slow: OPEN_IT,
  too_large: OPEN_IT,
  not_drawn: OPEN_IT,
  changed: 'Have the batch look at its folder again to read it as it is now.',
};

function timedOut({ params: { limitMs, stalled } }: Problem<'extract_timeout'>): ProblemWords {
  const seconds = thousands(Math.round(limitMs / 1_000));
  if (stalled === true) {
    return words(
      `No data from this file arrived for ${seconds} seconds, so reading it was stopped.`,
      'Check the drive or the network, then try again.',
    );
  }
  return words(
    `Reading this file was stopped after more than ${seconds} seconds of work, far more than its size explains.`,
    'Split it, or save it as plain text.',
  );
}

function vanished({ params: { what } }: Problem<'file_vanished'>): ProblemWords {
  switch (what) {
    case 'file':
      return words(
        'This file was moved, renamed or deleted before it could be read.',
        'Add it again from where it is now.',
      );
    case 'shown':
      return words(
        'This was moved, renamed or deleted after it was added, so it cannot be shown.',
        'Its results are kept.',
      );
    case 'link_target':
      return words('This link points to a file or folder that does not exist.', 'Add the actual file or folder.');
    case 'same_file':
      return words('This file was changed while it was being read.', 'Try it again.');
    case 'attached_text':
      return words('The text of an attached file is no longer stored.', 'Remove it and attach it again.');
    case 'member':
      return words(
        'This file is no longer in the archive, mail or document that it was found in.',
        'Look at the folder again, or add it from where it is now.',
      );
    case 'attached_file':
      return words(
        'Docket does not know where an attached file is, or it lies in another file.',
        'Remove it and attach it again from where it is on disk.',
      );
    default:
      return assertNever(what);
  }
}

function unreadable({ params }: Problem<'file_unreadable'>): ProblemWords {
  switch (params.reason) {
    case 'permission':
      return words(
        'Docket does not have permission to read this.',
        'Give your user account read permission, then try again.',
      );
    case 'path_too_long':
      return words('This path is too long for the system.', 'Move it to a folder higher up, then add it again.');
    case 'locked':
      return words('Another program has locked this.', 'Close it there, then try again.');
    case 'name_encoding':
      return words('The name of this file is not valid UTF-8.', 'Rename it, then add it again.');
    case 'locale':
      return words(
        'The name of this file cannot be read, because Docket was started in a locale that is not there or not of UTF-8.',
        'Start Docket in one of UTF-8 (LC_ALL=C.UTF-8), or choose the file in the dialog.',
      );
    case 'no_file_here':
      return words(
        'This is not a file on this machine; it may be a picture copied from a page.',
        'Save it as a file and attach that.',
      );
    case 'system':
      return words(
        `The system could not read this (${params.systemCode}).`,
        'Check the drive or the network, then try again.',
      );
    default:
      return assertNever(params);
  }
}

function empty({ params: { what } }: Problem<'file_empty'>): ProblemWords {
  switch (what) {
    case 'no_bytes':
      return words('This file is empty (0 bytes).', 'Check that it was saved or copied completely.');
    case 'white_space':
      return words('This file contains only white space.', 'Check that it was saved or copied completely.');
    case 'docx':
      return words('This Word document contains no text.', 'Check that it is the right file.');
    case 'presentation':
      return words('The slides of this presentation contain no text.', 'Check that it is the right file.');
    case 'workbook':
      return words('The sheets of this workbook contain no text.', 'Check that it is the right file.');
    case 'document':
      return words('This document contains no text.', 'Check that it is the right file.');
    case 'archive':
      return words('This archive holds no files.', 'Check that it was saved or copied completely.');
    case 'archive_hidden':
      return words(
        'This archive holds nothing but hidden files and those of systems, which are passed over.',
        'Check that it is the right file.',
      );
    default:
      return assertNever(what);
  }
}

function tooLarge({ params }: Problem<'file_too_large'>): ProblemWords {
  const bomb = (why: string) =>
    words(
      `This document ${why}, like a zip bomb, so it was not opened.`,
      'If you trust it, save it as PDF or plain text.',
    );
  switch (params.what) {
    case 'file': {
      const [size, limit] = distinctSizes(params.bytes, params.limitBytes);
      return words(`This file is ${size}; the limit is ${limit}.`, 'Split it into smaller files.');
    }
    case 'unpacked':
      return bomb(`unpacks to ${sizeOf(params.bytes)} (the limit is ${sizeOf(params.limitBytes)})`);
    case 'parts':
      return bomb(`contains ${thousands(params.count)} parts (the limit is ${thousands(params.limit)})`);
    case 'archive':
      return words(
        `The files in this archive unpack to ${sizeOf(params.bytes)} (the limit is ${sizeOf(params.limitBytes)}), so it was not opened: it may be a zip bomb.`,
        'If you trust it, unpack it and add the files inside.',
      );
    case 'members':
      return words(
        `This archive holds ${thousands(params.count)} files; the limit is ${thousands(params.limit)}, so it was not opened.`,
        'Unpack it and add the files inside.',
      );
    case 'ratio':
      return bomb(
        `has a part that unpacks to ${thousands(params.count)} times its size (the limit is ${params.limit})`,
      );
    case 'nested':
      return words(
        `This lies more than ${params.limit} levels deep in other documents, so it was not opened.`,
        'Save it as a file of its own, then add that.',
      );
    case 'cells':
      return bomb(`repeats its cells to more than ${thousands(params.limit)} characters`);
    case 'pixels':
      return words(
        `This image is ${thousands(params.width)} × ${thousands(params.height)} pixels; the limit is ${thousands(params.limit / 1_000_000)} million in all, so it was not opened.`,
        'Save it smaller, or cut it into pages.',
      );
    case 'attached_text':
      return words(
        `The text is ${thousands(params.characters)} characters long; a message can carry ${thousands(params.limitCharacters)}.`,
        'Attach part of it, or fewer files.',
      );
    default:
      return assertNever(params);
  }
}

function unsupported({ params }: Problem<'file_unsupported'>): ProblemWords {
  switch (params.what) {
    case 'kind':
      return foreign('This is', params.kind);
    case 'archive_here':
      return words(
        `This is ${fileKinds[params.kind].name}. Docket reads the files in it in a batch, a row each, but not here.`,
        'Drop it on the batches (in a batch, look for new files), or unpack it and add the files that you need.',
      );
    case 'packing':
      return words(
        `This file is packed in its archive in a way that Docket does not read (${params.method}).`,
        'Unpack the archive and add the file itself.',
      );
    case 'volumes':
      return words(
        'This is one of several files that an archive was cut into, which Docket does not put together.',
        'Unpack the archive and add the files inside.',
      );
    case 'special':
      return words(`This is a ${params.special}, not a document, and was not opened.`, 'Leave it out.');
    case 'xfa_form':
      return words(
        "This PDF is an XFA form, which only Adobe's programs can display.",
        'Open it in Adobe Reader, print it to a PDF, and add that.',
      );
    case 'portfolio':
      return words(
        `This PDF is a portfolio: a cover page with ${countOf(params.files, 'attached file')}. Docket reads them in a batch, a row each, but not here.`,
        'Drop it on the batches, or save the attached files and add those.',
      );
    case 'docx_parts':
      return words(
        'Parts of this Word document are in another format, which Docket does not read.',
        'Open it in Word and save it, which converts those parts, then add it again.',
      );
    case 'docx_master':
      return words(
        'This is a Word master document: its text is in other documents.',
        'Add those documents instead. Or open it in Word, expand and unlink its subdocuments in Outline view, save it, and add it again.',
      );
    default:
      return assertNever(params);
  }
}

function binary({ params: { named, kind } }: Problem<'file_binary'>): ProblemWords {
  if (kind === null) {
    return words('This file contains binary data, not text.', 'Export what you need from it as text, CSV or PDF.');
  }
  return foreign(named === null ? 'This is' : `This file is named ${named} but is`, kind);
}

function foreign(subject: string, kind: FileKind): ProblemWords {
  const { name, family } = fileKinds[kind];
  return words(`${subject} ${name}, which Docket does not read.`, wayIn[family]);
}

function encrypted({ params: { format } }: Problem<'file_encrypted'>): ProblemWords {
  switch (format) {
    case 'office':
      return words(
        'This Office document is password-protected.',
        'Open it, save it without the password, and add it again.',
      );
    case 'pdf':
      return words(
        'This PDF is password-protected.',
        'Open it, save or print it to a PDF without a password, and add that.',
      );
    case 'zip':
      return words('This document is encrypted with a password.', 'Save it without the password, then add it again.');
    case 'member':
      return words(
        'This file is encrypted with a password in its archive.',
        'Unpack the archive with the password, and add the file itself.',
      );
    case 'book':
      return words(
        'This book is copy-protected (DRM), so only the programs of its seller can read it.',
        'Ask for a copy without protection.',
      );
    case 'mail':
      return words(
        'This mail is encrypted (S/MIME or PGP).',
        'Open it in your mail program, save its text as a file, and add that.',
      );
    default:
      return assertNever(format);
  }
}

function damaged({ params }: Problem<'file_damaged'>): ProblemWords {
  const saveAgain = 'Open it in the program that made it, save it again, and add the new file.';
  switch (params.what) {
    case 'pdf':
      return words(
        'This PDF is damaged and cannot be opened.',
        'Open it in a PDF reader, save or print it to a new PDF, and add that.',
      );
    case 'pdf_page':
      return words(
        `Page ${params.page} of ${params.pages} of this PDF is damaged, so its text would be incomplete.`,
        'Open it in a PDF reader, print it to a new PDF, and add that.',
      );
    case 'pdf_damaged_pages':
      return words(
        params.damaged.length === 1
          ? `Page ${params.damaged.join()} of ${params.pages} of this PDF is damaged, so its text would be incomplete.`
          : `${params.damaged.length} of ${params.pages} pages of this PDF are damaged (${firstOf(params.damaged)}), so its text would be incomplete.`,
        params.damaged.length < params.pages
          ? 'Open it in a PDF reader, print it to a new PDF, and add that. In a batch, the rest can be read by choice.'
          : 'Open it in a PDF reader, print it to a new PDF, and add that.',
      );
    case 'docx':
      return words(
        'This Word document is damaged: its text cannot be read in full.',
        'Open it in Word or LibreOffice, save it again, and add that.',
      );
    case 'presentation':
      return words(
        'This presentation is damaged: its slides cannot be read in full.',
        'Open it in PowerPoint or LibreOffice, save it again, and add that.',
      );
    case 'workbook':
      return words(
        'This workbook is damaged: its sheets cannot be read in full.',
        'Open it in Excel or LibreOffice, save it again, and add that.',
      );
    case 'image':
      return words(
        'This image is damaged: it cannot be opened.',
        'Open it in an image viewer, save it again, and add that.',
      );
    case 'zip':
      return words('This document is damaged: it cannot be unpacked.', saveAgain);
    case 'archive':
      return words(
        'This archive is damaged: the files in it cannot be listed.',
        'Copy or download it again, or unpack it with a program that repairs archives and add the files inside.',
      );
    case 'member':
      return words(
        'This file is damaged in its archive: it cannot be unpacked in full.',
        'Copy or download the archive again, or unpack it and add the file itself.',
      );
    case 'document':
      return words('This document is damaged: its text cannot be read in full.', saveAgain);
    case 'mail':
      return words(
        'The parts of this mail cannot be told apart: it is damaged, or made to do harm.',
        'Open it in your mail program, save its text as a file, and add that.',
      );
    case 'beginning':
      return words(
        `This file is named ${params.named} but does not begin like one: it is damaged, or a different kind of file.`,
        saveAgain,
      );
    default:
      return assertNever(params);
  }
}

const whyLost: Readonly<Record<PageLoss, string>> = {
  too_slow: 'recognising them took too long',
  too_large: 'recognising them needed too much memory',
  not_drawn: 'they cannot be shown as pictures',
};

function noText({ params }: Problem<'file_no_text'>, edge: Edge): ProblemWords {
  const recognise = 'Run text recognition (OCR) on it, then add the result.';
  switch (params.what) {
    case 'pdf_images':
      return words(`This PDF contains ${countOf(params.pages, 'page image')} and no text.`, recognise);
    case 'pdf_pages':
      return words(
        `This PDF contains no text on its ${countOf(params.pages, 'page')}.`,
        'Check that it is the right file.',
      );
    case 'pdf_fonts':
      return words('The fonts in this PDF do not say which letters they draw.', recognise);
    case 'docx_images':
      return words(
        'This Word document contains images and no text.',
        'Run text recognition (OCR) on them, then add the result.',
      );
    case 'presentation_objects':
      return words(
        'The slides of this presentation contain embedded objects and no text of their own.',
        'Save the objects as files of their own, and add those.',
      );
    case 'presentation_images':
      return words('The slides of this presentation contain images and no text.', recognise);
    case 'images':
      return words(
        'This document contains images and no text.',
        'Run text recognition (OCR) on them, then add the result.',
      );
    case 'not_recognised':
      return words(
        `This file contains ${countOf(params.pages, 'page image')} and no text, and text recognition is off.`,
        setWith(edge, 'Turn it on in Settings, then try again.', 'Leave out --no-recognition.'),
      );
    case 'images_inside':
      return words(
        `This contains ${countOf(params.pages, 'page image')} and no text; images inside another document are not recognised.`,
        'Save it as a file of its own, then add that.',
      );
    case 'no_words':
      return words(
        params.pages === 1
          ? 'No words were recognised in this image.'
          : `No words were recognised in the ${thousands(params.pages)} page images of this file.`,
        'Check that it is the right file, and that the language it is in is chosen in Settings.',
      );
    case 'pages_lost':
      return words(
        `Nothing was recognised in the ${countOf(params.pages, 'page image')} of this file: ${whyLost[params.lost]}.`,
        'Save or print it to a new PDF, and add that.',
      );
    case 'html':
      return words('This page contains no readable text.', 'Save the page as text or PDF once it has loaded.');
    default:
      return assertNever(params);
  }
}
