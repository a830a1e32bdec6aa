import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '#jest';
import { PNG } from 'pngjs';
import { createReadBack } from '../../src/printing/testing/read-back.ts';
import type { ReadBack } from '../../src/printing/testing/read-back.ts';
import { samplePng } from '../../src/api/workspaces/testing/sample-logos.ts';
import type { Colour } from '../../src/api/workspaces/testing/sample-logos.ts';
import { openWorkspace } from '../api/rig.ts';
import type { TestWorkspace } from '../api/rig.ts';
import { call, eventually, theDocumentOf } from './support/clinic.ts';
import { record } from './support/manual.ts';
import { refund } from './support/refunds.ts';

/** Colours that nothing else on the page has. */
const RED: Colour = [220, 0, 0, 255];
const BLUE: Colour = [0, 0, 220, 255];

let tools: ReadBack;
beforeAll(async () => {
  tools = await createReadBack();
});
afterAll(() => tools.close());

/** A shop whose paper is printed when it is asked for: after whatever changed since the issue. */
const openShop = () =>
  openWorkspace({ workspace: { receipt: { email: false, print: 'on_demand' } }, provider: false });

async function wear(shop: TestWorkspace, colour: Colour | null): Promise<void> {
  const path = `/v1/workspaces/${shop.id}/logo`;
  const answer = await (colour === null
    ? call('DELETE', path, { key: shop.key })
    : call('PUT', path, {
        key: shop.key,
        raw: samplePng({ colour }),
        headers: { 'content-type': 'image/png' },
      }));
  expect(answer.status).toBeLessThan(300);
}

/** Which of the logos stand on the paper. */
async function logosOn(shop: TestWorkspace, documentId: string, query = ''): Promise<string[]> {
  const pdf = await eventually(`the print of ${documentId}`, async () => {
    const { status, bytes } = await call('GET', `/v1/documents/${documentId}/pdf${query}`, { key: shop.key });
    return status === 200 ? bytes : null;
  });
  const [page] = await tools.pictures(pdf, '50');
  const { data } = PNG.sync.read(page ?? Buffer.alloc(0));
  const seen = (colour: Colour) => data.includes(Buffer.from(colour));
  return [...(seen(RED) ? ['red'] : []), ...(seen(BLUE) ? ['blue'] : [])];
}

describe('the logo on a document', () => {
  it('is the one of its issue: on original, copy and credit, whatever the workspace has by then', async () => {
    const shop = await openShop();
    await wear(shop, RED);
    const payment = await record(shop);
    await wear(shop, BLUE);
    const { json } = await refund(shop, payment.id, {}, randomUUID());
    const [original, credit] = [theDocumentOf(payment), json.documentId ?? ''];
    expect(await logosOn(shop, original, '?original=true')).toEqual(['red']);
    expect(await logosOn(shop, original)).toEqual(['red']);
    expect(await logosOn(shop, credit)).toEqual(['red']);
    expect(await logosOn(shop, theDocumentOf(await record(shop)))).toEqual(['blue']);
  });

  it('is none where there was none, and none once it is removed', async () => {
    const shop = await openShop();
    const before = await record(shop);
    await wear(shop, RED);
    const between = await record(shop);
    await wear(shop, null);
    expect(await logosOn(shop, theDocumentOf(before))).toEqual([]);
    expect(await logosOn(shop, theDocumentOf(between))).toEqual(['red']);
    expect(await logosOn(shop, theDocumentOf(await record(shop)))).toEqual([]);
  });
});
