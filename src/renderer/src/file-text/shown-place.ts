import type { EvidencePlace } from '../../../shared/answer.ts';

/** A quotation that is shown in the text. */
export interface ShownPlace {
  readonly place: EvidencePlace;
  /** Counts how often a place was asked for: the same one is shown again. */
  readonly asked: number;
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

/** Each place once. */
export function withoutRepeats(places: readonly EvidencePlace[]): readonly EvidencePlace[] {
  return places.filter((place, index) => places.findIndex((other) => isSamePlace(place, other)) === index);
}

/** Whether two places are the same part of the text. */
export function isSamePlace(place: EvidencePlace, other: EvidencePlace | null): boolean {
  return place.start === other?.start && place.end === other.end;
}
