/** Words for what Docket itself could not do, or was told not to. */

import { countOf, thousands, waitOf } from '../amounts.ts';
import type { Problem, StoreFailureCause } from '../problem.ts';
import { assertNever } from '../result.ts';
import { type Edge, type ProblemWords, setWith, type Wording, words } from './words.ts';

type DocketCode =
  | 'cancelled'
  | 'interrupted'
  | 'in_doubt'
  | 'not_configured'
  | 'invalid_input'
  | 'not_allowed'
  | 'store_failed'
  | 'watch_limit'
  | 'watch_trouble'
  | 'shutting_down'
  | 'unexpected'
  | 'recorded';

const interruptedWords: Readonly<Record<Problem<'interrupted'>['params']['what'], ProblemWords>> = {
  reply: words('Docket closed while this reply was arriving. The part that arrived is kept.'),
  reading: words('Docket stopped before it had read this file.', 'Remove it and attach it again.'),
  call: words('Docket stopped before it sent any of this call.'),
  trial: words('Docket closed while a few files were tried. What was answered is kept; no other file was asked.'),
};

export const docketWording: Wording<DocketCode> = {
  cancelled: ({ params: { what } }) => words(what === 'call' ? 'Cancelled.' : 'Reading this file was cancelled.'),
  interrupted: ({ params: { what } }) => interruptedWords[what],
  in_doubt: ({ params: { host } }) =>
    words(`Docket stopped before the outcome was known. The request may have reached ${host}.`),
  not_configured: notConfigured,
  invalid_input: invalidInput,
  not_allowed: notAllowed,
  store_failed: ({ params: { what, cause } }) => words(notStored[what], storeAdvice[cause]),
  watch_limit: watchLimit,
  watch_trouble: watchTrouble,
  shutting_down: shuttingDown,
  unexpected: unexpected,
  recorded: ({ params: { message } }) => words(message),
};

function notConfigured({ params: { missing } }: Problem<'not_configured'>, edge: Edge): ProblemWords {
  switch (missing) {
    case 'model':
      return words('No model is chosen.', setWith(edge, 'Choose one in Settings.', 'Choose one with --model.'));
    case 'address':
      return words(
        'No server address is set.',
        setWith(edge, 'Enter the base URL in Settings.', 'Set the base URL in OPENAI_BASE_URL.'),
      );
    case 'key':
      return words(
        'OpenAI needs an API key; nothing was sent.',
        setWith(edge, 'Enter one in Settings.', 'Set one in OPENAI_API_KEY.'),
      );
    case 'provider':
      return words('An API key belongs to one server.', 'Choose a provider with an address before you enter a key.');
    default:
      return assertNever(missing);
  }
}

function invalidInput({ params }: Problem<'invalid_input'>): ProblemWords {
  switch (params.what) {
    case 'schema':
      return words(params.said);
    case 'too_many_attached':
      return words(
        `A message can have at most ${thousands(params.limit)} attached files.`,
        'Remove some, or run them as a batch, which can hold many more.',
      );
    case 'too_many_files':
      return words(
        `Only the first ${thousands(params.limit)} files were added; this one and any after it were left out.`,
        'Add the rest in a second batch.',
      );
    case 'conversation_gone':
      return words('This conversation no longer exists.');
    case 'batch_gone':
      return words('This batch no longer exists.');
    case 'item_gone':
      return words('This file is not in any batch.');
    case 'call_gone':
      return words('This call is not in the history.');
    case 'key_characters':
      return words('An API key consists of letters, digits and symbols, without spaces.', 'Copy it again.');
    case 'one_by_one':
      return words('Attach files one at a time.');
    case 'recipe_gone':
      return words('This recipe no longer exists.', 'Choose another one.');
    case 'recipe_unknown':
      return words(
        `There is no recipe “${params.name}”.`,
        params.nearest === null ? undefined : `Did you mean “${params.nearest}”?`,
      );
    case 'recipe_name':
      return words(`There is another recipe called “${params.name}”.`, 'Give this one a name of its own.');
    case 'correction':
      return words(params.said);
    case 'recipe_file':
      return words(
        `${params.name} is not a recipe that Docket can read. ${params.said}`,
        'The format is described in docs/recipe-format.md.',
      );
    default:
      return assertNever(params);
  }
}

function notAllowed({ params }: Problem<'not_allowed'>, edge: Edge): ProblemWords {
  switch (params.what) {
    case 'route':
      return words('Docket does not know this request.');
    case 'page':
      return words('This page is not allowed to make requests to Docket.');
    case 'reply_arriving':
      return words('The reply above is still arriving.', 'Wait for it to finish, or stop it.');
    case 'batch_running':
      return words('This batch is running.', 'Wait for it to finish, or cancel it.');
    case 'batch_not_collected':
      return words(
        'The folders of this batch have not been read to the end.',
        'Wait until they have, or resume it first.',
      );
    case 'batch_not_begun':
      return words('This batch has not started.', 'Start it first.');
    case 'exporting':
      return words('This batch is already being exported.', 'Wait for the export to finish, or stop it.');
    case 'recipe_bundled':
      return words('A recipe that comes with Docket cannot be changed.', 'Duplicate it and change the copy.');
    case 'no_folder':
      return words('There is no folder in what was added, so nothing new can come.', 'Add a folder as a batch.');
    case 'nothing_queued':
      return words('None of these files is waiting to be asked.');
    case 'file_opened':
      return words('Docket does not open files of this kind, because that could run them.', 'Show it in its folder.');
    case 'files_unknown':
      return words('Not all files of this batch were found yet.', 'Start it first.');
    case 'grant_expired':
      return params.use === 'attach'
        ? words('This file was chosen too long ago.', 'Attach it again.')
        : words('These files were dropped too long ago.', 'Drop them again.');
    case 'provider_changes':
      return words(
        `This batch was started with ${params.begunWith} (${params.model}), but the provider is now ${params.now}.`,
        setWith(
          edge,
          'Start runs the whole batch with the new provider. To continue with the old one, switch back in Settings first.',
          'Start it again to run the whole batch with the new provider, or switch back first.',
        ),
      );
    case 'provider_changed':
      return words(
        `This batch was started with ${params.begunWith} (${params.model}), but the provider is now ${params.now}.`,
        setWith(
          edge,
          'Switch back in Settings to continue, or drop the files again to run them all with the new provider.',
          'Switch back to continue, or run the files as a new batch.',
        ),
      );
    default:
      return assertNever(params);
  }
}

function watchLimit({ params: { what, limit } }: Problem<'watch_limit'>): ProblemWords {
  return words(
    `The watched folder has reached its limit of ${countOf(limit, what === 'files' ? 'file' : 'token')} a day.`,
    'New files wait until tomorrow. Start asks about them today, or raise the limit.',
  );
}

function watchTrouble({ params }: Problem<'watch_trouble'>): ProblemWords {
  switch (params.reason) {
    case 'gone':
      return words(
        `The folder of this batch is not there: ${params.path}.`,
        'Its results are kept. Once it is back, look again; a watch does so by itself.',
      );
    case 'empty':
      return words(
        `The folder of this batch is empty: ${params.path}.`,
        'If its drive is not connected, connect it and look again; a watch does so by itself. All results are kept.',
      );
    case 'denied':
      return words(
        `Docket may not look into the folder of this batch: ${params.path}.`,
        'Allow it to read the folder and look again; a watch does so by itself.',
      );
    case 'shared':
      return words(
        `The watched folder is on a network share, whose changes the system does not always tell, so Docket looks through it every ${waitOf(params.everyMs)}.`,
      );
    case 'too_many':
      return words(
        `This system does not let Docket watch so many folders, so it looks through them every ${waitOf(params.everyMs)}.`,
        'To see changes at once, raise the system’s limit (on Linux fs.inotify.max_user_watches) and restart Docket, or watch a smaller folder.',
      );
    case 'not_told':
      return words(
        `The system does not tell Docket of changes in this folder, so it looks through it every ${waitOf(params.everyMs)}.`,
      );
    default:
      return assertNever(params);
  }
}

const notStored: Readonly<Record<Problem<'store_failed'>['params']['what'], string>> = {
  call: 'The call could not be recorded, so it was not sent.',
  results: 'The batch stopped because its results could not be stored. Finished files are kept.',
  reply: 'This reply could not be stored. Docket keeps trying; copy what you need in the meantime.',
  data: 'The data folder could not be read or written.',
};

const storeAdvice: Readonly<Record<StoreFailureCause, string>> = {
  disk_full: 'The disk is full: free some space, then try again.',
  disk_failed: 'The disk reported an error: check it, or your quota on it, then try again.',
  damaged: 'The stored data is damaged: restart Docket, which keeps what can be read.',
  read_only: 'The data folder is read-only: get write permission, then try again.',
  gone: 'The data folder was removed or replaced while Docket was running, so nothing more is sent. Put it back, or restart Docket.',
  locked: 'Another program has locked the data folder: close that program, then try again.',
  other: 'Check the disk and the data folder, then try again.',
};

function shuttingDown({ params: { what } }: Problem<'shutting_down'>): ProblemWords {
  switch (what) {
    case 'docket':
      return words('Docket is closing.');
    case 'reply':
      return words('Docket closed the connection before the reply was complete.');
    case 'reading':
      return words('Docket closed before it had read this file.');
    case 'attaching':
      return words('Docket closed before it had read this file.', 'Remove it and attach it again.');
    default:
      return assertNever(what);
  }
}

function unexpected({ params: { where, host } }: Problem<'unexpected'>): ProblemWords {
  switch (where) {
    case 'request':
      return words('Something went wrong inside Docket. No stored data was lost.');
    case 'call':
      return words(`The request to ${host ?? 'the server'} could not be sent, or its reply could not be read.`);
    case 'file':
      return words(
        'An error in Docket kept it from finishing this file; other files are not affected.',
        'Try it again.',
      );
    case 'batch':
      return words('The batch stopped because of an error in Docket. Finished files are kept.');
    case 'reply':
      return words('An error in Docket cut the reply short.');
    case 'reader':
      return words('The file reader crashed on this file; other files are not affected.', 'Try it again.');
    case 'recognition':
      return words('Text recognition ended unexpectedly on this file; other files are not affected.', 'Try it again.');
    case 'picture':
      return words('An error in Docket kept it from drawing this page.', 'Try it again.');
    default:
      return assertNever(where);
  }
}
