import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Express } from 'express';
import { createCheckoutRouter } from './checkout/checkout-routes.ts';
import { createControlRouter } from './control/control-routes.ts';
import { createDashboard } from './dashboard.ts';
import { createDesk } from './desk.ts';
import { createExpiries } from './expiries.ts';
import { createFaults } from './faults.ts';
import { openLedger } from './ledger/ledger.ts';
import { createPayer } from './payer.ts';
import { createTimeScales } from './time-scale.ts';
import { createVendorRouter } from './vendor-routes.ts';
import { VENDORS } from './vendors.ts';
import { createWebhooks } from './webhooks.ts';
import type { Courier } from './webhooks.ts';

export interface SandboxOptions {
  /** Folder of the append-only state; made if missing. */
  stateDir: string;
  /** Base address of pages; default: where it listens. */
  publicUrl?: string | undefined;
  now?: () => Date;
  /** How webhooks are sent; default: over HTTP, each when it is due. */
  courier?: Courier | undefined;
}

export interface Sandbox {
  app: Express;
  /** Listens, and sends what an earlier process left unsent; port 0 is any free one. */
  listen: (at?: { port?: number; host?: string }) => Promise<{ url: string }>;
  close: () => Promise<void>;
}

/** Longer than clients keep an idle connection, so that none is closed during a request. */
const KEEP_ALIVE_MS = 75_000;

/**
 * The simulated vendors, their hosted page and the control API, on one HTTP server. It is an independent record of
 * what happened.
 */
export function createSandbox({
  stateDir,
  publicUrl,
  now = () => new Date(),
  courier,
}: SandboxOptions): Sandbox {
  let base = publicUrl?.replace(/\/+$/, '') ?? '';
  const ledger = openLedger(stateDir);
  const webhooks = createWebhooks({ ledger, now, courier });
  const faults = createFaults();
  const timeScales = createTimeScales();
  const deps = { ledger, webhooks, baseUrl: () => base, now, lag: timeScales.lag };
  const vendors = Object.values(VENDORS).map((createVendor) => createVendor(deps));
  const desk = createDesk({ ledger, webhooks, vendors, now });
  const payer = createPayer(desk);
  const dashboard = createDashboard(desk);
  const expiries = createExpiries({ ledger, webhooks, vendors, now });
  const checkoutUrl = (id: string) => `${base}/checkout/${id}`;

  const app = express();
  app.disable('x-powered-by').set('etag', false);
  for (const vendor of vendors)
    app.use(`/${vendor.name}`, createVendorRouter(vendor, { ledger, faults, now }));
  app.use('/checkout', createCheckoutRouter({ ledger, payer, now }));
  app.use(
    '/control',
    createControlRouter({ ledger, payer, dashboard, faults, timeScales, vendors, checkoutUrl, now }),
  );
  app.get('/', (_req, res) =>
    res.json({ sandbox: vendors.map(({ name }) => `${base}/${name}`), control: `${base}/control` }),
  );

  const server = createServer(app);
  server.keepAliveTimeout = KEEP_ALIVE_MS;

  return {
    app,
    async listen({ port = 0, host = '127.0.0.1' } = {}) {
      server.listen(port, host);
      await once(server, 'listening');
      const url = `http://${host.includes(':') ? `[${host}]` : host}:${(server.address() as AddressInfo).port}`;
      if (base === '') base = url;
      webhooks.resume();
      expiries.start();
      return { url };
    },
    async close() {
      faults.clear();
      expiries.close();
      server.closeAllConnections();
      if (server.listening) await new Promise((resolve) => server.close(resolve));
      await webhooks.close();
      ledger.close();
    },
  };
}
