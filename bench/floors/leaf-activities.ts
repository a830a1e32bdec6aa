import { randomBytes } from 'node:crypto';
import { createPrintDocument } from '../../src/activities/documents/print-document.ts';
import type { Printer } from '../../src/printing/browser/printer.ts';
import { createSettlePayment } from '../../src/activities/payments/settle-payment.ts';
import type { Pool } from '../../src/db/pool.ts';
import { SANDBOX_ACCOUNTS } from '../../dev/clinic.ts';
import { plainMeans } from '../../src/domain/means.ts';
import { israeliVatRateBp, splitInclusive } from '../../src/domain/vat.ts';
import type { Http } from '../../src/http.ts';
import { createLogger } from '../../src/logger.ts';
import { createMetrics } from '../../src/metrics.ts';
import { createAdapters } from '../../src/providers/adapters.ts';
import type { InvoiceService, PushOrder } from '../../src/providers/invoices/invoice-service.ts';
import type { PageOrder, PaymentProvider } from '../../src/providers/payments/payment-provider.ts';
import { createSecrets } from '../../src/secrets.ts';
import { AMOUNT } from '../load/clinic.ts';
import type { LeafInput } from './floor-workflows.ts';
import { todayInIsrael } from '../../test/support/today-in-israel.ts';

export interface LeafDeps {
  readonly pool: Pool;
  readonly http: Http;
  readonly printer: Printer;
  readonly sandboxUrl: string;
  /** Told when a payment is pushed, and when it is printed. */
  readonly done: (step: 'pushed' | 'printed', paymentId: string) => void;
}

export type LeafActivities = ReturnType<typeof createLeafActivities>;

const DAY_MS = 86_400_000;

/**
 * The leaf work of a payment, without the engine's rows around it: the calls that the engine's own adapters make at the
 * sandbox, and the engine's own settling transaction and print on rows that are there before the run.
 */
export function createLeafActivities({ pool, http, printer, sandboxUrl, done }: LeafDeps) {
  const { adapters, payplus, greenInvoice, secrets } = openAdapters(http, sandboxUrl);
  const context = {
    pool,
    secrets,
    adapters,
    metrics: createMetrics(),
    logger: createLogger({ name: 'bench', level: 'warn' }),
    publicUrl: sandboxUrl,
  };
  const settlePayment = createSettlePayment(context);
  const printDocument = createPrintDocument({ pool, printer });
  return {
    async makePage(paymentId: string): Promise<string> {
      return (await payplus.createPage(toPageOrder(paymentId, sandboxUrl))).pageId;
    },
    async readBack({ paymentId, pageId }: { paymentId: string; pageId: string }): Promise<void> {
      const pages = [{ pageId, secret: null }];
      const { transactions } = await payplus.findPayment({ paymentId, pages, transactions: [] });
      if (transactions.length !== 1)
        throw new Error(`${paymentId} was read back with ${transactions.length} charges`);
    },
    async settle({ workspaceId, paymentId, transactionId }: LeafInput): Promise<string> {
      // An inbox row that is not there: the statement that marks it runs all the same.
      const order = { workspaceId, paymentId, transactionId, eventIds: ['none'] };
      const { documentId } = await settlePayment(order);
      if (documentId === null) throw new Error(`${paymentId} was settled without a document`);
      return documentId;
    },
    async push(paymentId: string): Promise<void> {
      const order = toPushOrder(paymentId);
      if ((await greenInvoice.findDocument?.(order)) === null) await greenInvoice.createDocument(order);
      done('pushed', paymentId);
    },
    async print({ workspaceId, paymentId, documentId }: LeafInput & { documentId: string }): Promise<void> {
      await printDocument({ workspaceId, documentId, variant: 'original' });
      done('printed', paymentId);
    },
  };
}

function openAdapters(http: Http, sandboxUrl: string) {
  const secrets = createSecrets([{ id: 'bench', key: randomBytes(32) }]);
  const adapters = createAdapters({ http, secrets, sandboxUrl });
  const payplusFace = adapters.paymentFace('payplus');
  const greenInvoiceFace = adapters.invoiceFace('green-invoice');
  if (payplusFace === null || greenInvoiceFace === null)
    throw new Error('the registry lacks the demo vendors');
  const options = { webhookGraceSeconds: 86_400, maxPageMinutes: 43_200 };
  const payplus: PaymentProvider = adapters.tryPayment(
    payplusFace,
    SANDBOX_ACCOUNTS.payplus,
    options,
    'test',
  );
  // An account of the floor's own: its documents do not lengthen the searches of the engine's.
  const credentials = { apiKeyId: 'floor-key-id', apiKeySecret: 'floor-key-secret' };
  const greenInvoice: InvoiceService = adapters.tryInvoice(greenInvoiceFace, credentials, 'test');
  return { adapters, secrets, payplus, greenInvoice };
}

function toPageOrder(paymentId: string, sandboxUrl: string): PageOrder {
  return {
    paymentId,
    amount: AMOUNT,
    currency: 'ILS',
    description: 'תשלום',
    locale: 'he',
    expiresAt: new Date(Date.now() + 30 * DAY_MS),
    returnUrl: `${sandboxUrl}/return`,
    webhookUrl: `${sandboxUrl}/webhook`,
    maxInstallments: null,
    methods: null,
    customer: { name: null, email: null, phone: null },
    idempotencyKey: `${paymentId}/page/1`,
  };
}

function toPushOrder(paymentId: string): PushOrder {
  const today = todayInIsrael();
  return {
    key: paymentId,
    id: paymentId.replace('pay_', 'doc_'),
    number: 1,
    displayNumber: '1',
    fiscalYear: Number(today.slice(0, 4)),
    credits: null,
    documentType: 'payment_confirmation',
    documentDate: today,
    locale: 'he',
    currency: 'ILS',
    dealerType: 'osek_murshe',
    vatRegistered: true,
    split: splitInclusive(AMOUNT, israeliVatRateBp(today)),
    description: 'תשלום',
    vatTreatment: 'standard',
    lines: [
      { description: 'תשלום', quantity: 1, unitPrice: AMOUNT, total: AMOUNT, vatTreatment: 'standard' },
    ],
    pricesIncludeVat: true,
    vatReason: null,
    refundReason: null,
    customer: { name: 'לקוח כללי', taxId: null, email: null, phone: null, address: null },
    means: [plainMeans('card', AMOUNT)],
    searchFrom: today,
  };
}
