import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { isGoodCredential } from '../vendor.ts';
import type { Answer, Route, VendorCall } from '../vendor.ts';
import { refuse } from './envelope.ts';

/** SUMIT's numbers for kinds of businesses. Source: its OpenAPI file, `Website_Typed_CompanyType`. */
export const COMPANY_TYPE = { company: 0, patur: 1, murshe: 2, amuta: 3 } as const;
export type CompanyKind = keyof typeof COMPANY_TYPE;

export interface Account {
  /** The CompanyID as text. */
  id: string;
  kind: CompanyKind;
}

/** An `answer` for a route that wants credentials, which SUMIT carries in each body. */
export function authenticated(answer: (account: Account, call: VendorCall) => Answer): Route['answer'] {
  return (call) => {
    const account = readAccount(call.body);
    return account === null ? refuse('פרטי ההזדהות שגויים') : answer(account, call);
  };
}

/** The CompanyID, also of a caller whose key is wrong. */
export function accountsOf({ body }: VendorCall): string[] {
  const companyId = credentialsOf(body)['CompanyID'];
  return typeof companyId === 'number' ? [String(companyId)] : [];
}

/** The sandbox has no sign-up: what kind of business an account is, its API key says. */
function readAccount(body: unknown): Account | null {
  const { CompanyID: companyId, APIKey: key } = credentialsOf(body);
  if (!Number.isInteger(companyId) || !isGoodCredential(key)) return null;
  const kind = (['patur', 'amuta', 'company'] as const).find((name) => key.toLowerCase().includes(name));
  return { id: String(companyId), kind: kind ?? 'murshe' };
}

const credentialsOf = (body: unknown): Fields =>
  isFields(body) && isFields(body['Credentials']) ? body['Credentials'] : {};

export const chargesVat = ({ kind }: Account): boolean => kind === 'murshe' || kind === 'company';
