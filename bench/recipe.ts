/** What it costs to ask all questions of a recipe, by how they are asked: tokens sent, and bytes that a provider can reuse. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { estimateTokens } from '../src/main/common/token-estimate.ts';
import { contractTerms } from '../src/main/recipes/bundled/contract-terms.ts';
import { groupPrompt, questionPrompt, variablesOf } from '../src/main/recipes/question-prompt.ts';
import type { Recipe } from '../src/shared/recipe.ts';
import { createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';

interface SampleDocument {
  readonly name: string;
  readonly text: string;
}

/** The documents of the sample folder that are plain text. */
function sampleDocuments(): readonly SampleDocument[] {
  const folder = join(import.meta.dirname, '../resources/Sample documents');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => ['.txt', '.md', '.csv', '.json'].includes(extname(name)))
    .sort()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The messages that ask every question by itself. */
function separately(document: SampleDocument, order: Recipe['order']): readonly string[] {
  const { questions } = contractTerms;
  return questions.map(
    (question) => questionPrompt({ order }, question, document, variablesOf(document.name), true).content,
  );
}

/** Bytes at the beginning that a message has in common with the one before it. */
function sharedBytes(before: string, message: string): number {
  let length = 0;
  while (length < message.length && before.charAt(length) === message.charAt(length)) length += 1;
  return Buffer.byteLength(message.slice(0, length));
}

function sharedShare(documents: readonly SampleDocument[], order: Recipe['order']): number {
  let shared = 0;
  let all = 0;
  for (const document of documents) {
    const messages = separately(document, order);
    for (const [index, message] of messages.entries()) {
      all += Buffer.byteLength(message);
      shared += sharedBytes(messages[index - 1] ?? '', message);
    }
  }
  return shared / all;
}

function tokensOf(messages: readonly string[]): number {
  return messages.reduce((sum, message) => sum + estimateTokens(message), 0);
}

export async function measureRecipe(plan: Plan): Promise<Section> {
  const documents = sampleDocuments();
  const { questions, name } = contractTerms;
  const together = tokensOf(
    documents.map((document) => groupPrompt(questions, document, variablesOf(document.name)).content),
  );
  const apart = tokensOf(documents.flatMap((document) => separately(document, 'document_first')));
  const share = createSeries();
  share.add(DOCKET, together / apart);
  const prefix = createSeries();
  prefix.add(DOCKET, sharedShare(documents, 'document_first'));
  prefix.add('The question before the document', sharedShare(documents, 'question_first'));
  plan.say(`recipe: ${together} tokens together, ${apart} separately`);
  return {
    title: 'Recipes',
    method: [
      `The ${questions.length} questions of “${name}” about the ${documents.length} plain-text documents of the sample folder. Tokens are estimated, answers are not counted.`,
      'A prefix is shared if the request before it, about the same document, begins with the same bytes.',
    ],
    metrics: [
      {
        name: 'recipe.togetherTokenShare',
        unit: 'of the tokens sent separately',
        better: 'lower',
        series: share.values,
        digits: 3,
      },
      { name: 'recipe.prefixShared', unit: 'of the bytes sent', better: 'higher', series: prefix.values, digits: 3 },
    ],
  };
}
