import { plainMeans } from '../../src/domain/means.ts';
import { splitInclusive } from '../../src/domain/vat.ts';
import type {
  InvoiceService,
  InvoiceServiceFace,
  PushOrder,
  ServiceDocument,
} from '../../src/providers/invoices/invoice-service.ts';
import { INVOICE_SUBJECTS } from './invoice-subjects.ts';
import type { InvoiceSubject } from './invoice-subjects.ts';
import type { HeldDocument, Simulator } from './simulator.ts';
import { oneLine } from '../../src/providers/invoices/testing/one-line.ts';
import { todayInIsrael } from '../support/today-in-israel.ts';

export const RATE_BP = 1800;

let count = 0;
/** A number that no other account or order of this process has. */
export const fresh = (): number => (count += 1);

/** The document of a payment over 350.50, VAT included, unless told otherwise. */
export function toOrder(changes: Partial<PushOrder> = {}): PushOrder {
  const split = changes.split ?? splitInclusive(35_050, RATE_BP);
  const number = fresh();
  return {
    key: `pay_contract_${number}`,
    id: `doc_contract_${number}`,
    number,
    displayNumber: String(number),
    fiscalYear: Number(todayInIsrael().slice(0, 4)),
    documentType: 'payment_confirmation',
    documentDate: todayInIsrael(),
    locale: 'he',
    currency: 'ILS',
    dealerType: 'osek_murshe',
    vatRegistered: true,
    split,
    ...oneLine(split),
    description: 'תשלום',
    vatTreatment: 'standard',
    customer: { name: 'Test Payer', taxId: null, email: null, phone: null, address: null },
    means: [plainMeans('card', split.total)],
    searchFrom: todayInIsrael(),
    credits: null,
    ...changes,
  };
}

/** The document of a refund of all or (`amount`) a part of what an order documents. `made`: where that one lies. */
export function toCredit(
  original: PushOrder,
  made: ServiceDocument | null,
  amount = original.split.total,
): PushOrder {
  const number = fresh();
  return {
    ...original,
    key: `ref_contract_${number}`,
    id: `doc_contract_${number}`,
    number,
    displayNumber: `RC${number}`,
    documentType: 'refund_confirmation',
    split: splitInclusive(amount, original.split.rateBp),
    ...oneLine(splitInclusive(amount, original.split.rateBp)),
    means: [plainMeans('card', amount)],
    credits: {
      key: original.key,
      id: original.id,
      type: original.documentType,
      displayNumber: original.displayNumber,
      documentDate: original.documentDate,
      total: original.split.total,
      external: made === null ? null : { id: made.id, number: made.number },
    },
  };
}

/** What the engine does: look where that is possible, then make. */
export async function push(service: InvoiceService, order: PushOrder): Promise<ServiceDocument> {
  return (await service.findDocument?.(order)) ?? (await service.createDocument(order));
}

export type InvoiceRig = ReturnType<typeof createInvoiceRig>;

/** One service of the registry against its simulator. */
export function createInvoiceRig(face: InvoiceServiceFace, simulator: () => Simulator, habit = face.name) {
  const subject: InvoiceSubject | undefined = INVOICE_SUBJECTS[habit];
  if (!subject) throw new Error(`${face.name}: add its accounts to test/contract/invoice-subjects.ts`);
  const baseUrl = () => simulator().url(face.name);
  const account = (name: string) => subject.account(name, baseUrl());
  const serviceOf = (credentials: unknown): InvoiceService =>
    face.create({
      http: simulator().http,
      credentials: face.credentials.parse(credentials),
      mode: 'test',
      baseUrl: baseUrl(),
    });
  return {
    subject,
    account,
    wrongAccount: () => subject.wrongAccount(baseUrl()),
    serviceOf,
    /** An account of its own: neither documents nor pace nor token are shared between tests. */
    newAccount: (kind = 'murshe') => account(`contract-${kind}-${fresh()}`),
    newService: (kind = 'murshe') => serviceOf(account(`contract-${kind}-${fresh()}`)),
    /** What the simulator holds under an order's id. */
    heldFor: async ({ key }: PushOrder): Promise<HeldDocument[]> => {
      const all = await simulator().listed<HeldDocument>(`documents?provider=${face.name}`);
      return all.filter((document) => document.reference === key);
    },
  };
}
