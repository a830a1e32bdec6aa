import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Request, Response, Router } from 'express';
import { decodeBody, maskFields, nest } from './decode-body.ts';
import type { Fault, FaultName, Faults } from './faults.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { RecordedCall } from './ledger/records.ts';
import { textOrNull } from './vendor.ts';
import type { Answer, Route, Vendor, VendorCall } from './vendor.ts';

const BODY_LIMIT = '2mb';
const HTML_PAGE =
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';

export interface Serving {
  ledger: Ledger;
  faults: Faults;
  now: () => Date;
}

/** The API of the vendor below its prefix: every call is decoded, gets its fault, is recorded, then answered. */
export function createVendorRouter(vendor: Vendor, serving: Serving): Router {
  const router = express.Router({ caseSensitive: true });
  router.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  for (const route of vendor.routes) {
    router[route.verb](route.path, (req, res, next) =>
      route.isMeant?.(readCall(req, serving.now())) === false
        ? next()
        : serve(vendor, route, serving, req, res),
    );
  }
  const nowhere = { verb: 'get', path: '', operation: 'unknown', referenceOf: () => null } as const;
  router.use((req, res) =>
    serve(vendor, { ...nowhere, answer: () => vendor.unknownPath }, serving, req, res),
  );
  return router;
}

async function serve(
  vendor: Vendor,
  route: Route,
  serving: Serving,
  req: Request,
  res: Response,
): Promise<void> {
  const call = readCall(req, serving.now());
  const record = toRecord(vendor, route, call, req);
  const fault = serving.faults.take(vendor.name, route.operation, vendor.accountsOf(call));
  const answer = (fault && insteadOfAnswer(vendor, route, fault.fault)) ?? route.answer(call);

  const status = fault !== null && staysUnanswered(fault.fault) ? 0 : answer.status;
  if (fault?.fault !== 'slow') {
    serving.ledger.record({ kind: 'call', call: { ...record, status } });
    await send(res, answer, fault, serving.faults);
    return;
  }
  serving.ledger.record({ kind: 'call', call: record });
  await serving.faults.wait(fault);
  if (res.destroyed) return;
  serving.ledger.record({ kind: 'answered', callId: record.id, status });
  await send(res, answer, null, serving.faults);
}

function readCall(req: Request, at: Date): VendorCall {
  const raw = Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
  const body = decodeBody(raw, req.get('content-type') ?? '');
  const { searchParams } = new URL(req.url, 'http://sandbox');
  const query = Object.fromEntries(searchParams);
  const params = Object.fromEntries(Object.entries(req.params).map(([name, value]) => [name, String(value)]));
  const rawBody = raw.toString('utf8');
  return { headers: req.headers, params, query, queryFields: nest([...searchParams]), rawBody, body, at };
}

function toRecord(vendor: Vendor, route: Route, call: VendorCall, req: Request): RecordedCall {
  return {
    id: randomUUID(),
    at: call.at.toISOString(),
    provider: vendor.name,
    operation: route.operation,
    method: req.method,
    path: req.path,
    idempotencyKey: textOrNull(call.headers['idempotency-key']),
    ...toRecordedHeaders(vendor, call),
    reference: route.referenceOf(call),
    status: 0,
    body: maskFields(call.body, vendor.credentialFields) ?? null,
  };
}

function toRecordedHeaders({ recordedHeaders = [] }: Vendor, { headers }: VendorCall): Partial<RecordedCall> {
  const kept = recordedHeaders.flatMap((name) => {
    const value = textOrNull(headers[name]);
    return value === null ? [] : [[name, value] as const];
  });
  return kept.length === 0 ? {} : { headers: Object.fromEntries(kept) };
}

const staysUnanswered = (fault: FaultName): boolean =>
  fault === 'timeout_before_effect' || fault === 'timeout_after_effect' || fault === 'connection_reset';

const INSTEAD_STATUS: Partial<Record<FaultName, number>> = {
  status_500: 500,
  status_429: 429,
  error_in_200: 200,
  timeout_before_effect: 0,
  connection_reset: 0,
};

/** The answer of a fault that prevents the effect of a call, or null if the call continues. */
function insteadOfAnswer(vendor: Vendor, route: Route, fault: FaultName): Answer | null {
  if (fault === 'html')
    return { status: 200, text: HTML_PAGE, headers: { 'content-type': 'text/html; charset=utf-8' } };
  const status = INSTEAD_STATUS[fault];
  return status === undefined ? null : { status, json: vendor.trouble(route.operation) };
}

async function send(res: Response, answer: Answer, fault: Fault | null, faults: Faults): Promise<void> {
  if (fault !== null && staysUnanswered(fault.fault)) {
    if (fault.fault !== 'connection_reset') await faults.wait(fault);
    res.socket?.resetAndDestroy();
    return;
  }
  const text = answer.json === undefined ? (answer.text ?? '') : JSON.stringify(answer.json);
  res.status(answer.status).set({ 'content-type': 'application/json; charset=utf-8', ...answer.headers });
  res.end(fault === null ? text : spoil(text, fault.fault));
}

function spoil(text: string, fault: FaultName): string {
  if (fault === 'empty') return '';
  return fault === 'half_json' ? text.slice(0, Math.floor(text.length / 2)) : text;
}
