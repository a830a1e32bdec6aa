import { createHash } from 'node:crypto';
import type { PushOrder } from '../../src/providers/invoices/invoice-service.ts';

/** What the contract tests must know of a service beyond its face: accounts of its simulator, and how it differs. */
export interface InvoiceSubject {
  /** Credentials of an account; `name` keeps tests apart and says what kind of business it is. */
  account(name: string, baseUrl: string): unknown;
  wrongAccount(baseUrl: string): unknown;
  /** The part of credentials that is hunted in errors. */
  secretOf(credentials: unknown): string;
  /** What a push calls: faults elsewhere do not touch it. */
  readonly pushCalls: readonly ('find_document' | 'create_document' | 'credentials')[];
  /** Whether `checkCredentials` asks the service, or there is nothing to ask. */
  readonly canBeAsked: boolean;
  /** Whether the service itself knows a repeat, so that nothing need be looked up. */
  readonly knowsRepeats: boolean;
  readonly hasSessions: boolean;
  /** Takes a document of which only a part bears VAT. Otherwise it is refused before it is sent. */
  readonly takesMixedVat: boolean;
  /** Faults that are an answer like any other there: the document is taken. */
  readonly taken: readonly string[];
  /** An account of a kind, and what makes an order one that it does not take. */
  readonly refused: { readonly kind: string; readonly changes: Partial<PushOrder> };
}

const field = (credentials: unknown, name: string): string =>
  String((credentials as Readonly<Record<string, unknown>>)[name]);

const PLANTED = 'planted-8c1f0a7d';
const OF_A_PATUR = { kind: 'patur', changes: {} };

export const INVOICE_SUBJECTS: Readonly<Record<string, InvoiceSubject>> = {
  'green-invoice': {
    account: (name) => ({ apiKeyId: name, apiKeySecret: PLANTED }),
    wrongAccount: () => ({ apiKeyId: 'contract-wrong', apiKeySecret: `invalid-${PLANTED}` }),
    secretOf: (credentials) => field(credentials, 'apiKeySecret'),
    pushCalls: ['find_document', 'create_document', 'credentials'],
    canBeAsked: true,
    knowsRepeats: true,
    hasSessions: true,
    takesMixedVat: true,
    taken: [],
    refused: OF_A_PATUR,
  },
  sumit: {
    account: (name) => ({ companyId: companyIdOf(name), apiKey: `${PLANTED}-${name}` }),
    wrongAccount: () => ({ companyId: '515151515', apiKey: `invalid-${PLANTED}` }),
    secretOf: (credentials) => field(credentials, 'apiKey'),
    pushCalls: ['find_document', 'create_document'],
    canBeAsked: true,
    knowsRepeats: false,
    hasSessions: false,
    takesMixedVat: false,
    taken: [],
    refused: OF_A_PATUR,
  },
  custom: {
    account: (name, baseUrl) => ({ url: `${baseUrl}/${name}/documents`, secret: `secret-of-${name}` }),
    wrongAccount: (baseUrl) => ({ url: `${baseUrl}/contract-wrong/documents`, secret: PLANTED }),
    secretOf: (credentials) => field(credentials, 'secret'),
    pushCalls: ['create_document'],
    canBeAsked: false,
    knowsRepeats: true,
    hasSessions: false,
    takesMixedVat: true,
    taken: ['empty'],
    refused: { kind: 'murshe', changes: { split: { net: 1, vat: 1, total: 3, rateBp: 1800 } } },
  },
};

function companyIdOf(name: string): string {
  return String(1 + (createHash('sha256').update(name).digest().readUInt32BE() >>> 1));
}
