/**
 * Everything that can go wrong in a way that a person can act on, by its cause. A problem is a code and what that
 * cause is told with; the words are made where they are shown (`problem-words.ts`). Codes and parameters are stable:
 * they are stored in the history and exported.
 */
import type { FileKind } from './file-kinds.ts';

interface AtHost {
  /** Host and port of the server. */
  readonly host: string;
}

/** What each cause is told with. Sizes are bytes, times milliseconds. */
export interface ProblemParameters {
  // the provider
  unauthorized: AtHost;
  forbidden: AtHost;
  model_not_found: AtHost;
  not_found: AtHost;
  rate_limited: AtHost;
  quota_exhausted: AtHost;
  context_too_long: ContextTooLong;
  content_refused: AtHost & { readonly what: 'text' | 'reply' | 'answer' };
  bad_request: AtHost;
  server_error: AtHost & { readonly during: 'request' | 'reply' };
  bad_response: BadResponse;
  /** `closed`: nothing more came. `unreadable`: a piece was broken. `stopped`: for a reason that is no end. */
  incomplete: AtHost & { readonly reason: 'closed' | 'unreadable' | 'stopped' };
  /** The server counted far fewer tokens than it was sent: it cut the text in silence. */
  read_in_part: AtHost & { readonly readTokens: number; readonly sentTokens: number };
  response_too_large: AtHost & { readonly limitBytes: number };
  // the way there
  connection_failed: ConnectionFailed;
  tls_failed: AtHost & { readonly reason: 'not_tls' | 'clock' | 'wrong_name' | 'no_agreement' | 'untrusted' };
  timeout_first_token: TimedOut;
  timeout_idle: TimedOut;
  // a file
  file_vanished: { readonly what: 'file' | 'link_target' | 'attached_text' };
  file_unreadable: FileUnreadable;
  file_unwritable: { readonly name: string; readonly reason: 'disk_full' | 'not_allowed' | 'no_folder' | 'other' };
  file_empty: { readonly what: 'no_bytes' | 'white_space' | 'docx' };
  file_too_large: FileTooLarge;
  file_unsupported: FileUnsupported;
  /** `named`: the extension that it goes under, where that promises something else. */
  file_binary: { readonly named: string | null; readonly kind: FileKind | null };
  file_encrypted: { readonly format: 'office' | 'pdf' | 'zip' };
  file_damaged: FileDamaged;
  file_no_text: FileNoText;
  file_loop: Nothing;
  /** A link that leads out of what was added, to `target`. */
  file_outside: { readonly target: string };
  /** More work than a file of its size takes; `stalled`: no work at all, its drive does not answer. */
  extract_timeout: { readonly limitMs: number; readonly stalled?: true };
  extract_memory: { readonly limitBytes: number };
  // Docket itself
  cancelled: { readonly what: 'call' | 'reading' };
  interrupted: { readonly what: 'reply' | 'reading' | 'call' };
  in_doubt: AtHost;
  not_configured: { readonly missing: 'model' | 'address' | 'key' | 'provider' };
  invalid_input: InvalidInput;
  not_allowed: NotAllowed;
  store_failed: { readonly what: 'call' | 'results' | 'reply' | 'data'; readonly cause: StoreFailureCause };
  shutting_down: { readonly what: 'docket' | 'reply' | 'reading' | 'attaching' };
  unexpected: {
    readonly where: 'request' | 'call' | 'batch' | 'reply' | 'reader';
    readonly host?: string;
  };
  /** As Docket 0.1 stored it: already in words. */
  recorded: { readonly code: string; readonly message: string };
}

/** Why the data folder could not be read or written. */
export type StoreFailureCause = 'disk_full' | 'disk_failed' | 'damaged' | 'read_only' | 'gone' | 'locked' | 'other';

type Nothing = Readonly<Record<never, never>>;

type ContextTooLong =
  /** The server said so. */
  | { readonly what: 'request' }
  | ({ readonly what: 'file' } & TokensOver)
  | ({ readonly what: 'conversation'; readonly fileTokens: number } & TokensOver)
  | ({ readonly what: 'attached'; readonly files: number } & TokensOver);

interface TokensOver {
  /** About how many there are. */
  readonly tokens: number;
  /** As many as the model reads at once. */
  readonly limitTokens: number;
  readonly model: string;
}

interface TimedOut extends AtHost {
  readonly waitedMs: number;
  /** It sent signs of life all the time, and no words. */
  readonly wasAlive: boolean;
}

type BadResponse = AtHost &
  (
    | { readonly reason: 'not_json' | 'not_http' | 'headers_too_large' | 'wrong_length' | 'redirect' }
    | { readonly reason: 'no_reply' | 'no_model_list' | 'web_page' | 'tool_call' | 'only_reasoning' }
    | { readonly reason: 'unasked_interim'; readonly status: 100 | 101 }
    /** Null when Docket set no limit. */
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
  | { readonly what: 'parts' | 'ratio'; readonly count: number; readonly limit: number }
  | { readonly what: 'attached_text'; readonly characters: number; readonly limitCharacters: number };

type FileUnsupported =
  | { readonly what: 'kind'; readonly kind: FileKind }
  /** No document at all. */
  | { readonly what: 'special'; readonly special: 'folder' | 'pipe' | 'socket' | 'device' }
  | { readonly what: 'xfa_form' | 'docx_parts' | 'docx_master' }
  | { readonly what: 'portfolio'; readonly files: number };

type FileDamaged =
  | { readonly what: 'pdf' | 'docx' | 'zip' }
  | { readonly what: 'pdf_page'; readonly page: number; readonly pages: number }
  /** It is named as a format that it does not begin as. */
  | { readonly what: 'beginning'; readonly named: string };

type FileNoText =
  | { readonly what: 'pdf_images' | 'pdf_pages'; readonly pages: number }
  | { readonly what: 'pdf_fonts' | 'docx_images' | 'html' };

type InvalidInput =
  /** A schema of the contract refused it, in words of its own. */
  | { readonly what: 'schema'; readonly said: string }
  | { readonly what: 'too_many_attached'; readonly limit: number }
  | { readonly what: 'too_many_files'; readonly limit: number }
  | { readonly what: 'conversation_gone' | 'batch_gone' | 'item_gone' | 'call_gone' | 'key_characters' | 'one_by_one' };

type NotAllowed =
  | { readonly what: 'route' | 'page' | 'reply_arriving' | 'batch_running' | 'batch_not_begun' | 'exporting' }
  | { readonly what: 'grant_expired'; readonly use: 'attach' | 'drop' }
  /** A batch that was begun with one provider is to go on with another; it can when it has no results yet. */
  | {
      readonly what: 'provider_changed' | 'provider_changes';
      readonly begunWith: string;
      readonly model: string;
      readonly now: string;
    };

export type ProblemCode = keyof ProblemParameters;

interface ProblemFacts {
  /** What the other side said, verbatim and bounded to 2,000 characters; never a key. */
  readonly detail?: string | undefined;
  readonly httpStatus?: number | undefined;
  readonly requestId?: string | undefined;
  /** Milliseconds that the server asked to wait (`Retry-After`). */
  readonly retryAfterMs?: number | undefined;
  /** Part of the reply had arrived and is kept. */
  readonly partialKept?: boolean | undefined;
}

/** An expected failure, made once, at the boundary where it happened. */
export type Problem<Code extends ProblemCode = ProblemCode> = {
  readonly [Each in Code]: { readonly code: Each; readonly params: ProblemParameters[Each] } & ProblemFacts;
}[Code];

export function problem<Code extends ProblemCode>(
  code: Code,
  params: ProblemParameters[Code],
  facts: ProblemFacts = {},
): Problem<Code> {
  // The type is a map over codes, which the compiler does not see through for a code that is not known yet.
  return { code, params, ...facts } as Problem<Code>;
}
