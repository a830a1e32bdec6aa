import express from 'express';
import type { NextFunction, Request, Response, Router } from 'express';
import type { Ledger } from '../ledger/ledger.ts';
import type { Checkout } from '../ledger/records.ts';
import { toMinor } from '../decimal.ts';
import { HONEST_ORDER } from '../pay-order.ts';
import type { PayOrder } from '../pay-order.ts';
import type { Payer } from '../payer.ts';
import { Refusal } from '../refusal.ts';
import { textOrNull } from '../vendor.ts';
import { toEndPage, toPayPage } from './page.ts';
import type { Warning } from './page.ts';

export interface CheckoutDeps {
  ledger: Ledger;
  payer: Payer;
  now: () => Date;
}

/** The hosted page for people: look, pay, decline, leave. */
export function createCheckoutRouter(deps: CheckoutDeps): Router {
  const { payer } = deps;
  const router = express.Router();
  router.use(express.urlencoded({ extended: false, limit: '10kb' }), keepPrivate);

  router.get(
    '/:id',
    onPage(deps, (checkout, req, res) =>
      show(deps, checkout, res, req.query['declined'] === '1' ? 'declined' : null),
    ),
  );
  router.post(
    '/:id/pay',
    onPage(deps, (checkout, req, res) => {
      const parts = readParts(req, checkout);
      if (parts === 'wrong') {
        show(deps, checkout, res, 'partWrong');
        return;
      }
      const transaction = payer.pay(checkout.id, { ...HONEST_ORDER, ...readForm(req), parts });
      const back = payer.paymentsOf(checkout).returnUrl(checkout, 'success', transaction);
      res.redirect(303, back ?? `/checkout/${checkout.id}`);
    }),
  );
  router.post(
    '/:id/decline',
    onPage(deps, (checkout, _req, res) => {
      const transaction = payer.decline(checkout.id);
      const back = payer.paymentsOf(checkout).returnUrl(checkout, 'failure', transaction);
      res.redirect(303, back ?? `/checkout/${checkout.id}?declined=1`);
    }),
  );
  router.post(
    '/:id/leave',
    onPage(deps, (checkout, _req, res) => {
      const payments = payer.paymentsOf(checkout);
      const back = payments.returnUrl(checkout, 'cancel', null);
      if (back !== null) res.redirect(303, back);
      else res.send(toEndPage('left', checkout, payments.businessName(checkout)));
    }),
  );
  return router;
}

/** Does what the payer chose. A page that can no longer do it shows its state instead. */
function onPage(deps: CheckoutDeps, choose: (checkout: Checkout, req: Request, res: Response) => void) {
  return (req: Request, res: Response): void => {
    const checkout = deps.ledger.checkout(String(req.params['id']));
    if (checkout === undefined) {
      res.status(404).send(toEndPage('unknown', null, ''));
      return;
    }
    try {
      choose(checkout, req, res);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      show(deps, checkout, res, null);
    }
  };
}

function show(
  { ledger, payer, now }: CheckoutDeps,
  checkout: Checkout,
  res: Response,
  warning: Warning | null,
): void {
  const payments = payer.paymentsOf(checkout);
  const businessName = payments.businessName(checkout);
  const status = ledger.statusOf(checkout, now());
  if (status === 'open' || status === 'declined')
    res.send(toPayPage({ checkout, businessName, partMethods: payments.partMethods ?? [] }, warning));
  else res.status(status === 'paid' ? 200 : 410).send(toEndPage(status, checkout, businessName));
}

function readForm(req: Request): { method: string | null; installments: number } {
  const form = (req.body ?? {}) as Record<string, unknown>;
  const installments = Number(form['installments'] ?? 1);
  const isCount = Number.isInteger(installments) && installments > 0;
  return { method: textOrNull(form['method']), installments: isCount ? installments : 1 };
}

/** The means of a sum of which a part is paid another way, null where none is; the chosen button pays the rest. */
function readParts(req: Request, { amount, currency, methods }: Checkout): PayOrder['parts'] | 'wrong' {
  const form = (req.body ?? {}) as Record<string, unknown>;
  const told = textOrNull(form['partAmount'])?.trim() ?? '';
  if (told === '') return null;
  const part = toMinor(told, currency);
  if (part === null || part <= 0 || part >= amount) return 'wrong';
  const rest = textOrNull(form['method']) ?? methods[0] ?? 'card';
  return [
    { method: String(form['partMethod']), amount: part },
    { method: rest, amount: amount - part },
  ];
}

function keepPrivate(_req: Request, res: Response, next: NextFunction): void {
  res.set({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  next();
}
