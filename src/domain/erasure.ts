import type { Customer, Item, Patient } from './payer.ts';

/** By what an app names a person whose data is to go. A payment that bears any one of these is about the person. */
export interface Identifiers {
  readonly email?: string;
  /** E.164. */
  readonly phone?: string;
  readonly taxId?: string;
  /** The app's own id of the person. */
  readonly subject?: string;
}

/** Replaces an erased text where a text is required. */
export const ERASED = '[erased]';

/** What a payment says of people, in the app's words. */
export interface PersonalFields {
  readonly reference: string;
  readonly subject: string | null;
  readonly description: string;
  readonly vatReason: string | null;
  readonly items: readonly Item[] | null;
  readonly customer: Customer | null;
  readonly patient: Patient | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly successUrl: string | null;
  readonly cancelUrl: string | null;
}

/** The same without the person. The patient, the days of the sessions and the subject always go. */
export type ErasedFields = Omit<PersonalFields, 'subject' | 'patient'>;

/** Says whether a text names one of these people. */
export type NamesThem = (text: string) => boolean;

/**
 * What is left of a payment. If it has a document, the payment keeps what the document says: name, address, description and
 * reference. If it has none, nothing that the app wrote is kept. A reference that names the person becomes `fallback`.
 */
export function withoutPerson(
  fields: PersonalFields,
  { hasDocument, names, fallback }: { hasDocument: boolean; names: NamesThem; fallback: string },
): ErasedFields {
  const { reference, description, vatReason, items, customer, metadata, successUrl, cancelUrl } = fields;
  const unlessNamed = (url: string | null): string | null =>
    url !== null && (names(url) || names(readable(url))) ? null : url;
  return {
    ...(hasDocument
      ? { reference, description, vatReason, items }
      : {
          reference: names(reference) ? fallback : reference,
          description: ERASED,
          vatReason: vatReason === null ? null : ERASED,
          items: items?.map((item) => ({ ...item, description: ERASED })) ?? null,
        }),
    customer: hasDocument ? asOnTheDocument(customer) : null,
    metadata: Object.fromEntries(
      Object.entries(metadata).filter(([name, value]) => !names(name) && !names(value)),
    ),
    successUrl: unlessNamed(successUrl),
    cancelUrl: unlessNamed(cancelUrl),
  };
}

/** An address on the web as people read it: `dana%40example.com` has an @. */
function readable(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** The address in its parts is what the files for the tax authority are made of. */
function asOnTheDocument(customer: Customer | null): Customer | null {
  const { name, address } = customer ?? {};
  const kept = { ...(name === undefined ? {} : { name }), ...(address === undefined ? {} : { address }) };
  return Object.keys(kept).length === 0 ? null : kept;
}

/** Numbers and ids shorter than this, and words shorter than that, stand in too many texts that are about something else. */
const SHORTEST_NUMBER = 5;
const SHORTEST_WORD = 2;

/** A test for texts that name one of these people: by a word of the name, an address, a number or an id. */
export function namesAny(people: readonly (Identifiers & { readonly name?: string })[]): NamesThem {
  const words = new Set(people.flatMap(({ name = '' }) => wordsOf(name)));
  const parts = people
    .flatMap(({ email, subject }) => [email, subject])
    .filter((part) => part !== undefined && part.length >= SHORTEST_NUMBER)
    .map((part) => String(part).toLowerCase());
  const numbers = people
    .flatMap(({ phone, taxId }) => [phone, taxId])
    .map((number) => nationalDigits(number ?? ''))
    .filter((number) => number.length >= SHORTEST_NUMBER);
  return (text) => {
    const lower = text.toLowerCase();
    const digits = text.replaceAll(/\D/g, '');
    return (
      parts.some((part) => lower.includes(part)) ||
      numbers.some((number) => digits.includes(number)) ||
      wordsOf(text).some((word) => words.has(word) || words.has(word.replace(PREFIX, '')))
    );
  };
}

/** What Hebrew writes together with the word behind it: and, that, to, in, from, the, as. */
const PREFIX = /^ו?[שלבמהכ]?/;

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word.length >= SHORTEST_WORD);
}

/** Without the country code, and without zeros in front: people write a number with and without them. */
function nationalDigits(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  return (number.startsWith('+') ? digits.slice(-8) : digits).replace(/^0+/, '');
}

/** Why the law keeps a document. Source: docs/reference/israel-tax.md, "Retention". */
export const WHY_DOCUMENTS_STAY =
  'the law: seven years from the end of the tax year, or six from filing its return, whichever is later';

/** The first day on which a document of this tax year may go, at the earliest. Source: as above. */
export function documentsKeptUntil(fiscalYear: number): string {
  return `${fiscalYear + 7}-12-31`;
}
