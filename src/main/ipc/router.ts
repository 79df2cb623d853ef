import type { ZodError } from 'zod';
import { type RouteName, type RouteOutput, type RouteRequest, type Routes, routes } from '../../shared/contract.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import { err, type Result } from '../../shared/result.ts';
import { StoreError } from '../store/store-error.ts';
import { storeProblem } from '../store/store-failure.ts';

/** One function per route; a missing or mistyped one does not compile. */
export type HandlersOf<SomeRoutes extends Partial<Routes>> = {
  readonly [Name in keyof SomeRoutes & RouteName]: (
    input: RouteRequest<Name>,
  ) => Promise<Result<RouteOutput<Name>, Problem>>;
};
export type Handlers = HandlersOf<Routes>;

export type Router = (name: unknown, input: unknown) => Promise<Result<unknown, Problem>>;

/** Parses what a window sends and returns a value or a problem; never rejects. */
export function createRouter(handlers: Handlers, log: (message: string, error: unknown) => void): Router {
  return async (name, input) => {
    if (typeof name !== 'string' || !Object.hasOwn(routes, name)) {
      return err(problem('not_allowed', { what: 'route' }));
    }
    const route = name as RouteName;
    try {
      const parsed = routes[route].input.safeParse(input);
      if (!parsed.success) return err(wrongInput(parsed.error));
      // This route's own schema has parsed the input.
      const handle = handlers[route] as (input: unknown) => Promise<Result<unknown, Problem>>;
      return await handle(parsed.data);
    } catch (error) {
      log(`The request ${route} failed.`, error);
      return err(toProblem(error));
    }
  };
}

function wrongInput({ issues: [issue] }: ZodError): Problem {
  const detail = issue === undefined ? undefined : `${issue.path.join('.')}: ${issue.message}`;
  return problem('invalid_input', { what: 'schema', said: issue?.message ?? 'The input is not valid.' }, { detail });
}

function toProblem(error: unknown): Problem {
  if (error instanceof StoreError) return storeProblem(error, 'data');
  return problem(
    'unexpected',
    { where: 'request' },
    { detail: error instanceof Error ? error.message : String(error) },
  );
}
