/**
 * The npm package `@copilotkit/aimock` as an OpenAI-compatible server that we did not write: what passes here
 * does not only agree with our own reading of the protocol.
 */
import { type Fixture, type JournalEntry, LLMock } from '@copilotkit/aimock';

interface AimockOptions {
  /** Characters of content in each delta. */
  readonly chunkSize?: number;
  /** Time between chunks. */
  readonly latencyMs?: number;
}

export interface AimockServer {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  /** Every request so far, with the status that it was answered with. */
  readonly requests: readonly JournalEntry[];
  close(): Promise<void>;
}

/**
 * Starts aimock on a free loopback port. A request is answered by the first fixture that matches, such as
 * `{ match: { userMessage: 'Hello' }, response: { content: 'Hi.' } }`, and by 404 when none does.
 */
export async function startAimock(fixtures: readonly Fixture[], options: AimockOptions = {}): Promise<AimockServer> {
  const { chunkSize = 8, latencyMs = 0 } = options;
  const mock = new LLMock({ host: '127.0.0.1', port: 0, logLevel: 'silent', chunkSize, latency: latencyMs });
  mock.addFixtures([...fixtures]);
  const baseUrl = await mock.start();
  return {
    url: `${baseUrl}/v1`,
    get requests() {
      return mock.getRequests();
    },
    close: () => mock.stop(),
  };
}
