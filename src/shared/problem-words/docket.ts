/** What Docket itself could not do, or was told not to. */

import { thousands } from '../amounts.ts';
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
  | 'shutting_down'
  | 'unexpected'
  | 'recorded';

const interruptedWords: Readonly<Record<Problem<'interrupted'>['params']['what'], ProblemWords>> = {
  reply: words('Docket closed while this reply was arriving. What had arrived is kept.'),
  reading: words('This file was not read before Docket was closed.', 'Remove it and attach it again.'),
  call: words('Docket stopped before this call left. Nothing of it was sent.'),
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
      return words('A key belongs to one server.', 'Choose a provider with an address first.');
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
        `A message takes at most ${thousands(params.limit)} files.`,
        'Remove some first, or make a batch of them: it takes any number.',
      );
    case 'too_many_files':
      return words(
        `Only the first ${thousands(params.limit)} files were taken; this one and all after it were left out.`,
        'Add the rest in a second batch.',
      );
    case 'conversation_gone':
      return words('This conversation does not exist any more.');
    case 'batch_gone':
      return words('This batch does not exist any more.');
    case 'item_gone':
      return words('This file is not in any batch.');
    case 'call_gone':
      return words('This call is not in the history.');
    case 'key_characters':
      return words('A key consists of letters, digits and signs without spaces.', 'Copy it once more.');
    case 'one_by_one':
      return words('Files are attached one by one.');
    default:
      return assertNever(params);
  }
}

function notAllowed({ params }: Problem<'not_allowed'>, edge: Edge): ProblemWords {
  switch (params.what) {
    case 'route':
      return words('Docket does not know this request.');
    case 'page':
      return words('This page may not ask Docket for anything.');
    case 'reply_arriving':
      return words('The reply above is still arriving.', 'Wait until it is done, or stop it.');
    case 'batch_running':
      return words('This batch is running.', 'Wait until it has ended, or cancel it.');
    case 'batch_not_begun':
      return words('This batch has not begun.', 'Start it first.');
    case 'exporting':
      return words('This batch is being exported already.', 'Wait for it, or stop it first.');
    case 'grant_expired':
      return params.use === 'attach'
        ? words('This file was chosen too long ago.', 'Attach it again.')
        : words('These files were dropped too long ago.', 'Drop them again.');
    case 'provider_changes':
      return words(
        `This batch was begun with ${params.begunWith} (${params.model}); the provider is now ${params.now}.`,
        setWith(
          edge,
          'Start runs all of it with the new one. To go on as it began, switch back in Settings first.',
          'Start it again to run all of it with the new one, or switch back first.',
        ),
      );
    case 'provider_changed':
      return words(
        `This batch was begun with ${params.begunWith} (${params.model}); the provider is now ${params.now}.`,
        setWith(
          edge,
          'Switch back in Settings to go on with it, or drop the files again to run all of them with the new one.',
          'Switch back to go on with it, or run the files as a new batch.',
        ),
      );
    default:
      return assertNever(params);
  }
}

const notStored: Readonly<Record<Problem<'store_failed'>['params']['what'], string>> = {
  call: 'The call could not be recorded, so it was not sent.',
  results: 'The batch stopped because its results could not be stored. Finished files are kept.',
  reply: 'This reply could not be stored. Docket tries again; until then copy what you need.',
  data: 'The data folder could not be read or written.',
};

const storeAdvice: Readonly<Record<StoreFailureCause, string>> = {
  disk_full: 'The disk is full: make room, then try again.',
  disk_failed: 'The disk did not do what it was asked: check it, or your quota on it, then try again.',
  damaged: 'The stored data is damaged: start Docket again, which keeps what can be read.',
  read_only: 'The data folder may only be read: get write permission, then try again.',
  gone: 'The data folder was removed or replaced while Docket was running: nothing more is sent. Put it back, or start Docket again.',
  locked: 'Another program holds the data folder: close it, then try again.',
  other: 'Check the disk and the data folder, then try again.',
};

function shuttingDown({ params: { what } }: Problem<'shutting_down'>): ProblemWords {
  switch (what) {
    case 'docket':
      return words('Docket is closing.');
    case 'reply':
      return words('Docket closed the connection before the reply was complete.');
    case 'reading':
      return words('Docket was closed before this file was read.');
    case 'attaching':
      return words('Docket was closed before this file was read.', 'Remove it and attach it again.');
    default:
      return assertNever(what);
  }
}

function unexpected({ params: { where, host } }: Problem<'unexpected'>): ProblemWords {
  switch (where) {
    case 'request':
      return words('Something went wrong inside Docket. Nothing that was stored is lost.');
    case 'call':
      return words(`The request to ${host ?? 'the server'} could not be sent or its reply not be read.`);
    case 'batch':
      return words('The batch stopped because of an error in Docket. Finished files are kept.');
    case 'reply':
      return words('The reply broke off inside Docket.');
    case 'reader':
      return words('The reader of this file crashed; other files are not affected.', 'Try it again.');
    default:
      return assertNever(where);
  }
}
