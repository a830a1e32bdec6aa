import type { PaymentRequestSettings } from '../../db/workspaces.ts';
import { changeAccountantMonth } from '../../domain/accountant-month.ts';
import type { AccountantMonth } from '../../domain/accountant-month.ts';
import { dayInZone } from '../../domain/calendar.ts';
import type { Day } from '../../domain/calendar.ts';
import { changeHashavshevet, faultOfHashavshevet } from '../../domain/hashavshevet.ts';
import type { HashavshevetChange, HashavshevetSettings } from '../../domain/hashavshevet.ts';
import { fieldProblem, Problem } from '../../domain/problems.ts';
import type { FieldProblem, ProblemCode } from '../../domain/problems.ts';
import { REPORTED_FROM_DAY, toIsraeliTaxId } from '../../domain/workspace.ts';
import type {
  DealerType,
  DocumentIssuer,
  ExemptSales,
  InvoiceServiceText,
  VatReturn,
  Workspace,
} from '../../domain/workspace.ts';
import type { NewWorkspace, WorkspaceChange } from './workspace-schema.ts';

/** All settings of a workspace. The dealer is that of today. */
export interface WorkspaceSettings extends Omit<Workspace, 'id'> {
  readonly dealerType: DealerType;
  readonly vatRegistered: boolean;
  readonly paymentRequest: PaymentRequestSettings;
  readonly eDocumentConsentsHeld: boolean;
  readonly invoiceServiceText: InvoiceServiceText;
  readonly exemptSales: ExemptSales;
  readonly hashavshevet: HashavshevetSettings | null;
  readonly vatReturn: VatReturn | null;
  readonly accountantMonth: AccountantMonth | null;
}

/** Defaults of a new workspace. */
const DEFAULTS = {
  timeZone: 'Asia/Jerusalem',
  currency: 'ILS',
  locale: 'he',
  documentIssuer: null,
  providerDescription: null,
  booksClosedThrough: null,
  vatReturn: null,
  eDocumentConsentsHeld: false,
  invoiceServiceText: 'neutral',
  exemptSales: 'transaction_invoice',
} as const;
const ADDRESS = { street: '', houseNumber: '', city: '', zip: '', country: 'IL' };
const RECEIPT = { email: false, print: 'at_issue', onPayPage: false } as const;

/** Defaults for a workspace that never set when its payers are asked. */
export const PAYMENT_REQUEST: PaymentRequestSettings = {
  at: 'manual',
  remindAfterDays: null,
  overdueAfterHours: 48,
};

/** Settings of a new workspace, with defaults for missing ones. */
export function toSettings(
  { firstNumbers: _numbers, ...given }: NewWorkspace,
  now = new Date(),
): WorkspaceSettings {
  const { timeZone = DEFAULTS.timeZone } = given;
  return {
    ...DEFAULTS,
    legalName: { he: given.name, en: given.name },
    vatRegistered: isUsuallyRegistered(given.dealerType),
    ...given,
    address: { ...ADDRESS, ...given.address },
    receipt: { ...RECEIPT, ...given.receipt },
    paymentRequest: { ...PAYMENT_REQUEST, ...given.paymentRequest },
    hashavshevet: settingsAfter(null, given.hashavshevet),
    vatReturn: vatReturnAfter(null, given.vatReturn),
    accountantMonth: monthAfter(null, given.accountantMonth, dayInZone(now, timeZone)),
    taxId: storedTaxId(given),
  };
}

/** The settings after a change. Another dealer type sets its usual VAT registration, unless the change sets it. */
export function changeSettings(
  before: WorkspaceSettings,
  { firstNumbers: _numbers, ...change }: WorkspaceChange,
  now = new Date(),
): WorkspaceSettings {
  const { timeZone = before.timeZone } = change;
  const isOtherDealer = change.dealerType !== undefined && change.dealerType !== before.dealerType;
  return {
    ...before,
    ...(isOtherDealer ? { vatRegistered: isUsuallyRegistered(change.dealerType ?? before.dealerType) } : {}),
    ...change,
    legalName: { ...before.legalName, ...change.legalName },
    address: { ...before.address, ...change.address },
    receipt: { ...before.receipt, ...change.receipt },
    paymentRequest: { ...before.paymentRequest, ...change.paymentRequest },
    hashavshevet: settingsAfter(before.hashavshevet, change.hashavshevet),
    vatReturn: vatReturnAfter(before.vatReturn, change.vatReturn),
    accountantMonth: monthAfter(before.accountantMonth, change.accountantMonth, dayInZone(now, timeZone)),
    taxId: storedTaxId({ ...before, ...change }),
  };
}

function settingsAfter(
  before: HashavshevetSettings | null,
  change: HashavshevetChange | null | undefined,
): HashavshevetSettings | null {
  return change === undefined ? before : change && changeHashavshevet(before, change);
}

/** @throws Problem validation_failed where nobody says for how many months the business reports */
function vatReturnAfter(before: VatReturn | null, change: NewWorkspace['vatReturn']): VatReturn | null {
  if (change === undefined) return before;
  if (change === null) return null;
  const { months = before?.months, reportedFromDay = before?.reportedFromDay ?? REPORTED_FROM_DAY } = change;
  if (months === undefined)
    throw fieldProblem('#/vatReturn/months', 'is required: 1 or 2, the months that one return is for');
  return { months, reportedFromDay };
}

function monthAfter(
  before: AccountantMonth | null,
  change: NewWorkspace['accountantMonth'],
  today: Day,
): AccountantMonth | null {
  return change === undefined ? before : change && changeAccountantMonth(before, change, today);
}

/** The number of an Israeli dealer in nine digits. `checkSettings` refuses a wrong one. */
function storedTaxId({ dealerType, taxId }: Pick<WorkspaceSettings, 'dealerType' | 'taxId'>): string {
  return (dealerType === 'foreign' ? null : toIsraeliTaxId(taxId)) ?? taxId;
}

function isUsuallyRegistered(dealerType: DealerType): boolean {
  return dealerType === 'osek_murshe' || dealerType === 'company';
}

/**
 * Rules across fields. `today` is the day in the settings' time zone.
 * @throws Problem validation_failed or vat_country_unsupported, naming the field
 */
export function checkSettings(settings: WorkspaceSettings, today: Day): void {
  const { dealerType, vatRegistered, taxId, booksClosedThrough, hashavshevet, accountantMonth } = settings;
  refuse(dealerType === 'foreign' && vatRegistered, 'vat_country_unsupported', {
    pointer: '#/vatRegistered',
    detail: 'only Israeli VAT is supported; a foreign dealer cannot be registered for VAT',
  });
  refuse(dealerType === 'osek_patur' && vatRegistered, 'validation_failed', {
    pointer: '#/vatRegistered',
    detail: 'an osek_patur is not registered for VAT; set it to false or change dealerType',
  });
  refuse(dealerType !== 'foreign' && toIsraeliTaxId(taxId) === null, 'validation_failed', {
    pointer: '#/taxId',
    detail: 'is not an Israeli number of up to 9 digits with a correct check digit',
  });
  const field = hashavshevet && faultOfHashavshevet(hashavshevet);
  if (field) refuse(true, 'validation_failed', field);
  refuse(accountantMonth?.to === '', 'validation_failed', {
    pointer: '#/accountantMonth/to',
    detail: 'is missing: give the address of the accountant',
  });
  refuse(accountantMonth?.day === 0, 'validation_failed', {
    pointer: '#/accountantMonth/day',
    detail: 'is missing: give the day of the month on which the month before is mailed',
  });
  refuse(booksClosedThrough !== null && booksClosedThrough >= today, 'validation_failed', {
    pointer: '#/booksClosedThrough',
    detail: `must be before today (${today}): money that comes today needs a document dated today`,
  });
}

/** What no change may do, whatever it says otherwise. @throws Problem validation_failed naming the field */
export function checkChange(before: WorkspaceSettings, after: WorkspaceSettings): void {
  refuse(after.mode !== before.mode, 'validation_failed', {
    pointer: '#/mode',
    detail: `is fixed at creation and is ${before.mode} here; create another workspace`,
  });
  refuse(isReopened(before.booksClosedThrough, after.booksClosedThrough), 'validation_failed', {
    pointer: '#/booksClosedThrough',
    detail: `the books are closed through ${before.booksClosedThrough ?? ''} and cannot be opened again`,
  });
}

function isReopened(before: Day | null, after: Day | null): boolean {
  return before !== null && (after === null || after < before);
}

/**
 * Legal documents come from one place. `service` is the active invoice service, or null. Without one, either issuer
 * may be set, since the service may come later.
 * @throws Problem document_issuer_conflict
 */
export function checkIssuer(
  issuer: DocumentIssuer | null,
  service: { readonly name: string; readonly issuesLegalDocuments: boolean } | null,
): void {
  if (issuer === null || service === null) return;
  refuse((issuer === 'invoice_service') !== service.issuesLegalDocuments, 'document_issuer_conflict', {
    pointer: '#/documentIssuer',
    detail: service.issuesLegalDocuments
      ? `${service.name} issues the legal documents, so documentIssuer cannot be "engine"`
      : `${service.name} issues no legal documents; documentIssuer cannot be "invoice_service" with it`,
  });
}

function refuse(isWrong: boolean, code: ProblemCode, field: FieldProblem): void {
  if (isWrong) throw new Problem(code, `${field.pointer}: ${field.detail}`, { fields: [field] });
}
