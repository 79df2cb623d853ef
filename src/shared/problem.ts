/**
 * Every failure that a user can act on, by cause. A problem is a code with parameters; it is put into words where it is
 * shown (`problem-words.ts`). Codes and parameters are stable: they are stored in the history and exported.
 */
import type { FileKind } from './file-kinds.ts';

interface AtHost {
  /** Host and port of the server. */
  readonly host: string;
}

/** The parameters of each cause. Sizes are in bytes, times in milliseconds. */
export interface ProblemParameters {
  // the provider
  unauthorized: AtHost;
  forbidden: AtHost;
  /** `nearest`: names of listed models most like `model`; `listed`: how many there are. Absent if no list was read. */
  model_not_found: AtHost & {
    readonly model?: string;
    readonly nearest?: readonly string[];
    readonly listed?: number;
  };
  not_found: AtHost;
  rate_limited: AtHost;
  quota_exhausted: AtHost;
  context_too_long: ContextTooLong;
  /** The model takes no pictures. */
  pictures_not_seen: AtHost;
  /** `limit`: the most that it takes in one request, if it says so. */
  too_many_pictures: AtHost & { readonly limit?: number };
  content_refused: AtHost & { readonly what: 'text' | 'reply' | 'answer' };
  bad_request: AtHost;
  server_error: AtHost & { readonly during: 'request' | 'reply' };
  bad_response: BadResponse;
  /**
   * `closed`: the connection ended. `unreadable`: a chunk was malformed. `stopped`: the finish reason is not a normal
   * end.
   */
  incomplete: AtHost & { readonly reason: 'closed' | 'unreadable' | 'stopped' };
  /** The server counted far fewer tokens than it was sent, so it truncated the text silently. */
  read_in_part: AtHost & { readonly readTokens: number; readonly sentTokens: number };
  /** `misfit`: why the reply holds no answer in the form asked for, in English. The model was asked twice. */
  answer_unusable: { readonly misfit: string };
  response_too_large: AtHost & { readonly limitBytes: number };
  // the connection
  connection_failed: ConnectionFailed;
  tls_failed: AtHost & { readonly reason: 'not_tls' | 'clock' | 'wrong_name' | 'no_agreement' | 'untrusted' };
  timeout_first_token: TimedOut;
  timeout_idle: TimedOut;
  // a file
  file_vanished: {
    readonly what:
      | 'file'
      | 'same_file'
      | 'link_target'
      | 'attached_text'
      | 'attached_file'
      | 'attached_shown'
      | 'shown'
      | 'member';
  };
  file_unreadable: FileUnreadable;
  file_unwritable: { readonly name: string; readonly reason: 'disk_full' | 'not_allowed' | 'no_folder' | 'other' };
  file_empty: {
    readonly what:
      | 'no_bytes'
      | 'white_space'
      | 'docx'
      | 'workbook'
      | 'presentation'
      | 'document'
      | 'archive'
      | 'archive_hidden';
  };
  file_too_large: FileTooLarge;
  file_unsupported: FileUnsupported;
  /** `named`: the file's extension, if it promises a different kind of file. */
  file_binary: { readonly named: string | null; readonly kind: FileKind | null };
  file_encrypted: { readonly format: 'office' | 'pdf' | 'zip' | 'mail' | 'book' | 'member' | 'archive' };
  file_damaged: FileDamaged;
  file_no_text: FileNoText;
  file_loop: Nothing;
  /** The picture of a page of it. `changed`: the file is not the one that was read. */
  page_not_drawn: { readonly why: PageLoss | 'changed' | 'attached_changed' | 'attached_before' };
  /** A link to `target`, which is outside what was added. `replaced`: it was none when it was added. */
  file_outside: { readonly target: string; readonly replaced?: true };
  /**
   * Took more work than a file of its size should. `stalled`: no data arrived at all, because its drive does not
   * respond.
   */
  extract_timeout: { readonly limitMs: number; readonly stalled?: true };
  extract_memory: { readonly limitBytes: number };
  // Docket itself
  cancelled: { readonly what: 'call' | 'reading' };
  interrupted: { readonly what: 'reply' | 'reading' | 'call' | 'trial' };
  in_doubt: AtHost;
  not_configured: { readonly missing: 'model' | 'address' | 'key' | 'provider' };
  invalid_input: InvalidInput;
  not_allowed: NotAllowed;
  store_failed: { readonly what: 'call' | 'results' | 'reply' | 'data'; readonly cause: StoreFailureCause };
  /** A watch has asked as much as a person allows in a day. */
  watch_limit: { readonly what: 'files' | 'tokens'; readonly limit: number };
  watch_trouble: WatchTrouble;
  shutting_down: { readonly what: 'docket' | 'reply' | 'reading' | 'attaching' };
  unexpected: {
    readonly where: 'request' | 'call' | 'file' | 'batch' | 'reply' | 'reader' | 'recognition' | 'picture';
    readonly host?: string;
  };
  /** Stored by Docket 0.1, already in words. */
  recorded: { readonly code: string; readonly message: string };
}

/** Why the data folder could not be read or written. */
export type StoreFailureCause = 'disk_full' | 'disk_failed' | 'damaged' | 'read_only' | 'gone' | 'locked' | 'other';

type Nothing = Readonly<Record<never, never>>;

type ContextTooLong =
  /**
   * The server said so. `limitTokens`: the most it reads at once; `countedTokens`: what it counted in the text. Each is
   * absent if it did not say.
   */
  | { readonly what: 'request'; readonly limitTokens?: number; readonly countedTokens?: number }
  /** `parts`: the most that it would be split into, each of at most `limitTokens`; absent if it cannot be split at all. */
  | ({ readonly what: 'file'; readonly parts?: number } & TokensOver)
  /** The answers about the parts of a file, to make one of. */
  | ({ readonly what: 'answers' } & TokensOver)
  | ({ readonly what: 'conversation'; readonly fileTokens: number } & TokensOver)
  /** A message that nothing came before. */
  | ({ readonly what: 'message'; readonly fileTokens: number } & TokensOver)
  | ({ readonly what: 'attached'; readonly files: number } & TokensOver);

interface TokensOver {
  /** Estimated size of the text. */
  readonly tokens: number;
  /** The most the model reads at once. */
  readonly limitTokens: number;
  readonly model: string;
}

interface TimedOut extends AtHost {
  readonly waitedMs: number;
  /** The server kept the connection alive but sent no text. */
  readonly wasAlive: boolean;
}

type BadResponse = AtHost &
  (
    | { readonly reason: 'not_json' | 'not_http' | 'headers_too_large' | 'wrong_length' | 'redirect' }
    | { readonly reason: 'no_reply' | 'no_model_list' | 'web_page' | 'tool_call' | 'only_reasoning' }
    | { readonly reason: 'unasked_interim'; readonly status: 100 | 101 }
    /** Null if Docket set no limit. */
    | { readonly reason: 'no_words'; readonly limitTokens: number | null }
  );

type ConnectionFailed = AtHost &
  (
    | { readonly reason: 'refused' | 'no_such_name' | 'timed_out' | 'broken' | 'slept' | 'builtin_not_started' }
    | { readonly reason: 'no_answer'; readonly waitedMs: number }
  );

type FileUnreadable =
  | { readonly reason: 'permission' | 'path_too_long' | 'locked' | 'name_encoding' | 'no_file_here' | 'locale' }
  | { readonly reason: 'system'; readonly systemCode: string };

type FileTooLarge =
  | { readonly what: 'file'; readonly bytes: number; readonly limitBytes: number }
  | { readonly what: 'unpacked'; readonly bytes: number; readonly limitBytes: number }
  /** Documents within documents. */
  | { readonly what: 'nested'; readonly limit: number }
  /** Files in one archive, and what they unpack to. */
  | { readonly what: 'members'; readonly count: number; readonly limit: number }
  | { readonly what: 'archive'; readonly bytes: number; readonly limitBytes: number }
  | { readonly what: 'parts' | 'ratio'; readonly count: number; readonly limit: number }
  /** Characters in cells that are there because they are repeated. */
  | { readonly what: 'cells'; readonly limit: number }
  /** An image that would take too much memory. */
  | { readonly what: 'pixels'; readonly width: number; readonly height: number; readonly limit: number }
  | { readonly what: 'attached_text'; readonly characters: number; readonly limitCharacters: number };

type FileUnsupported =
  | { readonly what: 'kind'; readonly kind: FileKind }
  /** An archive where one document is read, as in a chat. */
  | { readonly what: 'archive_here'; readonly kind: FileKind }
  /** A member of an archive that is packed by a method which is not read. */
  | { readonly what: 'packing'; readonly method: string }
  /** One of the files that an archive was cut into. */
  | { readonly what: 'volumes' }
  /** Not a document at all. */
  | { readonly what: 'special'; readonly special: 'folder' | 'pipe' | 'socket' | 'device' }
  | { readonly what: 'xfa_form' | 'docx_parts' | 'docx_master' }
  | { readonly what: 'portfolio'; readonly files: number };

type FileDamaged =
  | {
      readonly what:
        | 'pdf'
        | 'docx'
        | 'workbook'
        | 'presentation'
        | 'zip'
        | 'mail'
        | 'document'
        | 'image'
        | 'archive'
        | 'member';
    }
  /** The first damaged page, as stored by earlier versions, which stopped there. */
  | { readonly what: 'pdf_page'; readonly page: number; readonly pages: number }
  | { readonly what: 'pdf_damaged_pages'; readonly damaged: readonly number[]; readonly pages: number }
  /** Its extension does not match how it begins. */
  | { readonly what: 'beginning'; readonly named: string };

type FileNoText =
  | { readonly what: 'pdf_images' | 'pdf_pages'; readonly pages: number }
  | {
      readonly what:
        | 'pdf_fonts'
        | 'docx_images'
        | 'presentation_images'
        | 'presentation_objects'
        | 'presentation_drawings'
        | 'document_objects'
        | 'workbook_images'
        | 'workbook_objects'
        | 'workbook_drawings'
        | 'html'
        | 'images';
    }
  /** Its pages are pictures, and recognition is turned off, or found no words in them, or did not get through them. */
  | { readonly what: 'not_recognised' | 'no_words' | 'images_inside'; readonly pages: number }
  | { readonly what: 'pages_lost'; readonly pages: number; readonly lost: PageLoss };

/** Why nothing was recognised on a page. */
export type PageLoss = 'too_slow' | 'too_large' | 'not_drawn';

type InvalidInput =
  /** Rejected by a schema of the contract, whose own message this is. */
  | { readonly what: 'schema'; readonly said: string }
  | { readonly what: 'too_many_attached'; readonly limit: number }
  | { readonly what: 'too_many_files'; readonly limit: number }
  | { readonly what: 'conversation_gone' | 'batch_gone' | 'item_gone' | 'call_gone' | 'key_characters' | 'one_by_one' }
  | { readonly what: 'recipe_gone' }
  | { readonly what: 'recipe_unknown'; readonly name: string; readonly nearest: string | null }
  | { readonly what: 'recipe_name'; readonly name: string }
  /** `said` is a sentence that names why a value that a person wrote does not answer its question. */
  | { readonly what: 'correction'; readonly said: string }
  /** `said` is a sentence that names what is wrong, and where. */
  | { readonly what: 'recipe_file'; readonly name: string; readonly said: string };

type NotAllowed =
  | { readonly what: 'route' | 'page' | 'reply_arriving' | 'batch_running' | 'batch_not_begun' | 'exporting' }
  | { readonly what: 'no_folder' }
  | { readonly what: 'recipe_bundled' | 'batch_not_collected' | 'nothing_queued' | 'files_unknown' | 'file_opened' }
  | { readonly what: 'grant_expired'; readonly use: 'attach' | 'drop' }
  /**
   * The provider changed since the batch started: `provider_changes` if it has no results yet and may switch, else
   * `provider_changed`.
   */
  | {
      readonly what: 'provider_changed' | 'provider_changes';
      readonly begunWith: string;
      readonly model: string;
      readonly now: string;
    };

/** Why changes in a watched folder are not seen, or only when it is looked through. */
type WatchTrouble =
  | { readonly reason: 'gone' | 'empty' | 'denied'; readonly path: string }
  | { readonly reason: 'shared'; readonly path: string; readonly everyMs: number }
  /** `too_many`: the system watches no more folders. `not_told`: watching failed otherwise. */
  | { readonly reason: 'too_many' | 'not_told'; readonly everyMs: number };

export type ProblemCode = keyof ProblemParameters;

interface ProblemFacts {
  /** What the other side said, verbatim, limited to 2,000 characters; never contains a key. */
  readonly detail?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** How many milliseconds the server asked to wait (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
  /** How many milliseconds a batch waited in vain for its host to come back. */
  readonly waitedMs?: number | undefined;
  /** Part of the reply arrived and is kept. */
  readonly partialKept?: boolean | undefined;
}

/** An expected failure, created once, at the boundary where it happened. */
export type Problem<Code extends ProblemCode = ProblemCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly params: ProblemParameters[Each] } & ProblemFacts;
}[Code];

export function problem<Code extends ProblemCode>(
  code: Code,
  params: ProblemParameters[Code],
  facts: ProblemFacts = {},
): Problem<Code> {
  // The type is mapped over all codes, which TypeScript cannot resolve for a generic code.
  return { code, params, ...facts } as Problem<Code>;
}
