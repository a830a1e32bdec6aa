// Clients that others wrote, from PyPI, against our simulators over real HTTP. They know the vendors and not us: what they
// refuse, or read otherwise than we meant it, the simulator has wrong.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createSandbox } from '../../sandbox/sandbox.ts';
import { installClients, walk, whyNoPython } from './python-clients.ts';

const missing = whyNoPython();
const where = missing === null ? describe : describe.skip;

where(`clients from PyPI${missing === null ? '' : ` (${missing})`}`, () => {
  let python: string;
  let stateDir: string;
  let sandbox: ReturnType<typeof createSandbox>;
  let url: string;

  beforeAll(async () => {
    python = await installClients();
    stateDir = await mkdtemp(join(tmpdir(), 'tashlum-outside-'));
    sandbox = createSandbox({ stateDir });
    ({ url } = await sandbox.listen());
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(stateDir, { recursive: true, force: true });
  });

  it('payplus-python is sold a page, believes its callback, finds it and gives a part back', async () => {
    expect(await walk(python, 'payplus', url)).toEqual({
      link: expect.stringMatching(/^http/),
      event: {
        type: 'payment.success',
        amount: 129.9,
        currency: 'ILS',
        more_info: 'pay_outside_payplus',
        page: true,
        card: expect.stringMatching(/^\d{4}$/),
      },
      signature: true,
      forged: false,
      found: 'success',
      single: 'success',
      refund: 'success',
      wrong: expect.stringMatching(/^PayPlus\w*Error$/),
    });
  });

  it('green-invoice makes a document, finds and reads it, and is told of a repeat', async () => {
    expect(await walk(python, 'green_invoice', url)).toEqual({
      number: expect.anything(),
      read: { type: 320, amount: 129.9, vat: 19.82, status: 1, currency: 'ILS' },
      found: [true],
      links: ['en', 'he', 'origin'],
      twice: 1010,
      wrong: 'refused',
    });
  });

  it('morning-cli makes a document with a discount, finds and reads it', async () => {
    expect(await walk(python, 'morning', url)).toEqual({
      made: true,
      read: { amount: 90, vat: 13.73, number: expect.anything() },
      found: 1,
      links: ['en', 'he', 'origin'],
      business: true,
      wrong: false,
    });
  });

  it("Stripe's own client is paid, verifies the events, and reads what it knows of the money", async () => {
    expect(await walk(python, 'stripe', url)).toEqual({
      same: true,
      completed: ['checkout.session.completed', 'pay_outside_stripe', 'paid'],
      session: ['complete', 12_990, 'ils'],
      charge: [true, 12_990, expect.stringMatching(/^\d{4}$/)],
      refund: ['succeeded', 2_990],
      refunded: ['refund.created', true],
      refunds: [2_990],
      charges: [2_990],
      closed: 'expired',
      balance: 'balance',
      surplus: 400,
      unknown: 'resource_missing',
      wrong: 'refused',
    });
  });
});
