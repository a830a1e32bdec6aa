import { faultsOf } from '../fields.ts';
import type { Shape } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { fieldsOf, isGoodCredential } from '../vendor.ts';
import type { Answer, Route, VendorCall } from '../vendor.ts';
import { refuse } from './errors.ts';
import type { GrowErrorId } from './errors.ts';
import { missingOf } from './request-shapes.ts';

const FORM = /^(multipart\/form-data|application\/x-www-form-urlencoded)\b/i;
/** The error id for each wrong credential; only 723 is documented exactly. */
const WRONG: readonly (readonly [string, GrowErrorId])[] = [
  ['userId', 701],
  ['pageCode', 724],
  ['apiKey', 731],
];

/**
 * An `answer` for a method with these form fields and good ids. Fields are checked first, and JSON is not read at
 * all: it looks like missing fields.
 * Source: docs/reference/grow.md, "Hosts and credentials".
 */
export function formOf(shape: Shape, answer: (request: Fields, call: VendorCall) => Answer): Route['answer'] {
  return (call) => {
    const request = readForm(call);
    return refusedFields(request, shape) ?? refusedIds(request) ?? answer(request, call);
  };
}

/** The fields of the request; none if it is not a form. */
export const readForm = (call: VendorCall): Fields =>
  FORM.test(call.headers['content-type'] ?? '') ? fieldsOf(call) : {};

function refusedFields(request: Fields, shape: Shape): Answer | null {
  const missing = missingOf(request, shape);
  const ofPayer = missing.filter((field) => field.startsWith('pageField'));
  if (missing.length > ofPayer.length)
    return refuse(54, missing.filter((field) => !ofPayer.includes(field)).join(', '));
  if (ofPayer.length > 0) return refuse(717, ofPayer.join(', '));
  const [wrong] = faultsOf(request, shape);
  return wrong === undefined ? null : refuse(109, wrong.field);
}

function refusedIds(request: Fields): Answer | null {
  const wrong = WRONG.find(([field]) => Object.hasOwn(request, field) && !isGoodCredential(request[field]));
  return wrong === undefined ? null : refuse(wrong[1], wrong[0]);
}
