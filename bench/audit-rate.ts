/** How many calls per second the audit can record. */
import type { AuditRateReport, AuditRateTask } from './audit-rate-child.ts';
import { runChild } from './child.ts';
import { createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';

const contenders: Readonly<Record<string, AuditRateTask['contender']>> = {
  [DOCKET]: 'docket',
  'same rows, one a transaction': 'same-rows',
  'better-sqlite3, plain rows': 'plain-rows',
};

const IN_FLIGHT = 64;
const CHARACTERS = 5_000;

export async function measureAuditRate(plan: Plan): Promise<Section> {
  const { rounds, calls } = plan.auditRate;
  const series = createSeries();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, contender] of Object.entries(contenders)) {
      const task: AuditRateTask = { contender, calls, inFlight: IN_FLIGHT, characters: CHARACTERS };
      const { tookMs } = await runChild<AuditRateReport>('./audit-rate-child.ts', task);
      series.add(name, (calls * 1_000) / tookMs);
      plan.say(`audit rate, round ${round + 1}, ${name}: ${((calls * 1_000) / tookMs).toFixed(0)} calls/s`);
    }
  }
  return {
    title: 'Audit',
    method: [
      `${calls} calls recorded from begin to end with a request of ${CHARACTERS} characters, every one different. Docket: ${IN_FLIGHT} at a time through the store's thread: hashed, compressed, stored once by content, indexed for search, committed in groups with synchronous=FULL; the end counts when it is in the database.`,
      'Peers are in the measuring thread itself, one call after the other, each begin and each end in a transaction of its own with synchronous=FULL. "Same rows" makes the very rows that Docket makes; "plain rows" inserts and updates one uncompressed row with an index on its time and no search.',
    ],
    metrics: [{ name: 'audit.rowsPerSecond', unit: '1/s', better: 'higher', series: series.values, digits: 0 }],
  };
}
