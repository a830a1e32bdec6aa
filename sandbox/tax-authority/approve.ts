import { createHash } from 'node:crypto';
import { faultsOf, filledText, optional, required } from '../fields.ts';
import type { Rule, Shape } from '../fields.ts';
import { israelDay } from '../israel.ts';
import type { Fields } from '../ledger/records.ts';
import { fieldsOf, textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorDeps } from '../vendor.ts';
import type { Grants } from './grants.ts';

const DAY_MS = 86_400_000;
const TYPES = [305, 310, 320, 332, 340, 345];
const NORMAL_ACTIONS = [0, 3, 4];
/** A customer of this name is refused. */
const REFUSED_NAME = /refuse|סירוב/i;

const number: Rule = (value, path) =>
  typeof value === 'number' && Number.isFinite(value) ? [] : [{ field: path, problem: 'must be a number' }];
const day: Rule = (value, path) =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
    ? []
    : [{ field: path, problem: 'must be YYYY-MM-DD' }];

/** The fields of v2. Source: docs/reference/israel-tax.md, "The authority's API". */
const V2: Shape = {
  invoice_id: required(filledText),
  invoice_type: required(number),
  vat_number: required(number),
  union_vat_number: optional(number),
  authorized_company: optional(number),
  user_id: optional(number),
  user_name: optional(filledText),
  invoice_reference_number: required(filledText),
  customer_vat_number: optional(number),
  customer_name: optional(filledText),
  customer_country_code: optional(filledText),
  invoice_date: required(day),
  invoice_issuance_date: required(day),
  branch_id: optional(filledText),
  accounting_software_number: required(number),
  client_software_key: optional(filledText),
  amount_before_discount: required(number),
  discount: required(number),
  payment_amount: required(number),
  vat_amount: required(number),
  payment_amount_including_vat: required(number),
  invoice_note: optional(filledText),
  action: optional(number),
  items: optional(() => []),
};

/** The names of v1, as its table writes them. */
const V1_NAMES: Readonly<Record<string, string>> = {
  Invoice_ID: 'invoice_id',
  Invoice_Type: 'invoice_type',
  Vat_Number: 'vat_number',
  Union_Vat_Number: 'union_vat_number',
  Invoice_Reference_Number: 'invoice_reference_number',
  Customer_VAT_Number: 'customer_vat_number',
  Customer_Name: 'customer_name',
  Invoice_Date: 'invoice_date',
  Invoice_Issuance_Date: 'invoice_issuance_date',
  Branch_ID: 'branch_id',
  Accounting_Software_Number: 'accounting_software_number',
  Client_Software_Key: 'client_software_key',
  Amount_Before_Discount: 'amount_before_discount',
  Discount: 'discount',
  Payment_Amount: 'payment_amount',
  VAT_Amount: 'vat_amount',
  Payment_Amount_Including_VAT: 'payment_amount_including_vat',
  Invoice_Note: 'invoice_note',
  Action: 'action',
  Items: 'items',
};

type Version = 'v1' | 'v2';

/** `Invoices/<version>/Approval`. The same id gets the same number: a guess, since nothing is said of repeats. */
export function approve({ now }: VendorDeps, grants: Grants, version: Version): Route {
  return {
    verb: 'post',
    path: `/Invoices/${version}/Approval`,
    operation: 'allocate',
    referenceOf: (call) => textOrNull(toV2(fieldsOf(call), version)['invoice_id']),
    answer: (call) => {
      const [, token = ''] = /^Bearer (.+)$/.exec(call.headers.authorization ?? '') ?? [];
      if (!grants.isAccess(token)) return { status: 401, json: { httpMessage: 'Unauthorized' } };
      const invoice = toV2(fieldsOf(call), version);
      const [fault] = faultsOf(invoice, V2);
      if (fault !== undefined)
        return { status: 422, json: { errors: [{ param: fault.field, message: fault.problem }] } };
      const code = refusalOf(invoice, version, israelDay(now()));
      return code === null ? approved(invoice, version) : refused(code, version);
    },
  };
}

/** An unknown name of v1 stays as it is, and so is refused. */
function toV2(given: Fields, version: Version): Fields {
  if (version === 'v2') return given;
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [V1_NAMES[name] ?? `? ${name}`, value]),
  );
}

/** The code for which a number is refused, or null. Source: docs/reference/israel-tax.md, "The authority's API". */
function refusalOf(invoice: Fields, version: Version, today: string): number | null {
  const amount = (name: string): number => Math.round(Number(invoice[name]) * 100);
  const daysBack = (Date.parse(today) - Date.parse(String(invoice['invoice_date']))) / DAY_MS;
  const rules: readonly (readonly [boolean, number])[] = [
    [!isDealer(invoice['vat_number']), 431],
    [!isDealer(invoice['customer_vat_number']), version === 'v1' ? 432 : 431],
    [version === 'v2' && invoice['user_id'] === undefined && invoice['user_name'] === undefined, 446],
    [daysBack > (version === 'v1' ? 14 : 365), 434],
    [daysBack < -30, 435],
    [invoice['action'] === 3 && amount('vat_amount') !== 0, 437],
    [!TYPES.includes(Number(invoice['invoice_type'])), 460],
    [!NORMAL_ACTIONS.includes(Number(invoice['action'] ?? 0)), 460],
    [amount('amount_before_discount') - amount('discount') !== amount('payment_amount'), 460],
    [amount('payment_amount') + amount('vat_amount') !== amount('payment_amount_including_vat'), 460],
    [REFUSED_NAME.test(textOrNull(invoice['customer_name']) ?? ''), 460],
  ];
  return rules.find(([isBroken]) => isBroken)?.[1] ?? null;
}

/** Nine digits whose check digit is right. Source: docs/reference/israel-tax.md, "Check digit". */
function isDealer(value: unknown): boolean {
  const digits = String(value).padStart(9, '0');
  if (!/^\d{9}$/.test(digits)) return false;
  const sum = Array.from(digits, Number).reduce((total, digit, at) => {
    const product = digit * (at % 2 === 0 ? 1 : 2);
    return total + (product > 9 ? product - 9 : product);
  }, 0);
  return sum % 10 === 0;
}

function approved(invoice: Fields, version: Version): Answer {
  const hash = createHash('sha256').update(String(invoice['invoice_id'])).digest('hex');
  const tail = BigInt(`0x${hash.slice(0, 16)}`)
    .toString()
    .padStart(16, '0')
    .slice(-16);
  const confirmation = `${String(invoice['invoice_date']).replaceAll('-', '')}${tail}`;
  const json =
    version === 'v1'
      ? { Status: 200, Message: 'Invoice approved', Confirmation_number: confirmation }
      : { status: 200, message: 'Invoice approved', confirmation_number: confirmation, approved: true };
  return { status: 200, json };
}

function refused(code: number, version: Version): Answer {
  const errors = [{ code, message: 'refused', param: '', location: 'validation' }];
  const json =
    version === 'v1'
      ? { Status: 200, Message: [{ errors }], Confirmation_Number: 0 }
      : { status: 200, message: { errors }, confirmation_number: 0, approved: false };
  return { status: 200, json };
}
