/** How long the user waits for a history of a million calls. */
import { runChild } from './child.ts';
import type { Answered, HistoryTask } from './history-child.ts';
import { type Aim, atMost, createSeries, DOCKET, type Metric, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { quantile } from './statistics.ts';
import { inTempFolder } from './temp-folder.ts';

const PLAIN = 'plain table, OFFSET, LIKE';
const contenders = { [DOCKET]: 'docket', [PLAIN]: 'plain' } as const;

const figures: Readonly<Record<Answered['figure'], Aim>> = {
  page: atMost(50, 'ms'),
  filter: atMost(50, 'ms'),
  search: atMost(200, 'ms'),
  detail: atMost(50, 'ms'),
};

export function measureHistory(plan: Plan): Promise<Section> {
  return inTempFolder((folder) => measureIn(plan, folder));
}

async function measureIn(plan: Plan, folder: string): Promise<Section> {
  const { calls, questions, plainQuestions } = plan.history;
  const run = (contender: HistoryTask['contender'], each: number) => {
    const task: HistoryTask = { contender, folder, calls, each };
    return runChild<readonly Answered[]>('./history-child.ts', task);
  };
  plan.say(`history: writing ${calls.toLocaleString('en-US')} calls`);
  await Promise.all(Object.values(contenders).map((contender) => run(contender, 0)));
  const answers: Record<string, readonly Answered[]> = {};
  for (const [name, contender] of Object.entries(contenders)) {
    const answered = await run(contender, contender === 'docket' ? questions : plainQuestions);
    answers[name] = answered;
    sayEachSort(plan, name, answered);
  }
  return { title: 'History', method: methodOf(plan), metrics: metricsOf(answers) };
}

function metricsOf(answers: Readonly<Record<string, readonly Answered[]>>): readonly Metric[] {
  return Object.entries(figures).flatMap(([figure, aim]) =>
    ([50, 99] as const).map((percent) => {
      const series = createSeries();
      for (const [name, answered] of Object.entries(answers)) {
        const times = answered.filter((answer) => answer.figure === figure).map(({ ms }) => ms);
        series.add(name, quantile(times, percent / 100));
      }
      return {
        name: `history.${figure}Ms.p${percent}`,
        unit: 'ms',
        better: 'lower',
        series: series.values,
        ...(percent === 99 ? { aim } : {}),
        digits: 2,
      };
    }),
  );
}

/** For finding the slow queries. */
function sayEachSort(plan: Plan, name: string, answered: readonly Answered[]): void {
  const sorts = new Map<string, number[]>();
  for (const { figure, sort, ms } of answered) {
    const key = `${figure}, ${sort}`;
    sorts.set(key, [...(sorts.get(key) ?? []), ms]);
  }
  for (const [sort, times] of sorts) {
    const [p50, longest] = [quantile(times, 0.5), Math.max(...times)].map((ms) => ms.toFixed(1));
    plan.say(`history, ${name}, ${sort}: p50 ${p50} ms, longest ${longest} ms`);
  }
}

function methodOf({ history: { calls, questions, plainQuestions } }: Plan): readonly string[] {
  return [
    `A history of ${calls.toLocaleString('en-US')} calls over two years, made by the functions of Docket's writer thread in its own schema: batches of files with three calls each (their texts about 360 characters and the replies 90), chats, connection tests; of a thousand calls 30 failed, 10 were cancelled and 3 left in doubt; six models of very different use. Making it is not counted.`,
    `Docket: each question through the thread that reads for the window, a page of 100 rows, until the rows have arrived. Each sort is asked ${questions} times with other arguments, all sorts in turns, and the quantiles are over all of a kind. page: the first, and one from a random depth. filter: kind, status, model, since a day, until a day, between two days, and two, three or all of them. search: a seldom term, a common word, the first letters of one, two words, and words with a filter. detail: a random call with its request and reply.`,
    `The peer is the same calls in one table of better-sqlite3 with an index on their time, asked in the measuring thread itself: pages by OFFSET, words by LIKE. Of each sort it is asked the first ${plainQuestions}, so its p99 is close to its longest.`,
  ];
}
