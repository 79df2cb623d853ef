/** Words for what can be wrong with the content of a file. */

import { countOf, firstOf, thousands } from '../amounts.ts';
import { type FileFamily, type FileKind, fileKinds } from '../file-kinds.ts';
import type { PageLoss, Problem } from '../problem.ts';
import { assertNever } from '../result.ts';
import { type Edge, type ProblemWords, setWith, type Wording, words } from './words.ts';

type ContentCode =
  | 'file_empty'
  | 'file_unsupported'
  | 'file_binary'
  | 'file_encrypted'
  | 'file_damaged'
  | 'file_no_text';

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

export const contentWording: Wording<ContentCode> = {
  file_empty: empty,
  file_unsupported: unsupported,
  file_binary: binary,
  file_encrypted: encrypted,
  file_damaged: damaged,
  file_no_text: noText,
};

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

function unsupported({ params }: Problem<'file_unsupported'>): ProblemWords {
  switch (params.what) {
    case 'kind':
      return foreign('This is', params.kind);
    case 'archive_here':
      return words(
        `This is ${fileKinds[params.kind].name}. Its files are read in a batch, a row each, but not here.`,
        'Drop it on Batch, or unpack it and add the files you need.',
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
        `This PDF is a portfolio: a cover page with ${countOf(params.files, 'attached file')}. They are read in a batch, a row each, but not here.`,
        'Drop it on Batch, or save the attached files and add those.',
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
    case 'archive':
      return words(
        'This archive is encrypted with a password, with the names of the files in it.',
        'Unpack it with the password, and add the files inside.',
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
          ? 'Open it in a PDF reader, print it to a new PDF, and add that. The other pages can be read by choice.'
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

const whyOneLost: Readonly<Record<PageLoss, string>> = {
  too_slow: 'that took too long',
  too_large: 'that needed too much memory',
  not_drawn: 'it is damaged, or packed in a way that Docket does not know',
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
    case 'presentation_drawings':
      return words(
        'The slides of this presentation contain charts, diagrams or form controls that are not read, and no text.',
        'Print it to a PDF, and add that.',
      );
    case 'workbook_objects':
      return words(
        'The sheets of this workbook contain embedded objects and no text of their own.',
        'Save the objects as files of their own, and add those.',
      );
    case 'workbook_images':
      return words('The sheets of this workbook contain images and no text.', recognise);
    case 'workbook_drawings':
      return words(
        'The sheets of this workbook contain charts, drawings or form controls that are not read, and no text.',
        'Print it to a PDF, and add that.',
      );
    case 'document_objects':
      return words(
        'This document contains embedded objects or form controls, and no text of its own.',
        'Save the objects as files of their own, or print it to a PDF, and add that.',
      );
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
        'Check that it is the right file, and that its language is chosen in Settings.',
      );
    case 'pages_lost':
      return words(
        params.pages === 1
          ? `Nothing was recognised in this image: ${whyOneLost[params.lost]}.`
          : `Nothing was recognised in the ${thousands(params.pages)} page images of this file: ${whyLost[params.lost]}.`,
        'Save or print it to a new PDF, and add that.',
      );
    case 'html':
      return words('This page contains no readable text.', 'Save the page as text or PDF once it has loaded.');
    default:
      return assertNever(params);
  }
}
