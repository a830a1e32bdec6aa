import { isFields } from '../fields.ts';
import type { Fields } from '../ledger/records.ts';
import { isGoodCredential } from '../vendor.ts';
import type { Answer, Route, VendorCall } from '../vendor.ts';
import { hasOtherHabit } from '../habits.ts';
import { refuse } from './envelope.ts';

/** SUMIT's numbers for types of businesses. Source: its OpenAPI file, `Website_Typed_CompanyType`. */
export const COMPANY_TYPE = { company: 0, patur: 1, murshe: 2, amuta: 3 } as const;
export type CompanyKind = keyof typeof COMPANY_TYPE;

export interface Account {
  /** The CompanyID as text. */
  id: string;
  kind: CompanyKind;
  /** Whether it has SUMIT's other habit (README of the sandbox). */
  isOther: boolean;
}

/** An `answer` for a route with credentials, which are in each body at SUMIT. */
export function authenticated(answer: (account: Account, call: VendorCall) => Answer): Route['answer'] {
  return (call) => {
    const account = readAccount(call.body);
    if (account === null) return refuse('פרטי ההזדהות שגויים');
    return account.isOther ? inWords(answer(account, call)) : answer(account, call);
  };
}

/** The file writes values as `Success (0)`; whether answers have the number or the name is unknown. */
function inWords(answer: Answer): Answer {
  const { json } = answer as { json?: unknown };
  if (!isFields(json)) return answer;
  const words = ['Success (0)', 'BusinessError (1)', 'TechnicalError (2)'];
  return { ...answer, json: { ...json, Status: words[Number(json['Status'])] } };
}

/** The CompanyID, also of a caller with a wrong key. */
export function accountsOf({ body }: VendorCall): string[] {
  const companyId = credentialsOf(body)['CompanyID'];
  return typeof companyId === 'number' ? [String(companyId)] : [];
}

/** The sandbox has no sign-up: the API key says what type of business an account is. */
function readAccount(body: unknown): Account | null {
  const { CompanyID: companyId, APIKey: key } = credentialsOf(body);
  if (!Number.isInteger(companyId) || !isGoodCredential(key)) return null;
  const kind = (['patur', 'amuta', 'company'] as const).find((name) => key.toLowerCase().includes(name));
  return { id: String(companyId), kind: kind ?? 'murshe', isOther: hasOtherHabit(key) };
}

const credentialsOf = (body: unknown): Fields =>
  isFields(body) && isFields(body['Credentials']) ? body['Credentials'] : {};

export const chargesVat = ({ kind }: Account): boolean => kind === 'murshe' || kind === 'company';
