import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { createClinic } from '../../examples/clinic/app.ts';
import { createBookings } from '../../examples/clinic/bookings.ts';
import { clientOf, eventually, openWorkspace, payAtVendor } from '../api/rig.ts';
import type { TestWorkspace } from '../api/rig.ts';

let workspace: TestWorkspace;
let server: Server;
let baseUrl: string;

/** The example app, at work: its endpoint is registered as docs/integrate.md says. */
beforeAll(async () => {
  workspace = await openWorkspace();
  let app: RequestListener = () => undefined;
  server = createServer((request, response) => app(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tashlum = clientOf(workspace.key);
  const { secret } = await tashlum.post('/v1/webhook-endpoints', { body: { url: `${baseUrl}/tashlum` } });
  app = createClinic({
    tashlum,
    bookings: createBookings(),
    webhookSecret: secret,
    baseUrl,
  }) as RequestListener;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** Books a visit as a browser does; where the browser is sent. */
async function book(patient: string): Promise<string> {
  const body = new URLSearchParams({ patient });
  const answer = await fetch(`${baseUrl}/bookings`, { method: 'POST', body, redirect: 'manual' });
  expect(answer.status).toBe(303);
  return answer.headers.get('location') ?? '';
}

/** The booking's page, found as the payer finds it: by the payment's `successUrl`. */
async function bookedPayment(link: string): Promise<{ id: string; page: string }> {
  const payments = clientOf(workspace.key).each('/v1/payments');
  for await (const payment of payments)
    if (payment.link?.url === link)
      return { id: payment.id, page: `${baseUrl}/bookings/${payment.reference}` };
  throw new Error(`no payment has the link ${link}`);
}

const read = async (url: string): Promise<string> => (await fetch(url)).text();

describe('the clinic of examples/', () => {
  it('takes a booking, is paid, hears of it, and shows the document', async () => {
    const link = await book('Dana <b>Levi</b>');
    const { id, page } = await bookedPayment(link);
    expect(await read(page)).toContain('Dana &lt;b>Levi&lt;/b>: waiting');

    await payAtVendor(id);
    const paid = await eventually('the page that says paid', async () => {
      const html = await read(page);
      return html.includes(': paid') ? html : null;
    });
    expect(paid).toContain('/receipt">');
    const pdf = await eventually('the receipt', async () => {
      const answer = await fetch(`${page}/receipt`);
      return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
    });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('believes no event that is not signed', async () => {
    const { id, page } = await bookedPayment(await book('Dana Levi'));
    const event = { id: 'evt_1', type: 'payment.completed', data: { paymentId: id } };
    const forged = await fetch(`${baseUrl}/tashlum`, { method: 'POST', body: JSON.stringify(event) });
    expect(forged.status).toBe(400);
    expect(await read(page)).toContain('waiting');
  });
});
