import { randomUUID } from 'node:crypto';
import { expect, it } from '#jest';
import { openWorkspace } from '../api/rig.ts';
import { readEnvironment } from '../support/environment.ts';
import {
  admin,
  call,
  eventually,
  openPayment,
  theDocumentOf,
  untilPushed,
  untilStatus,
} from './support/clinic.ts';
import { payAtVendor } from './support/vendors.ts';

it('a custom service that answers each document with the same id is told so at the second document', async () => {
  const account = `constant-${randomUUID()}`;
  const clinic = await openWorkspace({ workspace: { receipt: { email: false, print: 'on_demand' } } });
  await admin('PUT', `/v1/workspaces/${clinic.id}/invoice-service`, {
    service: 'custom',
    credentials: {
      url: `${readEnvironment().sandboxUrl}/custom/${account}/documents`,
      secret: `secret-of-${account}`,
    },
  });
  const paid = async () => {
    const { id } = await openPayment(clinic);
    await payAtVendor(id);
    return untilStatus(clinic, id, 'completed');
  };
  await untilPushed(clinic, theDocumentOf(await paid()));
  const second = await paid();
  const read = (path: string) => call<Record<string, unknown>>('GET', path, { key: clinic.key });
  const path = `/v1/payments/${second.id}`;
  await eventually('the review', async () => (await read(path)).json['review'] === 'push_failed' || null);
  const timeline = JSON.stringify((await read(`${path}/timeline`)).json);
  expect(timeline).toContain('its own id');
  expect((await read(path)).json['status']).toBe('completed');
});
