import type { Router } from 'express';
import { storeTokens, takeState } from '../../db/tax-authority.ts';
import { inWorkspace, transaction } from '../../db/transaction.ts';
import { findWorkspace } from '../../db/workspaces.ts';
import { isProviderError } from '../../domain/provider-error.ts';
import { html } from '../../markup.ts';
import { sealTokens } from '../../sealed-tokens.ts';
import { hashSecret } from '../../secrets.ts';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { callbackOperations } from './connection-operations.ts';
import { redirectUriOf } from './connection-routes.ts';

type End = 'connected' | 'refused' | 'unknown' | 'later';

/** What the person reads. */
const PAGES: Readonly<Record<End, { readonly status: number; readonly he: string; readonly en: string }>> = {
  connected: {
    status: 200,
    he: 'העסק מחובר לרשות המסים. אפשר לסגור את החלון.',
    en: 'The business is connected with the tax authority. You can close this window.',
  },
  refused: {
    status: 400,
    he: 'רשות המסים לא אישרה את החיבור. אפשר להתחיל מחדש מהמערכת.',
    en: 'The tax authority did not allow the connection. Begin again from your system.',
  },
  unknown: {
    status: 400,
    he: 'הקישור אינו בתוקף. אפשר להתחיל מחדש מהמערכת.',
    en: 'This address is not valid any more. Begin again from your system.',
  },
  later: {
    status: 503,
    he: 'רשות המסים אינה משיבה כרגע. אפשר להתחיל מחדש בעוד כמה דקות.',
    en: 'The tax authority does not answer now. Begin again in a few minutes.',
  },
};

/** `/tax-authority/callback`: a browser brings the code of the authority. Public; the state in it is known only to that person. */
export function createCallbackRoutes(context: ApiContext): Router {
  return routerOf('/tax-authority', callbackOperations, {
    comeBack: async (request, response) => {
      const { code, state } = request.query;
      const { status, he, en } = PAGES[await finish(context, textOf(code), textOf(state))];
      const page = html`<!doctype html>
        <html lang="he" dir="rtl">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width" />
            <title>Tashlum</title>
          </head>
          <body>
            <main>
              <h1>${he}</h1>
              <p lang="en" dir="ltr">${en}</p>
            </main>
          </body>
        </html>`;
      // The address holds a code: no cache and no other site may see it.
      response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' });
      response.status(status).type('html').send(page.markup);
    },
  });
}

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A state counts once, whatever follows. */
async function finish(context: ApiContext, code: string | null, state: string | null): Promise<End> {
  const { pool, secrets, taxAuthority, logger } = context;
  if (state === null || taxAuthority === null) return 'unknown';
  const workspaceId = await transaction(pool, (tx) => takeState(tx, hashSecret(state)));
  if (workspaceId === null) return 'unknown';
  if (code === null) return 'refused';
  const workspace = await inWorkspace(pool, workspaceId, (tx) => findWorkspace(tx, workspaceId));
  if (workspace === null) return 'unknown';
  try {
    const tokens = await taxAuthority.exchange(workspace.mode, code, redirectUriOf(context));
    await inWorkspace(pool, workspaceId, async (tx) => {
      await storeTokens(tx, workspaceId, sealTokens(secrets, workspaceId, tokens));
      const entry = { workspaceId, action: 'tax_authority.connected', subjectId: workspaceId, detail: {} };
      await context.audit(tx, { actor: 'tax authority', reason: null, ...entry });
    });
    return 'connected';
  } catch (error) {
    if (!isProviderError(error)) throw error;
    logger.warn({ err: error, workspaceId }, 'the code of the tax authority could not be exchanged');
    return error.code === 'credentials_invalid' ? 'refused' : 'later';
  }
}
