import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import type { DashboardActs } from '../dashboard.ts';
import type { Faults } from '../faults.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Checkout } from '../ledger/records.ts';
import type { Payer } from '../payer.ts';
import { Refusal } from '../refusal.ts';
import type { TimeScales } from '../time-scale.ts';
import { textOrNull } from '../vendor.ts';
import type { Vendor } from '../vendor.ts';
import { readDispute, readFault, readPayOrder, readRefund, readTimeScale, readVoid } from './read-control.ts';

export interface ControlDeps {
  ledger: Ledger;
  payer: Payer;
  dashboard: DashboardActs;
  faults: Faults;
  timeScales: TimeScales;
  vendors: readonly Vendor[];
  checkoutUrl: (id: string) => string;
  now: () => Date;
}

/** The control API, for tests and for people who try things out. A contract fixes its paths and fields. */
export function createControlRouter(deps: ControlDeps): Router {
  const router = express.Router();
  router.use(express.json({ type: () => true, limit: '100kb' }));
  addListings(router, deps);
  addActions(router, deps);
  addTimeScales(router, deps);
  router.use((req, res) =>
    res.status(404).json({ error: `the control API has no ${req.method} ${req.path}` }),
  );
  router.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    if (error instanceof Refusal) res.status(error.status).json({ error: error.message });
    else if (error instanceof SyntaxError) res.status(400).json({ error: 'the body is not JSON' });
    else next(error);
  });
  return router;
}

function addListings(router: Router, { ledger, checkoutUrl, now }: ControlDeps): void {
  const toCheckout = (checkout: Checkout) => {
    const { id, provider, amount, currency, reference, description, createdAt, expiresAt } = checkout;
    const status = ledger.statusOf(checkout, now());
    return {
      id,
      provider,
      url: checkoutUrl(id),
      amount,
      currency,
      reference,
      description,
      status,
      createdAt,
      expiresAt,
    };
  };

  router.get('/checkouts', (req, res) => {
    const reference = ask(req, 'reference');
    const found = reference === undefined ? ledger.checkouts() : ledger.checkoutsWith(reference);
    res.json(found.filter(asked(req, 'provider')).map(toCheckout));
  });
  router.get('/calls', (req, res) => {
    res.json(ledger.calls().filter(asked(req, 'provider', 'operation', 'reference')));
  });
  router.get('/documents', (req, res) => {
    res.json(
      ledger
        .documents()
        .filter(asked(req, 'provider', 'reference'))
        .map(
          ({ account: _account, fingerprint: _fingerprint, wire: _wire, exempt: _exempt, ...shown }) => shown,
        ),
    );
  });
  router.get('/transactions', (req, res) => {
    res.json(
      ledger
        .transactions()
        .filter(asked(req, 'provider', 'reference', 'checkoutId'))
        .map(({ account: _account, visibleAt: _visibleAt, slip: _slip, ...shown }) => shown),
    );
  });
  router.get('/deliveries', (req, res) => {
    res.json(
      ledger
        .deliveries()
        .filter(asked(req, 'provider', 'checkoutId', 'transactionId'))
        .map(({ headers: _headers, body: _body, ...shown }) => shown),
    );
  });
}

function addActions(router: Router, { payer, dashboard, faults, vendors }: ControlDeps): void {
  router.post('/checkouts/:id/pay', (req, res) => {
    const { styles } = payer.paymentsOf(payer.findCheckout(req.params.id));
    res.json({ transactionId: payer.pay(req.params.id, readPayOrder(req.body, styles)).id });
  });
  router.post('/checkouts/:id/decline', (req, res) => {
    res.json({ transactionId: payer.decline(req.params.id).id });
  });
  router.post('/checkouts/:id/dispute', (req, res) => {
    res.json({ transactionId: payer.dispute(req.params.id, readDispute(req.body)).id });
  });
  router.post('/checkouts/:id/refund', (req, res) => {
    res.json({ transactionId: dashboard.refund(req.params.id, readRefund(req.body)).id });
  });
  router.post('/checkouts/:id/void', (req, res) => {
    res.json({ transactionId: dashboard.void(req.params.id, readVoid(req.body)).id });
  });
  router.post('/faults', (req, res) => {
    const fault = readFault(req.body);
    faults.arm(fault);
    const vendor = vendors.find(({ name }) => name === fault.provider);
    const isReachable = vendor?.routes.some(({ operation }) => operation === fault.operation) === true;
    res.json(
      isReachable
        ? fault
        : { ...fault, note: `${fault.provider} has no ${fault.operation}: this fault will never act` },
    );
  });
  router.get('/faults', (req, res) => res.json(faults.armed().filter(asked(req, 'account'))));
  router.delete('/faults', (req, res) => {
    faults.clear(ask(req, 'account'));
    res.status(204).end();
  });
}

function addTimeScales(router: Router, { timeScales, vendors }: ControlDeps): void {
  router.post('/time-scale', (req, res) => {
    const scale = readTimeScale(req.body);
    const vendor = vendors.find(({ name }) => name === scale.provider);
    timeScales.set(scale, scale.account && (vendor?.toLedgerAccount?.(scale.account) ?? scale.account));
    res.json(scale);
  });
  router.get('/time-scale', (req, res) => res.json(timeScales.all().filter(asked(req, 'account'))));
  router.delete('/time-scale', (req, res) => {
    timeScales.clear(ask(req, 'account'));
    res.status(204).end();
  });
}

const ask = (req: Request, name: string): string | undefined => textOrNull(req.query[name]) ?? undefined;

/** Keeps the rows that match all given query parameters. */
function asked<Name extends string>(req: Request, ...names: Name[]) {
  const wanted = names.flatMap((name) => {
    const value = ask(req, name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return (row: Partial<Record<Name, unknown>>): boolean =>
    wanted.every(([name, value]) => row[name] === value);
}
