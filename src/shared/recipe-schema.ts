/** What a recipe may be: parsed wherever one comes in, from a window, a file or a command line. */
import { z } from 'zod';
import { type AnswerKind, type Question, type Recipe, sendings } from './recipe.ts';

export const MAX_QUESTIONS = 40;
/** Enough for any instruction; a question is sent with every file. */
export const MAX_ASK_CHARACTERS = 4_000;
export const MAX_TITLE_CHARACTERS = 60;
export const MAX_CHOICES = 50;
export const MAX_ANSWER_TOKENS = 8_000;
const MAX_NAME_CHARACTERS = 100;
const MAX_CHOICE_CHARACTERS = 80;
const MAX_UNIT_CHARACTERS = 30;
const MAX_WORDS = 2_000;
const MAX_ITEMS = 100;

/** What the built-in engine has a method of its own for. */
const BUILTIN_TASKS: ReadonlySet<string> = new Set(['summary', 'sentiment', 'topics']);

const id = z.string().min(1).max(64);

/** One line, without what would break a table's head. */
function line(what: string, max: number) {
  return z
    .string({ error: `${what} is missing.` })
    .transform((text) => text.replaceAll(/\s+/gu, ' ').trim())
    .pipe(
      z
        .string()
        .min(1, `${what} is empty.`)
        .max(max, `${what} can have at most ${max.toLocaleString('en-US')} characters.`),
    );
}

const choices = z
  .array(line('A choice', MAX_CHOICE_CHARACTERS))
  .min(2, 'Give at least two choices.')
  .max(MAX_CHOICES, `There can be at most ${MAX_CHOICES} choices.`)
  .refine(areDistinct, 'Two choices are the same.')
  .readonly();

const answerKind = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('text'),
      maxWords: z
        .int()
        .min(1, 'An answer has at least one word.')
        .max(MAX_WORDS, `An answer can have at most ${MAX_WORDS.toLocaleString('en-US')} words.`)
        .optional(),
    }),
    z.strictObject({ type: z.literal('choice'), choices, open: z.boolean().optional() }),
    z.strictObject({ type: z.literal('choices'), choices, open: z.boolean().optional() }),
    z.strictObject({ type: z.literal('number'), unit: line('The unit', MAX_UNIT_CHARACTERS).optional() }),
    z.strictObject({ type: z.literal('date') }),
    z.strictObject({ type: z.literal('yes_no') }),
    z.strictObject({
      type: z.literal('list'),
      maxItems: z
        .int()
        .min(1, 'A list has at least one entry.')
        .max(MAX_ITEMS, `A list can have at most ${MAX_ITEMS} entries.`)
        .optional(),
    }),
  ],
  { error: 'This kind of answer is unknown.' },
) satisfies z.ZodType<AnswerKind>;

const questionSchema = z.strictObject({
  id,
  title: line('The title of a column', MAX_TITLE_CHARACTERS),
  ask: z
    .string({ error: 'What is asked is missing.' })
    .max(MAX_ASK_CHARACTERS, `A question can have at most ${MAX_ASK_CHARACTERS.toLocaleString('en-US')} characters.`)
    .refine((text) => text.trim() !== '', 'Write what is asked.'),
  answer: answerKind,
  proof: z.boolean(),
  maxTokens: z
    .int('The limit of an answer is a whole number of tokens.')
    .min(1, 'An answer needs at least one token.')
    .max(MAX_ANSWER_TOKENS, `An answer can have at most ${MAX_ANSWER_TOKENS.toLocaleString('en-US')} tokens.`),
  builtin: z
    .strictObject({
      task: z.string().refine((task) => BUILTIN_TASKS.has(task), 'The built-in engine has no such task.'),
      title: line('The title of a column', MAX_TITLE_CHARACTERS),
    })
    .optional(),
}) satisfies z.ZodType<Question>;

export const recipeSchema = z.strictObject({
  id,
  name: line('The name of the recipe', MAX_NAME_CHARACTERS),
  asked: z.enum(['separately', 'together']),
  order: z.enum(['question_first', 'document_first']),
  send: z.enum(['pages', 'both']).optional(),
  questions: z
    .array(questionSchema)
    .min(1, 'A recipe needs at least one question.')
    .max(MAX_QUESTIONS, `A recipe can have at most ${MAX_QUESTIONS} questions.`)
    .refine((list) => areDistinct(list.map((question) => question.id)), 'Two questions have the same id.')
    .refine((list) => areDistinct(list.map(({ title }) => title)), 'Two columns have the same title.')
    .readonly(),
}) satisfies z.ZodType<Recipe>;

/** What an answer may take unless a file says otherwise. */
const USUAL_ANSWER_TOKENS = 300;

/** A question as it stands in a file, where all but its words may be left out. */
const questionInFile = z.strictObject({
  ...questionSchema.shape,
  id: id.optional(),
  answer: answerKind.default({ type: 'text' }),
  proof: z.boolean().default(false),
  maxTokens: questionSchema.shape.maxTokens.default(USUAL_ANSWER_TOKENS),
});

/** A recipe as a file: without an id of its own, which it gets where it is imported. Described in docs/recipe-format.md. */
export const recipeFileSchema = z.strictObject({
  $schema: z.string().optional(),
  format: z.literal('docket-recipe', { error: 'Its "format" is not "docket-recipe".' }),
  version: z.literal(1, { error: 'It was written for another version of Docket.' }),
  name: recipeSchema.shape.name,
  asked: recipeSchema.shape.asked.default('separately'),
  order: recipeSchema.shape.order.default('document_first'),
  send: z.enum(sendings).default('text'),
  questions: z
    .array(questionInFile, { error: 'Its "questions" are not a list.' })
    .min(1, 'A recipe needs at least one question.')
    .max(MAX_QUESTIONS, `A recipe can have at most ${MAX_QUESTIONS} questions.`),
});

export type RecipeFile = z.output<typeof recipeFileSchema>;

function areDistinct(texts: readonly string[]): boolean {
  return new Set(texts.map((text) => text.normalize().toLowerCase())).size === texts.length;
}
