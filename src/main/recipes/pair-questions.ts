import type { PairedQuestion } from '../../shared/batch-comparison.ts';
import type { Question, Recipe } from '../../shared/recipe.ts';
import { whatIsAsked } from './answer-identity.ts';

interface Pairing {
  readonly questions: readonly PairedQuestion[];
  readonly onlyLeft: readonly string[];
  readonly onlyRight: readonly string[];
}

/** Questions of two recipes that ask the same, or failing that are columns of the same title; each has one partner. */
export function pairQuestions(left: Recipe, right: Recipe): Pairing {
  const partners = new Map<Question, Question>();
  const pairBy = (what: (question: Question) => string) => {
    for (const question of left.questions) {
      if (partners.has(question)) continue;
      const taken = new Set(partners.values());
      const partner = right.questions.find((other) => !taken.has(other) && what(other) === what(question));
      if (partner !== undefined) partners.set(question, partner);
    }
  };
  pairBy(whatIsAsked);
  pairBy(({ title }) => title.normalize().toLowerCase());
  const taken = new Set(partners.values());
  return {
    questions: left.questions.flatMap((question) => {
      const partner = partners.get(question);
      return partner === undefined ? [] : [{ left: question.id, right: partner.id, title: question.title }];
    }),
    onlyLeft: left.questions.filter((question) => !partners.has(question)).map(({ title }) => title),
    onlyRight: right.questions.filter((question) => !taken.has(question)).map(({ title }) => title),
  };
}
