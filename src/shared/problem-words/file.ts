/** Words for files that cannot be got at, opened or worked through. */

import { distinctSizes, sizeOf, thousands } from '../amounts.ts';
import type { Problem } from '../problem.ts';
import { assertNever } from '../result.ts';
import { type ProblemWords, type Wording, words } from './words.ts';

type FileCode =
  | 'file_vanished'
  | 'file_unreadable'
  | 'file_unwritable'
  | 'file_too_large'
  | 'file_loop'
  | 'page_not_drawn'
  | 'file_outside'
  | 'extract_timeout'
  | 'extract_memory';

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
  file_too_large: tooLarge,
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

const CHANGED = 'This file has changed since it was read, so its pages may not be those that were read.';
const ATTACH_AGAIN = 'To see its pages beside the text, attach it again.';

const whyNotDrawn: Readonly<Record<WhyNotDrawn, string>> = {
  too_slow: 'Drawing this page was stopped because it took too long.',
  too_large: 'Drawing this page was stopped because it needed too much memory.',
  not_drawn: 'This page, or an image on it, could not be drawn.',
  changed: CHANGED,
  attached_changed: CHANGED,
  attached_before:
    'This file was attached by an earlier version of Docket, which did not keep what is needed to show its pages.',
};

const OPEN_IT = 'Open the file in its own program to see it.';

const whyNotDrawnAdvice: Readonly<Record<WhyNotDrawn, string>> = {
  too_slow: OPEN_IT,
  too_large: OPEN_IT,
  not_drawn: OPEN_IT,
  changed: 'Have the batch look at its folder again to read it as it is now.',
  attached_changed: 'Attach it again to have it read as it is now.',
  attached_before: ATTACH_AGAIN,
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
    case 'attached_shown':
      return words(
        'This file was moved, renamed or deleted after it was attached, so its pages cannot be shown. Its text is kept.',
        ATTACH_AGAIN,
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
        'Docket does not know where an attached file is, or it is inside another file.',
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
        'The name of this file cannot be read, because Docket was started in a locale that is missing or does not use UTF-8.',
        'Start Docket in one that does (LC_ALL=C.UTF-8), or choose the file in the dialog.',
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
