import { expect, it } from 'vitest';
import { quotedPlaces } from '../../../src/renderer/src/batch/quotation-places.ts';
import { stepFrom } from '../../../src/renderer/src/file-text/shown-place.ts';
import type { EvidencePlace } from '../../../src/shared/answer.ts';

const place = (start: number): EvidencePlace => ({ start, end: start + 5, line: 1, page: null });
const answer = (question: string, ...places: readonly (EvidencePlace | null)[]) => ({
  question,
  evidence: places.map((at) => ({ quote: 'words', place: at })),
});

it('lists each place once, in the order of the questions, without what was not found', () => {
  const answers = [answer('b', place(7), place(1)), answer('a', place(9), null, place(7))];
  expect(quotedPlaces([{ id: 'a' }, { id: 'b' }, { id: 'c' }], answers)).toEqual([place(9), place(7), place(1)]);
});

it('goes from place to place and around the ends', () => {
  const places = [place(9), place(7), place(1)];
  expect(stepFrom(places, null, 1)).toEqual(place(9));
  expect(stepFrom(places, null, -1)).toEqual(place(1));
  expect(stepFrom(places, place(7), 1)).toEqual(place(1));
  expect(stepFrom(places, place(1), 1)).toEqual(place(9));
  expect(stepFrom(places, place(9), -1)).toEqual(place(1));
  expect(stepFrom([], null, 1)).toBeUndefined();
});
