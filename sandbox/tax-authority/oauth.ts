import { fieldsOf, isGoodCredential, textOrNull } from '../vendor.ts';
import type { Answer, Route, VendorCall } from '../vendor.ts';
import { ACCESS_SECONDS, REFRESH_SECONDS } from './grants.ts';
import type { Grants } from './grants.ts';

const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`);

/** The page on which a person allows it, or does not: in life they log in first. */
export function authorize(grants: Grants): Route {
  return {
    verb: 'get',
    path: '/oauth2/authorize',
    operation: 'unknown',
    referenceOf: () => null,
    answer: ({ query }) => {
      const { redirect_uri: back, state = '', client_id: client, response_type: type, scope } = query;
      if (back === undefined || !isGoodCredential(client) || type !== 'code' || scope !== 'scope')
        return { status: 400, json: { error: 'invalid_request' } };
      const to = (more: Record<string, string>): string => {
        const url = new URL(back);
        for (const [name, value] of Object.entries({ ...more, state })) url.searchParams.set(name, value);
        return escape(url.toString());
      };
      const text = `<!doctype html><html lang="he" dir="rtl"><meta charset="utf-8"><title>רשות המסים (סימולציה)</title>
<h1>רשות המסים (סימולציה)</h1><p>התוכנה ${escape(client)} מבקשת לקבל מספרי הקצאה עבור העסק.</p>
<p><a id="allow" href="${to({ code: grants.newCode(back) })}">אישור</a> · <a id="deny" href="${to({ error: 'access_denied' })}">סירוב</a></p></html>`;
      return { status: 200, text, headers: { 'content-type': 'text/html; charset=utf-8' } };
    },
  };
}

/** `oauth2/token`: HTTP Basic and a form body. A used code or refresh token is `invalid_grant`. */
export function giveTokens(grants: Grants): Route {
  return {
    verb: 'post',
    path: '/oauth2/token',
    operation: 'credentials',
    referenceOf: () => null,
    answer: (call) => {
      if (!isKnownClient(call)) return { status: 401, json: { error: 'invalid_client' } };
      return isGranted(grants, call) ? tokens(grants) : { status: 400, json: { error: 'invalid_grant' } };
    },
  };
}

function isKnownClient({ headers }: VendorCall): boolean {
  const [, basic = ''] = /^Basic (.+)$/.exec(headers.authorization ?? '') ?? [];
  const [id, secret] = Buffer.from(basic, 'base64').toString().split(':');
  return isGoodCredential(id) && isGoodCredential(secret);
}

function isGranted(grants: Grants, call: VendorCall): boolean {
  const form = fieldsOf(call);
  const [type, code, back, refresh] = ['grant_type', 'code', 'redirect_uri', 'refresh_token'].map(
    (name) => textOrNull(form[name]) ?? '',
  ) as [string, string, string, string];
  if (type === 'authorization_code') return grants.takeCode(code, back);
  return type === 'refresh_token' && grants.takeRefresh(refresh);
}

function tokens(grants: Grants): Answer {
  const { access, refresh } = grants.newTokens();
  return {
    status: 200,
    json: {
      token_type: 'Bearer',
      access_token: access,
      expires_in: ACCESS_SECONDS,
      refresh_token: refresh,
      refresh_token_expires_in: REFRESH_SECONDS,
      scope: 'scope',
    },
  };
}
