import type { ZodType } from 'zod';
import { isProviderError, ProviderError } from '../../../domain/provider-error.ts';
import type { Http } from '../../../http.ts';
import { BUSINESS_ERROR, COMPANY, CREATED, DETAILS, LISTED, readAnswer } from './wire.ts';
import type { SumitCredentials } from './credentials.ts';
import type { DocumentBody, ListBody, WireDetails, WireList } from './wire.ts';

/** The service's calls that we use. All throw ProviderError. */
export interface Client {
  create(body: DocumentBody): Promise<{ DocumentID: string }>;
  list(body: ListBody): Promise<WireList>;
  read(documentId: string): Promise<WireDetails>;
  /** Reads the particulars of the company. */
  checkAccess(): Promise<void>;
}

const API = 'https://api.sumit.co.il';
interface Call<T> {
  readonly path: string;
  readonly body: object;
  readonly shape: ZodType<T>;
}

/** Client of one company. `baseUrl` null: SUMIT's own host. */
export function createClient({
  http,
  key,
  baseUrl,
}: {
  readonly http: Http;
  readonly key: SumitCredentials;
  readonly baseUrl: string | null;
}): Client {
  const base = (baseUrl ?? API).replace(/\/+$/, '');
  const credentials = { CompanyID: Number(key.companyId), APIKey: key.apiKey };

  async function post<T>({ path, body, shape }: Call<T>): Promise<T> {
    const answer = await http.send({
      method: 'POST',
      url: base + path,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ Credentials: credentials, ...body }),
    });
    return readAnswer(answer, shape);
  }

  /** SUMIT has no error codes. A call without a document shows whether a refusal means the key or the document. */
  async function send<T>(call: Call<T>): Promise<T> {
    try {
      return await post(call);
    } catch (error) {
      if (isBusinessError(error)) await checkAccess();
      throw error;
    }
  }

  async function checkAccess(): Promise<void> {
    try {
      await post({ path: '/website/companies/getdetails/', body: {}, shape: COMPANY });
    } catch (error) {
      if (!isBusinessError(error)) throw error;
      throw new ProviderError(
        'credentials_invalid',
        'SUMIT: the company number or the API key is not accepted',
        {
          vendorCode: error.vendorCode,
        },
      );
    }
  }

  return {
    create: (body) => send({ path: '/accounting/documents/create/', body, shape: CREATED }),
    list: (body) => send({ path: '/accounting/documents/list/', body, shape: LISTED }),
    read: (documentId) =>
      send({
        path: '/accounting/documents/getdetails/',
        body: { DocumentID: Number(documentId) },
        shape: DETAILS,
      }),
    checkAccess,
  };
}

function isBusinessError(error: unknown): error is ProviderError {
  return isProviderError(error) && error.vendorCode === BUSINESS_ERROR;
}
