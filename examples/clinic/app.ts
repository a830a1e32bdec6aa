import { randomUUID } from 'node:crypto';
import express from 'express';
import type { Express, Request, Response } from 'express';
import { UnverifiedEvent, verifyEvent, waitForLink } from 'tashlum/client';
import type { Tashlum, TashlumEvent } from 'tashlum/client';
import type { Bookings } from './bookings.ts';
import { bookingForm, bookingPage } from './pages.ts';

export interface ClinicDeps {
  readonly tashlum: Tashlum;
  readonly bookings: Bookings;
  /** Of the webhook endpoint: `whsec_…`. */
  readonly webhookSecret: string;
  /** Where the payer comes back to: this app's own address. */
  readonly baseUrl: string;
}

/** ₪350.00, in agorot. */
const PRICE = 35_000;

export function createClinic(deps: ClinicDeps): Express {
  const app = express();
  app.get('/', (_request, response) => void response.send(bookingForm()));
  app.post('/bookings', express.urlencoded(), (request, response) => book(deps, request, response));
  app.get('/bookings/:id', (request, response) => showBooking(deps, request, response));
  app.get('/bookings/:id/receipt', (request, response) => sendReceipt(deps, request, response));
  // The signature is over the bytes as they came, so nothing may parse them before.
  app.post('/tashlum', express.raw({ type: '*/*' }), (request, response) =>
    takeEvent(deps, request, response),
  );
  return app;
}

/** Makes the payment and sends the payer to its page. */
async function book(deps: ClinicDeps, request: Request, response: Response): Promise<void> {
  const { tashlum, bookings, baseUrl } = deps;
  const { patient } = request.body as { patient?: unknown };
  if (typeof patient !== 'string' || patient === '') return void response.status(422).send('Who comes?');
  const id = randomUUID();
  bookings.add(id, patient);
  const made = await tashlum.post('/v1/payments', {
    body: {
      amount: PRICE,
      description: 'פגישת ייעוץ',
      // Our own name of what is paid for: two payments with one reference are refused.
      reference: id,
      customer: { name: patient },
      successUrl: `${baseUrl}/bookings/${id}`,
    },
  });
  const payment = await waitForLink(tashlum, made);
  bookings.change(id, { paymentId: payment.id });
  if (payment.link === null) return void response.status(503).send('Please try again in a minute.');
  response.redirect(303, payment.link.url);
}

/** Only Tashlum's event makes a booking paid. That the payer came back from the page says nothing. */
async function takeEvent(deps: ClinicDeps, request: Request, response: Response): Promise<void> {
  try {
    const event = verifyEvent(request.body as Buffer, request.headers, deps.webhookSecret);
    if (!deps.bookings.hasSeen(event.id)) await writeDown(deps, event);
    // Only now: if writing it down fails, the event must come again.
    deps.bookings.remember(event.id);
    response.sendStatus(204);
  } catch (error) {
    if (!(error instanceof UnverifiedEvent)) throw error;
    response.status(400).send(error.message);
  }
}

/** Events are thin: they name the payment, and the API says the rest. */
async function writeDown({ tashlum, bookings }: ClinicDeps, event: TashlumEvent): Promise<void> {
  if (event.type !== 'payment.completed' || event.data.paymentId === null) return;
  const params = { path: { id: event.data.paymentId } };
  const payment = await tashlum.get('/v1/payments/{id}', { params });
  const documentId = payment.documentIds[0] ?? null;
  bookings.change(payment.reference, { status: 'paid', paymentId: payment.id, documentId });
}

function showBooking({ bookings }: ClinicDeps, request: Request, response: Response): void {
  const booking = bookings.find(String(request.params['id']));
  if (booking === undefined) return void response.sendStatus(404);
  response.send(bookingPage(booking));
}

/** A copy of the document, fetched with our key: the payer's browser never sees the key. */
async function sendReceipt(deps: ClinicDeps, request: Request, response: Response): Promise<void> {
  const documentId = deps.bookings.find(String(request.params['id']))?.documentId;
  if (!documentId) return void response.sendStatus(404);
  const params = { path: { id: documentId }, query: { copy: 'true' as const } };
  const pdf = await deps.tashlum.get('/v1/documents/{id}/pdf', { params, parseAs: 'arrayBuffer' });
  response.type('application/pdf').send(Buffer.from(pdf));
}
