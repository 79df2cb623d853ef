/** What the audit costs a user waiting for a reply. */
import { spawnModelServer } from '../test/support/model-server-spawn.ts';
import type { AuditCostReport, AuditCostTask } from './audit-cost-child.ts';
import { runChild } from './child.ts';
import { atMost, createSeries, DOCKET, type Section } from './metric.ts';
import type { Plan } from './plan.ts';
import { quantile } from './statistics.ts';

const CHUNKS = 40;
const SYNCED_WRITE = 'one synced write';
const SAID = 'The quarter closed with revenue ahead of plan in every region, and costs held. '.repeat(3);

export async function measureAuditCost(plan: Plan): Promise<Section> {
  const { rounds, pairs } = plan.auditCost;
  const server = await spawnModelServer({
    latencyMs: 0,
    validateRequests: false,
    chunks: CHUNKS,
    script: { otherwise: { kind: 'text', content: SAID, ending: 'complete', afterChunks: 0 } },
  });
  const p50 = createSeries();
  const p99 = createSeries();
  const whole50 = createSeries();
  const whole99 = createSeries();
  for (let round = 0; round < rounds; round += 1) {
    const task: AuditCostTask = { url: server.url, pairs };
    const { withAuditMs, withoutMs, syncedWriteMs } = await runChild<AuditCostReport>('./audit-cost-child.ts', task);
    p50.add(DOCKET, quantile(withAuditMs, 0.5) - quantile(withoutMs, 0.5));
    p99.add(DOCKET, quantile(withAuditMs, 0.99) - quantile(withoutMs, 0.99));
    p50.add(SYNCED_WRITE, quantile(syncedWriteMs, 0.5));
    p99.add(SYNCED_WRITE, quantile(syncedWriteMs, 0.99));
    for (const [series, share] of [
      [whole50, 0.5],
      [whole99, 0.99],
    ] as const) {
      series.add(DOCKET, quantile(withAuditMs, share));
      series.add('without audit', quantile(withoutMs, share));
    }
    plan.say(`audit cost, round ${round + 1}: ${(p50.values[DOCKET]?.at(-1) ?? 0).toFixed(3)} ms at p50`);
  }
  await server.close();
  return {
    title: 'Chat',
    method: [
      `${pairs} pairs of streamed replies a round (${CHUNKS} deltas, a server that answers at once), one call at a time; a pair is the same call through the real gateway with the real audit and through the same gateway with an audit that does nothing, in random order, and what is still to be written is written before the next call begins.`,
      'Timed from the call of the gateway to the whole reply. replyMs: quantiles of those times. auditCostMs: quantile with audit minus the same quantile without, so p99 compares the two tails; it is no quantile of differences.',
      'The peer of auditCostMs is what no record that is on the disk before its request leaves can do without: 8 KiB that a thread appends to a file of the same disk, syncs (fdatasync) and answers for, once after each pair; quantiles of those times.',
    ],
    metrics: [
      { name: 'chat.auditCostMs.p50', unit: 'ms', better: 'lower', series: p50.values, digits: 3 },
      {
        name: 'chat.auditCostMs.p99',
        unit: 'ms',
        better: 'lower',
        series: p99.values,
        aim: atMost(1, 'ms'),
        digits: 3,
      },
      { name: 'chat.replyMs.p50', unit: 'ms', better: 'lower', series: whole50.values, digits: 3 },
      { name: 'chat.replyMs.p99', unit: 'ms', better: 'lower', series: whole99.values, digits: 3 },
    ],
  };
}
