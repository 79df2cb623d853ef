import type { Answer, EvidencePlace } from '../../../shared/answer.ts';
import type { Question } from '../../../shared/recipe.ts';
import { withoutRepeats } from '../file-text/shown-place.ts';

/** Where the quotations of a file are in its text, each place once, in the order of the questions. */
export function quotedPlaces(
  questions: readonly Pick<Question, 'id'>[],
  answers: readonly Pick<Answer, 'question' | 'evidence'>[],
): readonly EvidencePlace[] {
  return withoutRepeats(
    questions.flatMap(({ id }) =>
      answers
        .filter(({ question }) => question === id)
        .flatMap(({ evidence }) => evidence.flatMap(({ place }) => place ?? [])),
    ),
  );
}
