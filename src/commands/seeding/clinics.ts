import type { DocumentIssuer, DealerType, TaxProfile, Workspace } from '../../domain/workspace.ts';
import { chanceAt } from './chance.ts';
import { createSeededIds } from './seeded-ids.ts';

/** A workspace that gets payments, with what its documents and payments depend on. */
export interface SeededClinic {
  readonly workspace: Workspace & { readonly logoSha256: string | null };
  readonly profiles: readonly TaxProfile[];
  readonly issuer: DocumentIssuer;
  /** Without one, all its payments are manual. */
  readonly provider: SeededAccount | null;
  readonly invoices: SeededAccount | null;
  readonly payments: number;
}

/** An account at a vendor that seeded rows refer to. */
export interface SeededAccount {
  readonly id: string;
  readonly provider: string;
}

/** The moment at which the chain was founded: ids of its workspaces and accounts bear it. */
const FOUNDED = new Date('2023-12-01T08:00:00Z');
/** Every profile begins here, before the first payment. */
const VALID_FROM = '2000-01-01';

const CITIES = ['תל אביב', 'חיפה', 'ירושלים', 'באר שבע', 'נתניה', 'רמת גן', 'אשדוד', 'כפר סבא'] as const;
const DEALERS: Readonly<Record<'osek_murshe' | 'company' | 'osek_patur' | 'amuta', number>> = {
  osek_murshe: 55,
  company: 25,
  osek_patur: 15,
  amuta: 5,
};

/**
 * A chain of clinics, each a test workspace. The first one has the most payments, the others fewer and fewer.
 * @param vendors outside names to choose from
 */
export function chainOfClinics(
  seed: number,
  payments: number,
  vendors: { readonly payment: readonly string[]; readonly invoice: readonly string[] },
): SeededClinic[] {
  const count = Math.max(1, Math.min(200, Math.round(payments / 2_500)));
  const weights = Array.from({ length: count }, (_, index) => 1 / (index + 1) ** 0.8);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.floor((payments * weight) / all));
  const rest = payments - shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share, index) => clinicOf(seed, index, share + (index === 0 ? rest : 0), vendors));
}

function clinicOf(
  seed: number,
  index: number,
  payments: number,
  vendors: { readonly payment: readonly string[]; readonly invoice: readonly string[] },
): SeededClinic {
  const chance = chanceAt(seed, index);
  const ids = createSeededIds(seed, `chain ${index}`);
  const id = ids('workspace', FOUNDED, index);
  const dealerType: DealerType = chance.weighted(DEALERS);
  const vatRegistered = dealerType !== 'osek_patur';
  const city = chance.pick(CITIES);
  const account = (place: number, provider: string | undefined): SeededAccount | null =>
    provider === undefined ? null : { id: ids('account', FOUNDED, place), provider };
  return {
    workspace: {
      id,
      name: `Seeded clinic ${index + 1}`,
      legalName: { he: `מרפאת ${city} ${index + 1}`, en: `Seeded clinic ${index + 1}` },
      taxId: toTaxId(510_000_00 + index),
      address: { street: 'הרצל', houseNumber: String(index + 1), city, zip: '6688101', country: 'IL' },
      timeZone: 'Asia/Jerusalem',
      currency: 'ILS',
      locale: 'he',
      mode: 'test',
      documentIssuer: 'engine',
      receipt: { email: false, print: 'on_demand', onPayPage: false },
      providerDescription: null,
      booksClosedThrough: null,
      logoSha256: null,
    },
    profiles: [{ validFrom: VALID_FROM, dealerType, vatRegistered }],
    issuer: 'engine',
    provider: account(1, vendors.payment[index % vendors.payment.length]),
    invoices: index % 3 === 0 ? account(2, vendors.invoice[0]) : null,
    payments,
  };
}

/** Eight digits with the check digit of an Israeli number (weights 1 2 1 2 …). */
function toTaxId(body: number): string {
  const digits = String(body).padStart(8, '0').split('').map(Number);
  const sum = digits.reduce((total, digit, index) => {
    const weighted = digit * ((index % 2) + 1);
    return total + (weighted > 9 ? weighted - 9 : weighted);
  }, 0);
  return `${digits.join('')}${(10 - (sum % 10)) % 10}`;
}
