import { describe, expect, it, onTestFinished } from 'vitest';
import type { FromRecognition, RecognitionJob, ToRecognition } from '../../src/main/recognition/messages.ts';
import { createRecogniser, type RecogniserOptions } from '../../src/main/recognition/recogniser.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';

/** A process that does what the test says. */
function processes() {
  const started: {
    readonly told: ToRecognition[];
    readonly say: (message: FromRecognition) => void;
    readonly exit: () => void;
    killed: boolean;
  }[] = [];
  const fork: RecogniserOptions['fork'] = () => {
    let listen: (message: unknown) => void = () => {};
    let gone: () => void = () => {};
    const child = {
      told: [] as ToRecognition[],
      say: (message: FromRecognition) => listen(message),
      exit: () => gone(),
      killed: false,
    };
    started.push(child);
    return {
      postMessage: (message) => child.told.push(message),
      onMessage: (listener) => {
        listen = listener;
      },
      onExit: (listener) => {
        gone = listener;
      },
      kill: () => {
        child.killed = true;
        gone();
      },
    };
  };
  return { fork, started };
}

function recogniserOf(options: Partial<RecogniserOptions> = {}) {
  const { fork, started } = processes();
  const recogniser = createRecogniser({ fork, processes: 1, ...options });
  onTestFinished(() => recogniser.close());
  const begin = (path: string, signal?: AbortSignal) =>
    recogniser
      .recognise(jobOf(path), { signal, onPage: () => {} })
      .then((result) => (result.ok ? 'done' : problemSentence(result.error)));
  return { recogniser, started, begin };
}

function jobOf(path: string): RecognitionJob {
  return { path, inside: [], roots: null, sha256: '', format: 'png', pages: [1], languages: [] };
}

const done: FromRecognition = { type: 'end', result: { ok: true, value: null } };

describe('recognition', () => {
  it('goes on with the next file in a new process when one ends', async () => {
    const { started, begin } = recogniserOf();
    const [first, second] = [begin('first.png'), begin('second.png')];
    started[0]?.exit();
    expect(await first).toContain('Text recognition ended unexpectedly on this file');
    expect(started[1]?.told).toMatchObject([{ type: 'begin', job: { path: 'second.png' } }]);
    started[1]?.say(done);
    expect(await second).toBe('done');
  });

  it('uses one process for one file after the other, and ends it when it has nothing to do', async () => {
    const { started, begin } = recogniserOf({ idleMs: 1 });
    const [first, second] = [begin('first.png'), begin('second.png')];
    started[0]?.say(done);
    started[0]?.say(done);
    expect(await Promise.all([first, second])).toEqual(['done', 'done']);
    await expect.poll(() => started.map(({ killed }) => killed)).toEqual([true]);
  });

  it('ends a process that says nothing any more', async () => {
    const { started, begin } = recogniserOf({ silenceMs: 20 });
    expect(await begin('first.png')).toContain('Text recognition ended unexpectedly');
    expect(started[0]?.killed).toBe(true);
  });

  it('ends at once when it is cancelled or closed', async () => {
    const { recogniser, started, begin } = recogniserOf();
    const controller = new AbortController();
    const [running, waiting] = [begin('first.png', controller.signal), begin('second.png')];
    controller.abort();
    expect(await running).toBe('Reading this file was cancelled.');
    expect(started.map(({ killed }) => killed)).toEqual([true, false]);
    await recogniser.close();
    expect(await waiting).toBe('Docket closed before it had read this file.');
    expect(started.map(({ killed }) => killed)).toEqual([true, true]);
  });
});
