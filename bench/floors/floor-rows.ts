import { randomUUID } from 'node:crypto';
import type { Pool } from '../../src/db/pool.ts';
import { insertPayment } from '../../src/db/new-payment.ts';
import { findActiveAccount } from '../../src/db/provider-accounts.ts';
import { upsertTransaction } from '../../src/db/provider-transactions.ts';
import { plainMeans } from '../../src/domain/means.ts';
import { newId } from '../../src/domain/ids.ts';
import { AMOUNT } from '../load/clinic.ts';
import type { LeafInput } from './floor-workflows.ts';

/** Writes `count` payments that are paid at the vendor and wait to be settled, and says how the floor settles each. */
export async function writeFloorRows(
  pool: Pool,
  workspaceId: string,
  count: number,
  print: boolean,
): Promise<LeafInput[]> {
  const account = await findActiveAccount(pool, workspaceId, 'payment');
  if (account === null) throw new Error(`workspace ${workspaceId} has no payment provider`);
  const inputs: LeafInput[] = [];
  for (let made = 0; made < count; made += 1)
    inputs.push({ ...(await writeRows(pool, workspaceId, account.id)), print });
  return inputs;
}

async function writeRows(
  pool: Pool,
  workspaceId: string,
  accountId: string,
): Promise<Omit<LeafInput, 'print'>> {
  const paymentId = newId('payment');
  await insertPayment(pool, {
    ...BLANK_PAYMENT,
    id: paymentId,
    workspaceId,
    accountId,
    reference: randomUUID(),
    createdAt: new Date(),
  });
  const { row } = await upsertTransaction(pool, {
    ...PLAIN_CHARGE,
    id: newId('transaction'),
    workspaceId,
    paymentId,
    accountId,
    providerTransactionId: randomUUID(),
    paidAt: new Date(),
  });
  return { workspaceId, paymentId, transactionId: row.id };
}

const BLANK_PAYMENT = {
  provider: 'payplus',
  status: 'pending',
  subject: null,
  description: 'פגישת ייעוץ',
  amount: AMOUNT,
  chargeAmount: AMOUNT,
  currency: 'ILS',
  vatIncluded: true,
  vatTreatment: 'standard',
  vatReason: null,
  serviceDate: null,
  items: null,
  discount: 0,
  customer: null,
  patient: null,
  sessionDates: [],
  printPatient: false,
  metadata: {},
  methods: null,
  maxInstallments: null,
  successUrl: null,
  cancelUrl: null,
  linkTokenHash: null,
  linkTokenSealed: null,
  expiresAt: null,
} as const;

const PLAIN_CHARGE = {
  kind: 'charge',
  status: 'succeeded',
  amount: AMOUNT,
  currency: 'ILS',
  paidAtRaw: '',
  means: [plainMeans('card', AMOUNT)],
  payerName: null,
  refundOf: null,
  refundReference: null,
  secretSealed: null,
  refundableAmount: null,
  rawCode: '000',
  foreignDocument: null,
} as const;
