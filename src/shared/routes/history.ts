import { z } from 'zod';
import type { CallDetail, HistoryFacets, HistoryPage } from '../call-data.ts';
import { callKinds, callStatuses } from '../call-data.ts';
import { nothing, searched } from './inputs.ts';
import { route } from './route.ts';

const time = z.number().int().nonnegative();

const historyFilter = {
  search: searched.optional(),
  kind: z.enum(callKinds).optional(),
  status: z.enum(callStatuses).optional(),
  model: z.string().max(200).optional(),
  from: time.optional(),
  to: time.optional(),
};

export const historyRoutes = {
  'history.page': route(
    z.object({ ...historyFilter, before: z.number().int().optional(), limit: z.number().int().min(1).max(500) }),
  ).returns<HistoryPage>(),
  /** How many calls match; null if there are more than Docket counts. */
  'history.count': route(z.strictObject(historyFilter)).returns<number | null>(),
  'history.detail': route(z.object({ callId: z.number().int() })).returns<CallDetail>(),
  'history.facets': route(nothing).returns<HistoryFacets>(),
} as const;
