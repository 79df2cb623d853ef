import type { AnswerKind } from '../../../shared/recipe.ts';
import type { KindName } from './recipe-draft.ts';

export const kindNames: Readonly<Record<KindName, string>> = {
  text: 'Text',
  choice: 'One of a list',
  choices: 'Several of a list',
  list: 'List',
  number: 'Number',
  date: 'Date',
  yes_no: 'Yes or no',
};

/** "Text, at most 25 words". */
export function kindWords(answer: AnswerKind): string {
  const name = kindNames[answer.type];
  switch (answer.type) {
    case 'text':
      return answer.maxWords === undefined ? name : `${name}, at most ${answer.maxWords} words`;
    case 'list':
      return answer.maxItems === undefined ? name : `${name}, at most ${answer.maxItems} entries`;
    case 'choice':
    case 'choices':
      return `${name}: ${answer.choices.join(', ')}${answer.open === true ? ' or another' : ''}`;
    case 'number':
      return answer.unit === undefined ? name : `${name} in ${answer.unit}`;
    case 'date':
    case 'yes_no':
      return name;
  }
}
