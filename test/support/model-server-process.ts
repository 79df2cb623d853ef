/**
 * The model server as a process of its own, for benchmarks and crash tests:
 *
 *     node test/support/model-server-process.ts [OPTIONS_JSON] [--log FILE]
 *
 * Prints `{"url":…}` and serves until it is told to stop or its parent is gone. With `--log`, the SHA-256 of
 * every chat request's body is in FILE, one a line and synced to the disk, before that request is answered.
 */
import { openSync, writeSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startModelServer } from './model-server.ts';
import type { ModelServerStats, ProcessOptions, StatsAnswer, StatsQuestion } from './model-server-spawn.ts';

const { values, positionals } = parseArgs({ options: { log: { type: 'string' } }, allowPositionals: true });
const options: ProcessOptions = JSON.parse(positionals[0] ?? '{}');
const log = values.log === undefined ? undefined : openSync(values.log, 'as');

const { script, ...serverOptions } = options;
const server = await startModelServer({
  keepRequests: false,
  ...serverOptions,
  ...(log === undefined ? {} : { onChatRequest: ({ bodySha256 }) => void writeSync(log, `${bodySha256}\n`) }),
});
if (script !== undefined) server.respond(script);

process.on('message', (message: 'release' | StatsQuestion) => {
  if (message === 'release') server.release();
  else void answer(message);
});
for (const ending of ['disconnect', 'SIGTERM', 'SIGINT']) process.once(ending, () => void stop());
console.log(JSON.stringify({ url: server.url }));

async function answer({ id, requests }: StatsQuestion): Promise<void> {
  await server.waitForRequests(requests);
  const message: StatsAnswer = { id, stats: collectStats() };
  process.send?.(message);
}

function collectStats(): ModelServerStats {
  const { chatRequestCount, sockets, inFlight, maxInFlight, hanging, violations } = server;
  const errors = violations.flatMap((violation) => violation.errors);
  return { chatRequestCount, sockets, inFlight, maxInFlight, hanging, violations: errors };
}

async function stop(): Promise<void> {
  await server.close();
  process.exit(0);
}
