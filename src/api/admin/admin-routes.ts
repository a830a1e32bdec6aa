import type { Router } from 'express';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { adminOperations } from './admin-operations.ts';
import { createForceRoute, createListBreakersRoute } from './breaker-routes.ts';
import { createListRatesRoute, createPutRateRoute } from './exchange-rate-routes.ts';
import {
  createListInboxRoute,
  createLookRoute,
  createReplayManyRoute,
  createReplayRoute,
} from './inbox-routes.ts';

/** `/v1/admin`: for those who run Tashlum, across all workspaces. */
export function createAdminRoutes(context: ApiContext): Router {
  return routerOf('/v1/admin', adminOperations, {
    listBreakers: createListBreakersRoute(context),
    openBreaker: createForceRoute(context, 'open'),
    closeBreaker: createForceRoute(context, 'closed'),
    listInbox: createListInboxRoute(context),
    replayMany: createReplayManyRoute(context),
    look: createLookRoute(context),
    replay: createReplayRoute(context),
    listExchangeRates: createListRatesRoute(context),
    putExchangeRate: createPutRateRoute(context),
  });
}
