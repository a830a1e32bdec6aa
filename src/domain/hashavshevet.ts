import type { MeansMethod, PaymentMethod } from './means.ts';
import type { FieldProblem } from './problems.ts';

/** Whose accounts the sales go through. `none`: money goes straight to income. */
export const CUSTOMER_ACCOUNTS = ['none', 'collective', 'each'] as const;
/** Encodings of Hebrew that Hashavshevet can import. */
export const HASHAVSHEVET_ENCODINGS = ['windows-1255', 'cp862'] as const;

/** The account of money that came by a means, at a provider, or both. */
export interface CashBox {
  readonly method?: PaymentMethod | undefined;
  readonly provider?: string | undefined;
  readonly account: string;
}

/**
 * Accounts and codes of a business in its bookkeeper's program. Source: docs/reference/hashavshevet.md, "Accounts and codes".
 */
export interface HashavshevetSettings {
  readonly income: string;
  readonly incomeZeroRated: string;
  readonly incomeExempt: string;
  readonly vat: string;
  /** Tax that customers withheld. */
  readonly withheld: string;
  /** Money for which `cashBoxes` has no account. */
  readonly cashBox: string;
  readonly cashBoxes: readonly CashBox[];
  readonly customers: (typeof CUSTOMER_ACCOUNTS)[number];
  /** The one account of all customers, where they have one together. */
  readonly customerAccount: string | null;
  /** Under which new accounts of customers are sorted. */
  readonly customerSortCode: string;
  /** Codes of movements: tax invoice/receipt, credit tax invoice, receipt. */
  readonly invoiceCode: string;
  readonly creditCode: string;
  readonly receiptCode: string;
  readonly currencyCode: string;
  readonly encoding: (typeof HASHAVSHEVET_ENCODINGS)[number];
}

/** What a business may leave out. */
const DEFAULTS = {
  cashBoxes: [],
  customers: 'none',
  customerAccount: null,
  customerSortCode: '',
  invoiceCode: 'חק',
  creditCode: 'חז',
  receiptCode: 'קב',
  currencyCode: 'ש"ח',
  encoding: 'windows-1255',
} as const;

/** A change of the settings: what it does not name stays. */
export type HashavshevetChange = {
  readonly [Name in keyof HashavshevetSettings]?: HashavshevetSettings[Name] | undefined;
};

/**
 * The settings after a change. Income of zero-rated and exempt sales goes to `income` unless it has an account of its own.
 * `faultOfHashavshevet` refuses what is missing.
 */
export function changeHashavshevet(
  before: HashavshevetSettings | null,
  change: HashavshevetChange,
): HashavshevetSettings {
  const { income = '', vat = '', withheld = '', cashBox = '' } = { ...before, ...change };
  const ownIncome = { incomeZeroRated: income, incomeExempt: income };
  return { ...DEFAULTS, ...ownIncome, ...before, ...change, income, vat, withheld, cashBox };
}

/** The first thing that is wrong with the settings; null if nothing is. */
export function faultOfHashavshevet(settings: HashavshevetSettings): FieldProblem | null {
  for (const name of ['income', 'vat', 'withheld', 'cashBox'] as const)
    if (settings[name] === '')
      return { pointer: `#/hashavshevet/${name}`, detail: 'is missing: give the account of the bookkeeper' };
  if ((settings.customers === 'collective') !== (settings.customerAccount !== null))
    return {
      pointer: '#/hashavshevet/customerAccount',
      detail: 'is the one account of all customers: give it with customers = collective, and only then',
    };
  const places = settings.cashBoxes.map(({ method, provider }) => `${method ?? ''} ${provider ?? ''}`);
  const at = places.findIndex((place, index) => place === ' ' || places.indexOf(place) < index);
  if (at < 0) return null;
  return places[at] === ' '
    ? { pointer: `#/hashavshevet/cashBoxes/${at}`, detail: 'needs a method, a provider, or both' }
    : {
        pointer: `#/hashavshevet/cashBoxes/${at}`,
        detail: 'is there twice: keep one for each method and provider',
      };
}

/**
 * The account of money: that of its means and provider, else of its means, else of its provider, else the one of all. Tax that was
 * withheld has its own.
 */
export function cashBoxOf(
  { cashBoxes, cashBox, withheld }: HashavshevetSettings,
  method: MeansMethod,
  provider: string,
): string {
  if (method === 'withheld') return withheld;
  const fitting = cashBoxes.filter(
    (box) => (box.method ?? method) === method && (box.provider ?? provider) === provider,
  );
  const weight = (box: CashBox): number => (box.method ? 2 : 0) + (box.provider ? 1 : 0);
  const [best] = fitting.sort((one, other) => weight(other) - weight(one));
  return best?.account ?? cashBox;
}
