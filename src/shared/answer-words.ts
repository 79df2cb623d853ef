import { countOf } from './amounts.ts';
import type { AnswerCell, AnswerValue, Coverage, EvidencePlace, Proof } from './answer.ts';
import { capitalised, countOfPlaces, type PlaceUnit, placeName } from './places.ts';

/** Different from an empty cell, which means that there is no answer. */
export const NOT_STATED = 'Not stated in the document';

/** What a model is told to answer where the document does not say. */
export const NOT_STATED_REPLY = 'Not stated';

/** Whether what was quoted as proof of an answer is in the document. */
export const proofWords: Readonly<Record<Proof, string>> = {
  found: 'Found in the document',
  not_found: 'Not found in the document',
  none: 'No quotation was given',
};

/** "Page 3" or "Sheet “Budget”" of what has such, otherwise "Line 120". */
export function placeWords({ line, page, place }: Pick<EvidencePlace, 'line' | 'page' | 'place'>): string {
  if (place !== undefined) return capitalised(placeName(place));
  return page === null ? `Line ${line}` : `Page ${page}`;
}

type Correctable = Pick<AnswerCell, 'value' | 'corrected'>;

/** What an answer is worth: a person's correction as long as it holds, else what the model said. */
export function shownValue(answer: Correctable): AnswerValue | null {
  return answer.corrected !== undefined && correctionState(answer) === 'holds' ? answer.corrected.value : answer.value;
}

/** `outdated`: the model has said something else since it was corrected, so that its value is shown again. */
export function correctionState({ value, corrected }: Correctable): 'none' | 'holds' | 'outdated' {
  if (corrected === undefined) return 'none';
  return isSameValue(value, corrected.of) ? 'holds' : 'outdated';
}

/** Whether two values read the same. */
export function isSameValue(one: AnswerValue | null, other: AnswerValue | null): boolean {
  if (one === null || other === null) return one === other;
  return one.type === other.type && valueWords(one) === valueWords(other);
}

/** A value as people read it. */
export function valueWords(value: AnswerValue): string {
  switch (value.type) {
    case 'text':
      return value.text;
    case 'list':
      return value.items.join(', ');
    case 'number':
      return value.unit === null ? value.number.toString() : `${value.number} ${value.unit}`;
    case 'date':
      return value.to === null ? value.from : `${value.from} – ${value.to}`;
    case 'yes_no':
      return value.yes ? 'Yes' : 'No';
    case 'not_stated':
      return NOT_STATED;
  }
}

/** "all 84 pages, 3 parts, nothing cut"; a document that was not read whole says so. */
export function coverageWords({ parts, partsRead, characters, pages, unit = 'page', seen }: Coverage): string {
  if (partsRead < parts) return `${partsRead} of ${countOf(parts, 'part')}`;
  const whole = `${wholeWords(characters, pages, unit)}${seen === undefined ? '' : asPictures(pages, seen)}`;
  return parts === 1 ? whole : `${whole}, ${countOf(parts, 'part')}, nothing cut`;
}

function asPictures(pages: number | null, seen: 'alone' | 'with_text'): string {
  return `${pages === 1 ? ' as a picture' : ' as pictures'}${seen === 'alone' ? '' : ' and text'}`;
}

function wholeWords(characters: number, pages: number | null, unit: PlaceUnit): string {
  if (pages === null) return `all ${countOf(characters, 'character')}`;
  return pages === 1 ? `the one ${unit}` : `all ${countOfPlaces(pages, unit)}`;
}
