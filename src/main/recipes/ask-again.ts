/** Answers that did not fit are asked for once more, with the reason. */
import type { Question } from '../../shared/recipe.ts';
import type { ChatTurn } from '../llm/model-call.ts';
import { answerKeys, formInWords } from './answer-schema.ts';
import type { ReadQuestion } from './read-answers.ts';

interface FirstAsk {
  readonly turns: readonly ChatTurn[];
  readonly questions: readonly Question[];
  /** The whole reply. */
  readonly reply: string;
  /** How it was read, in the order of the questions. */
  readonly read: readonly ReadQuestion[];
}

export interface SecondAsk {
  /** They begin with the turns of the first, so that a provider's cache has them. */
  readonly turns: readonly ChatTurn[];
  /** Those to be answered. */
  readonly questions: readonly Question[];
}

/** A model that sees all of what it got wrong is only led astray by it. */
const MOST_SAID_AGAIN = 10_000;

/** @returns null if every answer fits. */
export function askAgain({ turns, questions, reply, read }: FirstAsk): SecondAsk | null {
  const keys = answerKeys(questions);
  const misfits = questions.flatMap((question, index) => {
    const misfit = read[index]?.misfit ?? null;
    return misfit === null ? [] : [{ question, said: `- ${JSON.stringify(keys[index])}: ${misfit}` }];
  });
  if (misfits.length === 0) return null;
  const again = misfits.map(({ question }) => question);
  const complaint = [
    'These answers could not be used:',
    ...misfits.map(({ said }) => said),
    '',
    `Give only these once more. ${formInWords(again)}`,
  ].join('\n');
  return { questions: again, turns: withReply(turns, reply, complaint) };
}

/** Some servers refuse an empty turn, and two turns of the same role. */
function withReply(turns: readonly ChatTurn[], reply: string, complaint: string): readonly ChatTurn[] {
  const said = reply.trim();
  const last = turns.at(-1);
  if (said === '' && last !== undefined) {
    return [...turns.slice(0, -1), { ...last, content: `${last.content}\n\n${complaint}` }];
  }
  return [...turns, { role: 'assistant', content: beginning(said) }, { role: 'user', content: complaint }];
}

function beginning(text: string): string {
  if (text.length <= MOST_SAID_AGAIN) return text;
  // Do not end in half a surrogate pair.
  return `${text.slice(0, MOST_SAID_AGAIN).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** The first answers, with the second in place of those that did not fit. No value is given up for none. */
export function takeSecond(first: readonly ReadQuestion[], second: readonly ReadQuestion[]): readonly ReadQuestion[] {
  return first.map((one) => {
    const other = second.find(({ question }) => question === one.question);
    if (one.misfit === null || other === undefined) return one;
    if (other.misfit === null || other.value !== null) return other;
    return one.value === null && other.raw !== null ? other : one;
  });
}
