import { Router } from 'express';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isDatabaseDown } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { faceOf, readLinkedPayment } from './linked-payment.ts';
import type { LinkedPayment } from './linked-payment.ts';
import { openLink } from './open-link.ts';
import type { PayAnswer } from './open-link.ts';
import { toPageHtml } from './page-html.ts';
import type { PayerPage } from './page-html.ts';
import type { PageKind } from './page-kinds.ts';
import { payOperations } from './pay-operations.ts';
import { PAGE_POLICY } from './page-style.ts';
import { offersReceipt, readLogo, readReceipt } from './payers-files.ts';
import { isOnlyLooking } from './preview-agents.ts';
import { createRenewals } from './renewals.ts';
import { returnPayer, showReturned } from './return-payer.ts';
import type { ClaimedOutcome } from './return-payer.ts';

/** Average visits per second of one link from one address. */
const VISITS_PER_SECOND = 5;
/** Pages that load themselves again until they have more to say. */
const REFRESH_SECONDS: Readonly<Partial<Record<PageKind, number>>> = { one_moment: 3, receipt_soon: 3 };
const RETRY_SECONDS = 3;

type PayRequest = Request<{ token: string }>;

/** `/pay`: the pages for payers. Public; a link is known only by its token. */
export function createPayRoutes(context: ApiContext): Router {
  const router = Router();
  const renewals = createRenewals(Date.now);
  const limit = createRateLimit(VISITS_PER_SECOND);

  const enter = (request: PayRequest, response: Response): Buffer => {
    const tokenHash = hashSecret(request.params.token);
    limit(`${tokenHash.toString('hex', 0, 8)}/${request.ip ?? ''}`, response);
    return tokenHash;
  };
  const linkOf = (request: PayRequest): string =>
    `${context.publicUrl}/pay/${encodeURIComponent(request.params.token)}`;
  const answerWith = (request: PayRequest, response: Response, answer: PayAnswer): void =>
    sendAnswer(response, answer, linkOf(request));

  router.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Content-Security-Policy': PAGE_POLICY,
    });
    next();
  });
  const open = async (request: PayRequest, response: Response): Promise<void> => {
    const tokenHash = enter(request, response);
    const visit = { tokenHash, isOnlyLooking: isOnlyLooking(lookOf(request)) };
    answerWith(request, response, await openLink(context, renewals, visit));
  };
  const comeBack = async (request: PayRequest, response: Response): Promise<void> => {
    const tokenHash = enter(request, response);
    const way = await returnPayer(context, { tokenHash, claimed: readClaim(request.query['outcome']) });
    if (!('returned' in way)) answerWith(request, response, way);
    else response.redirect(303, `${linkOf(request)}/returned/${way.returned ?? 'none'}`);
  };
  const returned: RequestHandler<{ token: string; outcome: string }> = async (request, response) => {
    const visit = { tokenHash: enter(request, response), claimed: readClaim(request.params.outcome) };
    answerWith(request, response, await showReturned(context, visit));
  };
  const files = fileHandlers(context, { enter, answerWith });
  router.use(
    routerOf('/pay', payOperations, { open, comeBack, comeBackByForm: comeBack, returned, ...files }),
  );
  router.use(createPageError());
  return router;
}

/** What belongs to a page: the copy of the receipt, and the logo. */
function fileHandlers(
  context: ApiContext,
  {
    enter,
    answerWith,
  }: {
    readonly enter: (request: PayRequest, response: Response) => Buffer;
    readonly answerWith: (request: PayRequest, response: Response, answer: PayAnswer) => void;
  },
) {
  const receipt = async (request: PayRequest, response: Response): Promise<void> => {
    const linked = await readLinkedPayment(context, enter(request, response));
    const pdf = linked === null ? null : await readReceipt(context, linked);
    if (pdf === null) {
      answerWith(request, response, { page: 'no_receipt', of: null });
      return;
    }
    if (pdf === 'soon') {
      answerWith(request, response, { page: 'receipt_soon', of: linked });
      return;
    }
    // Viewers of PDFs refuse a file that may load nothing.
    response.removeHeader('Content-Security-Policy');
    response.set('Content-Disposition', `inline; filename="${pdf.fileName}"`);
    response.type('application/pdf').send(pdf.bytes);
  };
  const logo = async (request: PayRequest, response: Response): Promise<void> => {
    const linked = await readLinkedPayment(context, enter(request, response));
    const png = linked === null ? null : await readLogo(context, linked);
    if (png === null) {
      answerWith(request, response, { page: 'unknown_link', of: null });
      return;
    }
    response.set('Cache-Control', 'private, max-age=3600').type('image/png').send(png);
  };
  return { receipt, logo };
}

function lookOf(request: PayRequest) {
  return {
    method: request.method,
    userAgent: request.get('user-agent'),
    purpose: request.get('sec-purpose') ?? request.get('purpose'),
  };
}

function readClaim(value: unknown): ClaimedOutcome {
  return value === 'success' || value === 'failure' || value === 'cancel' ? value : null;
}

function sendAnswer(response: Response, answer: PayAnswer, linkUrl: string): void {
  if ('redirect' in answer) {
    response.redirect(answer.status, answer.redirect);
    return;
  }
  const { page: kind, of } = answer;
  const html = toPageHtml({
    kind,
    face: of === null ? null : faceOf(of),
    linkUrl,
    button: buttonOf(kind, of),
    refreshSeconds: REFRESH_SECONDS[kind] ?? null,
  });
  if (kind === 'receipt_soon') response.set('Retry-After', String(RETRY_SECONDS));
  response
    .status(of === null ? 404 : kind === 'receipt_soon' ? 503 : 200)
    .type('html')
    .send(html);
}

function buttonOf(kind: PageKind, of: LinkedPayment | null): PayerPage['button'] {
  if (kind === 'not_paid' || kind === 'open_here') return 'pay';
  return (kind === 'thanks' || kind === 'paid') && of !== null && offersReceipt(of) ? 'receipt' : null;
}

/** A payer gets a page instead of a problem. Real failures go on to the log. */
function createPageError(): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const isTooMany = error instanceof Problem && error.code === 'rate_limited';
    if (response.headersSent || !(isTooMany || isDatabaseDown(error))) {
      next(error);
      return;
    }
    const html = toPageHtml({
      kind: isTooMany ? 'too_many' : 'one_moment',
      face: null,
      linkUrl: null,
      button: null,
      refreshSeconds: RETRY_SECONDS,
    });
    response
      .status(isTooMany ? 429 : 503)
      .set('Retry-After', String(RETRY_SECONDS))
      .type('html')
      .send(html);
  };
}
