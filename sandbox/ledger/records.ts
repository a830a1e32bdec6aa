/** A simulated vendor, as in URLs and control calls: a key of `VENDORS` (`sandbox/vendors.ts`). */
export type VendorName = string;

/** The purpose of a call, whatever the vendor names it. Faults and call lists use these. */
export const OPERATIONS = [
  'create_link',
  'find_payment',
  'cancel_link',
  'refund',
  'acknowledge',
  'create_document',
  'find_document',
  'credentials',
  'allocate',
] as const;
export type Operation = (typeof OPERATIONS)[number];

export type Language = 'he' | 'en';
export type CheckoutStatus = 'open' | 'paid' | 'declined' | 'expired' | 'cancelled';
export type Fields = Record<string, unknown>;

/** A hosted page as ordered. `amount` is in minor units, times are ISO strings. */
export interface Checkout {
  id: string;
  provider: VendorName;
  /** The account of the page: the id of the merchant at the vendor. */
  account: string;
  /** The secret that signs the webhooks of this page; never shown by the control API. */
  signingSecret: string;
  amount: number;
  currency: string;
  reference: string | null;
  description: string;
  language: Language;
  methods: string[];
  maxInstallments: number;
  createdAt: string;
  expiresAt: string | null;
  /** The vendor's own request, kept for the fields that only its folder understands. */
  wire: Fields;
}

/** The amount of one means of a payment in parts, in minor units. */
export interface Part {
  id: string;
  method: string;
  amount: number;
  slip: Transaction['slip'];
}

/** One transaction; a declined one is a row too. `amount` is positive minor units. */
export interface Transaction {
  id: string;
  provider: VendorName;
  account: string;
  checkoutId: string;
  kind: 'charge' | 'refund';
  approved: boolean;
  amount: number;
  currency: string;
  reference: string | null;
  method: string;
  installments: number;
  at: string;
  /** Read-backs show it only from this time on: a vendor's answer may lag its webhook. */
  visibleAt: string;
  /** For a refund: the charge that it refunds. */
  reverses: string | null;
  /** For a charge in parts: the parts, which add up to its amount. */
  parts?: Part[];
  /** For a refund of a charge in parts: the part that it refunds. */
  partId?: string;
  /** Our id of a refund, if the vendor has a field for it beside that of the order. */
  refundReference?: string;
  /** What a clearing house prints on the slip. */
  slip: { number: string; approval: string; voucher: string; rrn: number };
}

/** A document of the invoice service; `total`, `vat` and `net` are minor units. */
export interface StoredDocument {
  id: string;
  provider: VendorName;
  account: string;
  number: string;
  type: number;
  status: number;
  net: number;
  vat: number;
  /** The part of `net` without VAT. */
  exempt: number;
  total: number;
  vatRateBp: number;
  currency: string;
  reference: string | null;
  description: string;
  customerName: string;
  /** YYYY-MM-DD. */
  documentDate: string;
  createdAt: string;
  /** SHA-256 of the request, for the duplicate guard of the vendor. */
  fingerprint: string;
  wire: Fields;
}

/** One request from us, decoded. `status` is the answered HTTP status, 0 for none. */
export interface RecordedCall {
  id: string;
  at: string;
  provider: VendorName;
  operation: Operation | 'unknown';
  method: string;
  path: string;
  idempotencyKey: string | null;
  /** The headers that the folder of the vendor wants to keep, by lower-case name. */
  headers?: Record<string, string>;
  reference: string | null;
  status: number;
  body: unknown;
}

/** One webhook on its way. `status` is null until tried, then the receiver's HTTP status, 0 for none. */
export interface Delivery {
  id: string;
  provider: VendorName;
  checkoutId: string;
  transactionId: string | null;
  mode: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  dueAt: string;
  /** Sent only after that one was answered. */
  after: string | null;
  status: number | null;
  error: string | null;
  answeredAt: string | null;
}

/** Rows of a single vendor: a webhook endpoint, a dispute, an answer stored under an idempotency key. */
export interface VendorRow {
  provider: VendorName;
  table: string;
  id: string;
  /** Null once it is gone. */
  fields: Fields | null;
}

/** One line of the append-only state. */
export type Entry =
  | { kind: 'checkout'; checkout: Checkout }
  | { kind: 'cancelled'; checkoutId: string; at: string }
  | { kind: 'transaction'; transaction: Transaction }
  | { kind: 'document'; document: StoredDocument }
  | { kind: 'document_status'; id: string; status: number }
  /** Replaces an earlier row with the same id. */
  | { kind: 'vendor_row'; row: VendorRow }
  | { kind: 'call'; call: RecordedCall }
  | { kind: 'answered'; callId: string; status: number }
  | { kind: 'delivery'; delivery: Delivery }
  | { kind: 'delivered'; id: string; status: number; error: string | null; at: string };
