import { problem } from '../../../shared/problem.ts';
import { err, ok } from '../../../shared/result.ts';
import type { historyRoutes } from '../../../shared/routes/history.ts';
import type { Docket } from '../../compose.ts';
import type { HandlersOf } from '../router.ts';

export function createHistoryHandlers({ store }: Docket): HandlersOf<typeof historyRoutes> {
  return {
    'history.page': async (query) => ok(await store.read.pageOfCalls(query)),
    'history.count': async (filter) => ok(await store.read.countCalls(filter)),
    'history.detail': async ({ callId }) => {
      const detail = await store.read.callDetail(callId);
      return detail === null ? err(problem('invalid_input', { what: 'call_gone' })) : ok(detail);
    },
    'history.facets': async () => ok(await store.read.historyFacets()),
  };
}
