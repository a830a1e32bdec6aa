import { describe, expect, it } from '#jest';
import type { HttpRequest, HttpResponse } from '../../../http.ts';
import { createClient } from './client.ts';

const KEY = { companyId: '515151515', apiKey: 'planted-key' };
const REFUSED = '{"Status":1,"UserErrorMessage":"planted sentence","Data":null}';
const OK = (data: unknown) => JSON.stringify({ Status: 0, Data: data });

/** A client with a given answer per path; `text` alone is a 200. */
function clientOf(answers: (path: string) => string | Partial<HttpResponse>, baseUrl: string | null = null) {
  const calls: HttpRequest[] = [];
  const http = {
    send(call: HttpRequest): Promise<HttpResponse> {
      calls.push(call);
      const answer = answers(new URL(call.url).pathname);
      const plain = { status: 200, headers: {}, text: '' };
      return Promise.resolve(
        typeof answer === 'string' ? { ...plain, text: answer } : { ...plain, ...answer },
      );
    },
    close: () => Promise.resolve(),
  };
  return { client: createClient({ http, key: KEY, baseUrl }), calls };
}

const paths = (calls: HttpRequest[]) => calls.map(({ url }) => new URL(url).pathname);

describe('a call', () => {
  it('goes to SUMIT itself, or to what stands in for it, with the credentials in its body', async () => {
    const real = clientOf(() => OK({ DocumentID: 5, Document: { Type: 1 } }));
    await real.client.read('5');
    expect(real.calls[0]?.url).toBe('https://api.sumit.co.il/accounting/documents/getdetails/');
    expect(JSON.parse(real.calls[0]?.body ?? '')).toEqual({
      Credentials: { CompanyID: 515_151_515, APIKey: 'planted-key' },
      DocumentID: 5,
    });
    const other = clientOf(() => OK({}), 'http://127.0.0.1:1/sumit');
    await other.client.checkAccess();
    expect(other.calls[0]?.url).toBe('http://127.0.0.1:1/sumit/website/companies/getdetails/');
  });

  it.each([
    [{ status: 200, text: OK({ DocumentID: 5, Document: { Type: 1 } }) }, null],
    [{ status: 200, text: '{"Status":"Success (0)","Data":{"DocumentID":5,"Document":{"Type":1}}}' }, null],
    [{ status: 200, text: '{"Status":2,"Data":null}' }, 'provider_unavailable'],
    [{ status: 200, text: '{"Status":"TechnicalError","Data":null}' }, 'provider_unavailable'],
    [{ status: 200, text: '{"Status":0,"Data":{}}' }, 'bad_answer'],
    [{ status: 200, text: '{"Status":7,"Data":{}}' }, 'bad_answer'],
    [{ status: 200, text: '{"DocumentID":5}' }, 'bad_answer'],
    [{ status: 200, text: '<html>' }, 'bad_answer'],
    [{ status: 200, text: '' }, 'bad_answer'],
    [{ status: 302, text: '' }, 'bad_answer'],
    [{ status: 400, text: '{}' }, 'rejected'],
    [{ status: 401, text: '{}' }, 'credentials_invalid'],
    [{ status: 403, text: '{}' }, 'credentials_invalid'],
    [{ status: 429, text: '', headers: { 'retry-after': '3' } }, 'rate_limited'],
    [{ status: 503, text: '' }, 'provider_unavailable'],
  ] as const)('%j is %s', async (answer, code) => {
    const trying = clientOf(() => answer).client.read('5');
    if (code === null) expect((await trying).DocumentID).toBe('5');
    else await expect(trying).rejects.toMatchObject({ code });
  });
});

describe('a refusal, which bears no code', () => {
  it('is of the document where the key is good', async () => {
    const { client, calls } = clientOf((path) => (path.includes('companies') ? OK({}) : REFUSED));
    const refusal = client.read('5');
    await expect(refusal).rejects.toMatchObject({ code: 'rejected' });
    await expect(refusal).rejects.not.toMatchObject({ message: expect.stringContaining('planted') });
    expect(paths(calls)).toEqual(['/accounting/documents/getdetails/', '/website/companies/getdetails/']);
  });

  it('is of the key where the company may not be asked either', async () => {
    const { client } = clientOf(() => REFUSED);
    await expect(client.read('5')).rejects.toMatchObject({ code: 'credentials_invalid' });
    await expect(client.checkAccess()).rejects.toMatchObject({ code: 'credentials_invalid' });
  });

  it('is not decided while the second question stays unanswered', async () => {
    const { client } = clientOf((path) => (path.includes('companies') ? { status: 500 } : REFUSED));
    await expect(client.read('5')).rejects.toMatchObject({ code: 'provider_unavailable', retry: 'unknown' });
  });
});
