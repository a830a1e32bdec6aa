/** What the checks go by: the engine's rows and the vendors' own ledger. No code of the engine reads them for us. */
export interface Evidence {
  readonly workspaceId: string;
  /** Any connection that sees every row. */
  readonly query: <Row extends object>(text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;
  readonly ledger: Ledger;
}

/** The sandbox's own books, as its control API lists them. */
export interface Ledger {
  readonly transactions: readonly LedgerTransaction[];
  readonly documents: readonly LedgerDocument[];
}

export interface LedgerTransaction {
  readonly id: string;
  readonly provider: string;
  readonly checkoutId: string;
  readonly kind: 'charge' | 'refund';
  readonly approved: boolean;
  readonly amount: number;
  readonly currency: string;
  /** The payment's id, as our pages give it. */
  readonly reference: string | null;
  readonly at: string;
  readonly method: string;
  readonly reverses: string | null;
  readonly refundReference?: string;
  /** Of a void beside another charge of the payment: the vendor does not say which of the two refunds before it were of. */
  readonly orWhole?: number;
}

export interface LedgerDocument {
  readonly id: string;
  readonly provider: string;
  readonly type: number;
  readonly status: number;
  readonly total: number;
  readonly vat: number;
  readonly net: number;
  readonly reference: string | null;
  readonly description: string;
}

/** A rule that must hold at rest: a sentence for each time that it does not. */
export type Rule = (evidence: Evidence) => Promise<readonly string[]>;
