import type { ProviderInfo } from '../../../shared/provider-data.ts';
import type { AnswerKind, Sending } from '../../../shared/recipe.ts';
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

export const sendingOptions: readonly { readonly value: Sending; readonly label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'pages', label: 'Pages as pictures' },
  { value: 'both', label: 'Both' },
];

/** What choosing it means. What leaves this machine is said where it is chosen. */
export function sendingHint(sending: Sending, provider: ProviderInfo | undefined): string {
  if (sending === 'text') return 'The text of a file, as it was read or recognised.';
  if (provider?.llm === false) return 'The built-in engine sees no pictures: it reads the text, and says so.';
  const what =
    sending === 'pages' ? 'Pictures of the pages instead of the text' : 'The text with pictures of the pages';
  const where = provider === undefined || provider.local ? '' : `, which then leave this machine for ${provider.host}`;
  return `${what}${where}. The model must be one that sees. Of files without pages, such as Word or Excel, the text is sent.`;
}
