// One payment, one document, and one refund, one credit, under every fault of the sandbox at every call of every service.
import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '#jest';
import type { InvoiceService, PushOrder } from '../../src/providers/invoices/invoice-service.ts';
import { createInvoiceRig, push, toCredit, toOrder } from './invoice-rig.ts';
import { INVOICE_CASES } from './invoice-subjects.ts';
import { failure, startSimulator } from './simulator.ts';
import type { Simulator } from './simulator.ts';

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterEach(() => simulator.reset());
afterAll(() => simulator.stop());

/** What each fault is to the engine. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  status_500: ['provider_unavailable'],
  status_429: ['rate_limited'],
  html: ['bad_answer'],
  empty: ['bad_answer'],
  half_json: ['bad_answer'],
  error_in_200: ['bad_answer', 'provider_unavailable'],
  connection_reset: ['no_answer'],
  timeout_before_effect: ['no_answer'],
  timeout_after_effect: ['no_answer'],
};

const DOCUMENTS = ['payment', 'refund'] as const;

describe.each(INVOICE_CASES)('the invoice service $habit', ({ habit, face }) => {
  const { subject, newAccount, serviceOf, heldFor } = createInvoiceRig(face, () => simulator, habit);
  const faults = Object.entries(FAULTS).map(([fault, codes]) => ({ fault, codes }));
  const atCredentials = faults.filter(({ fault }) => !(subject.passedOver ?? []).includes(fault));
  const cases = subject.pushCalls.flatMap((operation) =>
    (operation === 'credentials' ? atCredentials : faults).flatMap((one) =>
      DOCUMENTS.map((document) => ({ ...one, operation, document })),
    ),
  );

  /** The document of a payment, or of the refund of one that the service holds already. */
  const orderOf = async (document: 'payment' | 'refund', service: InvoiceService): Promise<PushOrder> => {
    const order = toOrder();
    return document === 'payment' ? order : toCredit(order, await push(service, order));
  };

  it.each(cases)(
    'turns $fault at $operation into $codes, hides the secret, and makes one document of a $document in the end',
    async ({ operation, fault, codes, document }) => {
      const account = newAccount();
      const order = await orderOf(document, serviceOf(account));
      await simulator.arm(face.name, operation, fault);
      const trying = push(serviceOf(account), order);
      if (subject.taken.includes(fault)) await trying;
      else {
        const error = await failure(trying);
        expect(codes).toContain(error.code);
        expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(subject.secretOf(account));
      }
      // Another process goes on: it shares neither token nor memory.
      const made = await push(serviceOf(account), order);
      expect(await heldFor(order)).toMatchObject([{ id: made.id }]);
    },
  );

  if (!subject.canBeAsked) return;
  it.each(atCredentials)('turns $fault while credentials are tried into $codes', async ({ fault, codes }) => {
    await simulator.arm(face.name, 'credentials', fault);
    expect(codes).toContain((await failure(serviceOf(newAccount()).checkCredentials())).code);
  });
});
