import { describe, expect, it } from 'vitest';
import { readProblem, storedProblem } from '../../src/main/store/stored-problem.ts';
import { problem } from '../../src/shared/problem.ts';
import { problemSentence } from '../../src/shared/problem-words.ts';

describe('a stored problem', () => {
  it('is restored with all its parameters', () => {
    const limited = problem('rate_limited', { host: 'api.example.com' }, { httpStatus: 429, retryAfterMs: 30_000 });
    expect(readProblem(storedProblem(limited))).toEqual(limited);
    expect(readProblem(storedProblem(null))).toBeNull();
  });

  it('from Docket 0.1 keeps its sentence, its code and the message of the server', () => {
    const old = {
      code: 'rate_limited',
      message: 'api.example.com asks for fewer calls at a time (HTTP 429).',
      detail: 'Slow down.',
      httpStatus: 429,
    };
    const read = readProblem(JSON.stringify(old));
    expect(read).toEqual(
      problem('recorded', { code: 'rate_limited', message: old.message }, { detail: 'Slow down.', httpStatus: 429 }),
    );
    expect(read && problemSentence(read)).toBe(old.message);
  });
});
