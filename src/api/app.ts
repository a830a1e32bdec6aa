import { isDatabaseDown } from '../db/pool.ts';
import express from 'express';
import type { Express, RequestHandler } from 'express';
import helmet from 'helmet';
import { maskPath } from '../logger.ts';
import { createAdminRoutes } from './admin/admin-routes.ts';
import { createApiKeyRoutes } from './api-keys/api-key-routes.ts';
import { createAuditRoutes } from './audit/audit-routes.ts';
import type { ApiContext } from './context.ts';
import { createCustomerRoutes } from './customers/customer-routes.ts';
import { createDocsRoutes } from './description/docs-routes.ts';
import { createDocumentRoutes } from './documents/document-routes.ts';
import { createEventRoutes } from './events/event-routes.ts';
import { createExportRoutes } from './exports/export-routes.ts';
import { createHealthRoutes } from './health/health-routes.ts';
import { createAuthenticate } from './http/authenticate.ts';
import { createErrorHandler, notFound } from './http/problem-json.ts';
import { rawJson } from './http/read-body.ts';
import { createPayRoutes } from './pay/pay-routes.ts';
import { createPaymentRoutes } from './payments/payment-routes.ts';
import { createProviderAccountRoutes } from './provider-accounts/account-routes.ts';
import { createReportRoutes } from './reports/report-routes.ts';
import { createWebhookEndpointRoutes } from './webhook-endpoints/endpoint-routes.ts';
import { createRefundRoutes } from './refunds/refund-routes.ts';
import { createCallbackRoutes } from './tax-authority/callback-routes.ts';
import { createConnectionRoutes } from './tax-authority/connection-routes.ts';
import { createWebhookRoutes } from './webhooks/webhook-routes.ts';
import { createLogoRoutes } from './workspaces/logo-routes.ts';
import { createWorkspaceRoutes } from './workspaces/workspace-routes.ts';

/** The HTTP API. Public: health, webhooks, payer pages. Everything below /v1 needs a key. */
export function createApp(context: ApiContext): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.set('trust proxy', context.trustedProxies);
  app.use(helmet(), createAccessLog(context));

  app.use(createDocsRoutes(context));
  app.use('/health', createHealthRoutes(context));
  app.use('/webhooks', createWebhookRoutes({ ...context, pool: context.webhookPool }));
  app.use('/pay', createPayRoutes(context));
  app.use('/tax-authority', createCallbackRoutes(context));

  app.use('/v1', createAuthenticate(context));
  // A picture is not JSON, so its route must come before the JSON parser.
  app.use('/v1/workspaces', createLogoRoutes(context));
  app.use('/v1', rawJson);
  app.use(
    '/v1/workspaces',
    createWorkspaceRoutes(context),
    createApiKeyRoutes(context),
    createConnectionRoutes(context),
    ...createProviderAccountRoutes(context),
  );
  app.use('/v1/payments', createPaymentRoutes(context), createRefundRoutes(context));
  app.use('/v1/customers', createCustomerRoutes(context));
  app.use('/v1/documents', createDocumentRoutes(context));
  app.use('/v1/reports', createReportRoutes(context));
  app.use('/v1/exports', createExportRoutes(context));
  app.use('/v1/webhook-endpoints', createWebhookEndpointRoutes(context));
  app.use('/v1/events', createEventRoutes(context));
  app.use('/v1/audit', createAuditRoutes(context));
  app.use('/v1/admin', createAdminRoutes(context));

  app.use(notFound);
  app.use(createErrorHandler({ logger: context.logger, isDatabaseDown: isDatabaseDown }));
  return app;
}

/** One log line per answer, without tokens and without the query. */
function createAccessLog({ logger }: ApiContext): RequestHandler {
  return (request, response, next) => {
    const startedAt = performance.now();
    response.on('finish', () => {
      const ms = Math.round(performance.now() - startedAt);
      logger.debug(
        { method: request.method, path: maskPath(request.originalUrl), status: response.statusCode, ms },
        'answered',
      );
    });
    next();
  };
}
