import type {
  Bridge,
  EventName,
  Events,
  RouteInput,
  RouteName,
  RouteOutput,
  RouteResult,
} from '../../../src/shared/contract.ts';
import { type Problem, problem } from '../../../src/shared/problem.ts';
import { err, ok } from '../../../src/shared/result.ts';

type Answer<Name extends RouteName> = RouteOutput<Name> | Problem | Promise<RouteOutput<Name> | Problem>;
type Answers = { [Name in RouteName]?: (input: RouteInput<Name>) => Answer<Name> };

export interface ScriptedBridge extends Bridge {
  /** What each route answers; may be changed while a test runs. */
  readonly answers: Answers;
  /** Every request, in order. */
  readonly requests: { readonly name: RouteName; readonly input: unknown }[];
  emit<Name extends EventName>(name: Name, payload: Events[Name]): void;
  inputs<Name extends RouteName>(name: Name): RouteInput<Name>[];
}

/** A bridge whose answers a test writes down. A route without an answer fails as in the app: as a value. */
export function createScriptedBridge(answers: Answers): ScriptedBridge {
  const requests: ScriptedBridge['requests'][number][] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    answers,
    requests,
    async request<Name extends RouteName>(name: Name, input: RouteInput<Name>): Promise<RouteResult<Name>> {
      requests.push({ name, input });
      const answer = answers[name];
      if (answer === undefined)
        return err(
          problem('not_allowed', { what: 'route' }, { detail: `No answer for ${name}.` }),
        ) as RouteResult<Name>;
      const value = await answer(input);
      return (isProblem(value) ? err(value) : ok(value)) as RouteResult<Name>;
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as (payload: never) => void);
      return () => set.delete(listener as (payload: never) => void);
    },
    grantFiles: async () => null,
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload as never);
    },
    inputs: <Name extends RouteName>(name: Name) =>
      requests.filter((request) => request.name === name).map((request) => request.input as RouteInput<Name>),
  };
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'code' in value && 'params' in value && !('id' in value);
}

/** An answer that arrives when the test says so. */
export function deferred<T>(): { readonly promise: Promise<T>; resolve(value: T): void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve: (value) => resolve(value) };
}

/** Lets everything that is ready to go on do so. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
