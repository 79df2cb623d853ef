/** The form in which a model is asked for the answers to several questions, or for one with proof. */
import type { AnswerKind, Question } from '../../shared/recipe.ts';
import type { ReplyFormat } from '../llm/model-call.ts';
import { foldKey } from './reply-json.ts';

type Schema = ReplyFormat['schema'];

/**
 * An object with one object per question: its `answer`, or null if the document does not state it, and `quotes` if
 * proof is wanted. Proof comes first, so that the answer is made from it. Only keywords that every strict server takes.
 */
export function answerFormat(questions: readonly Question[]): ReplyFormat {
  const keys = answerKeys(questions);
  const answers = questions.map((question, index) => [keys[index] ?? '', answerSchema(question)] as const);
  return { name: 'answers', schema: objectSchema(Object.fromEntries(answers)) };
}

/**
 * What each question is called in the reply: its id, if a model can be relied on to repeat it and it is not too much
 * like another one.
 */
export function answerKeys(questions: readonly Question[]): readonly string[] {
  const taken = new Set<string>();
  return questions.map(({ id }, index) => {
    const isUsable = /^[A-Za-z][\w-]{0,63}$/.test(id) && !taken.has(foldKey(id));
    let key = isUsable ? id : `question_${index + 1}`;
    while (taken.has(foldKey(key))) key = `${key}_other`;
    taken.add(foldKey(key));
    return key;
  });
}

function answerSchema({ answer, proof }: Question): Schema {
  const described = { ...valueSchema(answer), description: `${formOf(answer)}; null if it is not stated` };
  return objectSchema({ ...(proof ? { quotes: QUOTES } : {}), answer: described });
}

const TEXTS: Schema = { type: 'array', items: { type: 'string' } };
const QUOTES: Schema = { ...TEXTS, description: 'Verbatim from the document, as short as they can be' };

function objectSchema(properties: Readonly<Record<string, Schema>>): Schema {
  return { type: 'object', properties, required: Object.keys(properties), additionalProperties: false };
}

function valueSchema(answer: AnswerKind): Schema {
  switch (answer.type) {
    case 'text':
    case 'date':
    // As a text, because the document may state another unit than the one that is asked for.
    case 'number':
      return { type: ['string', 'null'] };
    case 'yes_no':
      return { type: ['boolean', 'null'] };
    case 'list':
      return { ...TEXTS, type: ['array', 'null'] };
    case 'choice':
      return { type: ['string', 'null'], ...(answer.open ? {} : { enum: [...new Set(answer.choices), null] }) };
    case 'choices':
      return {
        type: ['array', 'null'],
        items: { type: 'string', ...(answer.open ? {} : { enum: [...new Set(answer.choices)] }) },
      };
  }
}

/** The form of an answer, as the model is told it. */
export function formOf(answer: AnswerKind): string {
  switch (answer.type) {
    case 'text':
      return answer.maxWords === undefined ? 'text' : `text of at most ${answer.maxWords} words`;
    case 'date':
      return 'date as YYYY-MM-DD, YYYY-MM or YYYY, whichever is stated; a period as two of them with a slash between';
    case 'number':
      return answer.unit === undefined
        ? 'number as text, with a decimal point, without thousands separators, followed by its unit'
        : `number as text, with a decimal point, without thousands separators, followed by ${answer.unit}, or by the unit that is stated instead`;
    case 'yes_no':
      return 'true for yes, false for no';
    case 'list':
      return answer.maxItems === undefined ? 'list of texts' : `list of at most ${answer.maxItems} texts`;
    case 'choice':
      return `one of ${quoted(answer.choices)}${answer.open ? ', or another word if none fits' : ''}`;
    case 'choices':
      return `list of any of ${quoted(answer.choices)}${answer.open ? ', and of others' : ''}`;
  }
}

function quoted(choices: readonly string[]): string {
  return choices.map((choice) => JSON.stringify(choice)).join(', ');
}

/** The same form for a prompt, because a server may ignore the schema. */
export function formInWords(questions: readonly Question[]): string {
  const keys = answerKeys(questions);
  const lines = questions.map(({ answer, proof }, index) => {
    const quotes = proof ? '"quotes": [verbatim from the document, as short as they can be], ' : '';
    return `  ${JSON.stringify(keys[index])}: {${quotes}"answer": ${formOf(answer)}}`;
  });
  return [
    'Answer with one JSON object of this form and nothing else. Where the document does not state an answer, it is null.',
    `{\n${lines.join(',\n')}\n}`,
  ].join('\n');
}
