import { Router } from 'express';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { isDatabaseDown } from '../../db/pool.ts';
import { Problem } from '../../domain/problems.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { createRateLimit } from '../http/rate-limit.ts';
import { faceOf } from './linked-payment.ts';
import { openLink } from './open-link.ts';
import type { PayAnswer } from './open-link.ts';
import { toPageHtml } from './page-html.ts';
import { payOperations } from './pay-operations.ts';
import { PAGE_POLICY } from './page-style.ts';
import { isOnlyLooking } from './preview-agents.ts';
import { createRenewals } from './renewals.ts';
import { returnPayer } from './return-payer.ts';
import type { ClaimedOutcome } from './return-payer.ts';

/** Average visits per second of one link from one address. */
const VISITS_PER_SECOND = 5;
const REFRESH_SECONDS = 3;

/** `/pay`: the pages for payers. Public; a link is known only by its token. */
export function createPayRoutes(context: ApiContext): Router {
  const router = Router();
  const renewals = createRenewals(Date.now);
  const limit = createRateLimit(VISITS_PER_SECOND);

  const enter = (request: Request<{ token: string }>, response: Response): Buffer => {
    const tokenHash = hashSecret(request.params.token);
    limit(`${tokenHash.toString('hex', 0, 8)}/${request.ip ?? ''}`, response);
    return tokenHash;
  };
  const answerWith = (request: Request<{ token: string }>, response: Response, answer: PayAnswer): void =>
    sendAnswer(response, answer, `${context.publicUrl}/pay/${encodeURIComponent(request.params.token)}`);

  router.use((_request, response, next) => {
    response.set({
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex, nofollow',
      'Content-Security-Policy': PAGE_POLICY,
    });
    next();
  });
  const open = async (request: Request<{ token: string }>, response: Response): Promise<void> => {
    const tokenHash = enter(request, response);
    const visit = { tokenHash, isOnlyLooking: isOnlyLooking(lookOf(request)) };
    answerWith(request, response, await openLink(context, renewals, visit));
  };
  const comeBack = async (request: Request<{ token: string }>, response: Response): Promise<void> => {
    const tokenHash = enter(request, response);
    const visit = { tokenHash, claimed: readClaim(request.query['outcome']) };
    answerWith(request, response, await returnPayer(context, visit));
  };
  router.use(routerOf('/pay', payOperations, { open, comeBack, comeBackByForm: comeBack }));
  router.use(createPageError());
  return router;
}

function lookOf(request: Request<{ token: string }>) {
  return {
    method: request.method,
    userAgent: request.get('user-agent'),
    purpose: request.get('sec-purpose') ?? request.get('purpose'),
  };
}

function readClaim(value: unknown): ClaimedOutcome {
  return value === 'success' || value === 'failure' || value === 'cancel' ? value : null;
}

function sendAnswer(response: Response, answer: PayAnswer, payUrl: string): void {
  if ('redirect' in answer) {
    response.redirect(answer.status, answer.redirect);
    return;
  }
  const { page: kind, of } = answer;
  const html = toPageHtml({
    kind,
    face: of === null ? null : faceOf(of),
    payUrl: kind === 'not_paid' || kind === 'open_here' ? payUrl : null,
    refreshSeconds: kind === 'one_moment' ? REFRESH_SECONDS : null,
  });
  response
    .status(of === null ? 404 : 200)
    .type('html')
    .send(html);
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
      payUrl: null,
      refreshSeconds: REFRESH_SECONDS,
    });
    response
      .status(isTooMany ? 429 : 503)
      .set('Retry-After', String(REFRESH_SECONDS))
      .type('html')
      .send(html);
  };
}
