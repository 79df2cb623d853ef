import type { Result } from '../../shared/result.ts';
import { answerMarkdown } from './answer.ts';
import type { Job, Task } from './chat-request.ts';
import type { Engine } from './engine.ts';

/** What every response says about itself, in its top-level `docket` field. */
interface DocketInfo {
  /** Always false: no language model took part in the reply. */
  readonly llm: false;
  readonly task: Task;
  /** Why `content` is empty. */
  readonly reason?: string;
  /** How the result was made, if that is not obvious. */
  readonly note?: string;
  /** ISO 639-1 code, for a single document; null if the language is unclear. */
  readonly language?: string | null;
  /** How much was read, which is always everything. */
  readonly read?: { readonly documents: number; readonly characters: number; readonly sentences: number };
  /** Word-list tone, −1 to 1. */
  readonly score?: number;
}

export interface JobResult {
  readonly content: string;
  readonly docket: DocketInfo;
}

export async function runJob(engine: Engine, job: Job, signal: AbortSignal): Promise<JobResult> {
  if (job.task === 'chat') return runChat(engine, job, signal);
  const { name, text } = job.document;
  const options = { name, signal };
  const reading = await engine.read(text, options);
  const read = { documents: 1, characters: text.length, sentences: reading.sentences.length };
  const about = { llm: false, task: job.task, language: reading.language, read } as const;
  switch (job.task) {
    case 'match':
      return runMatch(engine, job, about, signal);
    case 'summary':
      return report(await engine.extract(text, options), about, ({ text: content, note }) => ({ content, note }));
    case 'topics':
      return report(await engine.keyTerms(text, 3, options), about, ({ terms, note }) => ({
        content: terms.join(', '),
        note,
      }));
    case 'sentiment':
      return report(await engine.tone(text, options), about, ({ tone, score, coloured, sentences }) => ({
        content: tone,
        note: `${coloured.toLocaleString('en')} of ${sentences.toLocaleString('en')} sentences have words of the list.`,
        score,
      }));
  }
}

function report<T>(
  result: Result<T, string>,
  about: DocketInfo,
  show: (value: T) => { content: string; note: string | null; score?: number },
): JobResult {
  if (!result.ok) return { content: '', docket: { ...about, reason: result.error } };
  const { content, note, ...more } = show(result.value);
  return { content, docket: { ...about, ...(note === null ? {} : { note }), ...more } };
}

/** Quotes the sentence that matches the question best; writes nothing of its own. */
async function runMatch(
  engine: Engine,
  { question, document }: Extract<Job, { task: 'match' }>,
  about: DocketInfo,
  signal: AbortSignal,
): Promise<JobResult> {
  const answer = await engine.answer(question, [document], { signal });
  const best = answer.kind === 'quotes' ? answer.quotes[0] : undefined;
  if (best === undefined) {
    return { content: '', docket: { ...about, reason: 'No sentence shares a word with the question.' } };
  }
  const note = `The best match of ${best.of.toLocaleString('en')} sentences, by shared words. It need not be an answer.`;
  return { content: best.text, docket: { ...about, note } };
}

async function runChat(engine: Engine, job: Extract<Job, { task: 'chat' }>, signal: AbortSignal): Promise<JobResult> {
  const answer = await engine.answer(job.question, job.documents, { signal });
  const docket: DocketInfo = { llm: false, task: 'chat' };
  if (answer.kind === 'no-model') return { content: answerMarkdown(answer), docket };
  const characters = job.documents.reduce((sum, { text }) => sum + text.length, 0);
  const read = { documents: job.documents.length, characters, sentences: answer.sentencesRead };
  return { content: answerMarkdown(answer), docket: { ...docket, read } };
}
