/** Meets a model that a server does not know with the models that it lists. */
import { nearestNames } from '../../shared/nearest-names.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { Audit } from '../audit/audit.ts';
import type { Connection } from './connection.ts';
import type { NeutralAnswer } from './host-gate.ts';
import { listModels } from './list-models.ts';

/** Calls that fail together need the list once. */
const KEPT_MS = 10_000;

export interface ModelLists {
  /** Adds the models that come nearest to the one asked for, if the server lists any. */
  explain(why: Problem<'model_not_found'>, connection: Connection, model: string): Promise<Problem>;
  /**
   * Null unless the server neither lists the model nor answers a short question with it. Some servers do not list all
   * models that they have.
   */
  whyUnknown(connection: Connection, model: string, signal: AbortSignal): Promise<Problem | null>;
}

export interface ModelListsParts {
  readonly audit: Audit;
  readonly now: () => number;
  /** Asks a question without user content. */
  readonly askNeutral: (connection: Connection, model: string, signal: AbortSignal) => Promise<NeutralAnswer>;
}

export function createModelLists({ audit, now, askNeutral }: ModelListsParts): ModelLists {
  const read = new WeakMap<Connection, { readonly at: number; readonly names: Promise<readonly string[]> }>();
  const checks = new Map<string, Promise<Problem | null>>();

  /** Empty if the server has no list. */
  const namesOf = (connection: Connection, signal?: AbortSignal): Promise<readonly string[]> => {
    const known = read.get(connection);
    if (known !== undefined && now() - known.at < KEPT_MS) return known.names;
    const names = listModels(audit, connection, signal).then((listed) => (listed.ok ? listed.value : []));
    read.set(connection, { at: now(), names });
    names.catch(() => read.delete(connection));
    return names;
  };

  const explain = async (why: Problem<'model_not_found'>, connection: Connection, model: string): Promise<Problem> => {
    const names = await namesOf(connection).catch(() => []);
    const { code: _, params, ...facts } = why;
    return problem(
      'model_not_found',
      { ...params, model, nearest: nearestNames(model, names), listed: names.length },
      facts,
    );
  };

  const check = async (connection: Connection, model: string, signal: AbortSignal): Promise<Problem | null> => {
    const names = await namesOf(connection, signal);
    if (names.length === 0 || names.includes(model) || signal.aborted) return null;
    const { failure } = await askNeutral(connection, model, signal);
    return failure?.code === 'model_not_found' ? explain(failure, connection, model) : null;
  };

  return {
    explain,
    whyUnknown: (connection, model, signal) => {
      const key = JSON.stringify([connection.settings.provider.host, model]);
      const known = checks.get(key);
      // A bug in it fails the call that asked first, and no other.
      if (known !== undefined) return known.catch(() => null);
      const checked = check(connection, model, signal).finally(() => checks.delete(key));
      checks.set(key, checked);
      return checked;
    },
  };
}
