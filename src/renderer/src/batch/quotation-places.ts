import type { Answer, EvidencePlace } from '../../../shared/answer.ts';
import type { Question } from '../../../shared/recipe.ts';

/** Where the quotations of a file are in its text, each place once, in the order of the questions. */
export function quotedPlaces(
  questions: readonly Pick<Question, 'id'>[],
  answers: readonly Pick<Answer, 'question' | 'evidence'>[],
): readonly EvidencePlace[] {
  const all = questions.flatMap(({ id }) =>
    answers
      .filter(({ question }) => question === id)
      .flatMap(({ evidence }) => evidence.flatMap(({ place }) => place ?? [])),
  );
  return all.filter((place, index) => all.findIndex((other) => isSamePlace(place, other)) === index);
}

/** The next place (1) or the one before (-1), around the ends; the first or last if none is shown. */
export function stepFrom(
  places: readonly EvidencePlace[],
  shown: EvidencePlace | null,
  by: 1 | -1,
): EvidencePlace | undefined {
  const at = places.findIndex((place) => isSamePlace(place, shown));
  return at < 0 ? places.at(by > 0 ? 0 : -1) : places[(at + by + places.length) % places.length];
}

export function isSamePlace(place: EvidencePlace, other: EvidencePlace | null): boolean {
  return place.start === other?.start && place.end === other.end;
}
