/** What is asked of every file of a batch. */

/** What an answer is, which decides how a reply is read and how its column sorts, filters and exports. */
export type AnswerKind =
  /** Prose. */
  | { readonly type: 'text'; readonly maxWords?: number | undefined }
  /** One of a list; with `open`, the list is only what is usual, and any other single word is taken too. */
  | { readonly type: 'choice'; readonly choices: readonly string[]; readonly open?: boolean | undefined }
  /** Any number of a list; with `open`, others are taken too. */
  | { readonly type: 'choices'; readonly choices: readonly string[]; readonly open?: boolean | undefined }
  | { readonly type: 'list'; readonly maxItems?: number | undefined }
  /** `unit` is what the model is asked to count in, such as "EUR" or "days". */
  | { readonly type: 'number'; readonly unit?: string | undefined }
  /** A day, month or year, or a period between two of them. */
  | { readonly type: 'date' }
  | { readonly type: 'yes_no' };

/** What the built-in text engine computes for a question that it has a method of its own for. */
export interface BuiltinTask {
  readonly task: string;
  /** Title of the column then: its result is not a model's, so it is not called the same. */
  readonly title: string;
}

/** A question is a column. */
export interface Question {
  /** Unique in its recipe, and kept when the question is renamed or reworded. */
  readonly id: string;
  /** Title of the column. */
  readonly title: string;
  /** What is asked, as the model gets it. May contain the variables {file}, {folder} and {date}. */
  readonly ask: string;
  readonly answer: AnswerKind;
  /** Whether the model is asked for verbatim quotations, which are then looked up in the document. */
  readonly proof: boolean;
  /** Most tokens an answer may take. */
  readonly maxTokens: number;
  readonly builtin?: BuiltinTask | undefined;
}

/** What of a file is sent to a model: its text, pictures of its pages in place of the text, or both beside each other. */
export const sendings = ['text', 'pages', 'both'] as const;
export type Sending = (typeof sendings)[number];

/**
 * A recipe as it was when it was used: a version never changes.
 * `separately`: one request per question. `together`: one request per part of the document, answered as JSON.
 */
export interface Recipe {
  readonly id: string;
  readonly name: string;
  readonly asked: 'separately' | 'together';
  /**
   * What comes first in a request. With the document first, all questions about it share a prefix, which providers
   * cache.
   */
  readonly order: 'question_first' | 'document_first';
  /** Left out for the text, so that a recipe of before there was a choice is the same one. */
  readonly send?: Exclude<Sending, 'text'> | undefined;
  readonly questions: readonly Question[];
}

/** In the middle of a sentence. */
export const sendingWords: Readonly<Record<Sending, string>> = {
  text: 'the text',
  pages: 'pictures of the pages',
  both: 'the text and pictures of the pages',
};

export function sendingOf(recipe: Pick<Recipe, 'send'>): Sending {
  return recipe.send ?? 'text';
}

/** The recipe with another choice of what it sends, its fields in the order in which they are stored. */
export function withSending({ send: _, questions, ...recipe }: Recipe, sending: Sending): Recipe {
  return { ...recipe, ...(sending === 'text' ? {} : { send: sending }), questions };
}

/** What the built-in text engine answers to questions of one's own. */
const BEST_MATCH = 'Best match (no AI model)';

/** What a question's column is called: a result of the built-in engine is not called what a model's is. */
export function columnTitle({ title, builtin }: Question, llm: boolean): string {
  return llm ? title : (builtin?.title ?? `${title} · ${BEST_MATCH}`);
}
