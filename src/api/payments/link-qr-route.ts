import type { RequestHandler } from 'express';
import { PNG } from 'pngjs';
import encodeQr from 'qr';
import { inWorkspace } from '../../db/transaction.ts';
import { Problem } from '../../domain/problems.ts';
import type { ApiContext } from '../context.ts';
import { readQuery } from '../http/read-input.ts';
import { qrQuery } from './payment-schema.ts';
import { viewPayment, workspaceOfPayment } from './payment-view.ts';

/** Readable on a screen that reflects, and from a print of 2 cm. */
const LOOK = { ecc: 'medium', border: 4 } as const;
/** Pixels of a module in the PNG: enough for a screen at a desk. */
const PIXELS = 10;

/** `GET /v1/payments/{id}/link/qr`: the link of a payment as a QR code, for a screen or a print at the desk. */
export function createLinkQrRoute(context: ApiContext): RequestHandler<{ id: string }> {
  return async (request, response) => {
    const { id } = request.params;
    const workspaceId = await workspaceOfPayment(context, request, 'links:read', id);
    const { format } = readQuery(request, qrQuery);
    const { link } = await inWorkspace(context.pool, workspaceId, (tx) => viewPayment(context, tx, id));
    if (link === null)
      throw new Problem('not_found', 'the payment has no link: read it again until `link` is set');
    response.set('Cache-Control', 'private, no-store');
    if (format === 'png') response.type('image/png').send(toPng(encodeQr(link.url, 'raw', LOOK)));
    else response.type('image/svg+xml').send(toSvg(link.url));
  };
}

/** The library draws the black modules alone; on a dark page nothing would be read. */
const GROUND = '<rect width="100%" height="100%" fill="#fff"/>';
const toSvg = (url: string): string => encodeQr(url, 'svg', LOOK).replace('>', `>${GROUND}`);

function toPng(modules: readonly (readonly boolean[])[]): Buffer {
  const side = modules.length * PIXELS;
  const png = new PNG({ width: side, height: side });
  png.data.fill(255);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1)
      if (modules[Math.floor(y / PIXELS)]?.[Math.floor(x / PIXELS)] === true)
        png.data.fill(0, (y * side + x) * 4, (y * side + x) * 4 + 3);
  return PNG.sync.write(png, { colorType: 0 });
}
