import { widerThan } from '../../domain/scopes.ts';
import type { Operation } from '../http/operation.ts';

/** The first page of the description. */
export const ABOUT = `From a payment link to a legal document. Ask for a payment, send its link, and hear by an event that it is paid.

- **Money** is an integer in minor units (agorot, cents) with its \`currency\` beside it.
- **Instants** are ISO 8601 in UTC, days are \`YYYY-MM-DD\`. \`null\` is a value, not absence.
- **Refusals** are problems (RFC 9457): decide by \`code\`, show \`detail\` to people. Unknown fields and parameters are a 422.
- **Repeats**: where an \`Idempotency-Key\` is needed, the same key and body are one thing, however often they are sent. 5xx is never stored: repeat it with the same key.
- **Lists** are newest first. Send \`next\` as \`after\` to get the next page.
- **Later**: 202 means that it goes on by itself. Read \`Location\` again after \`Retry-After\` seconds.
- **New fields, codes and events may come** without a new version: ignore what you do not know.`;

/** Who may call, in sentences. */
export const CALLERS = {
  key: 'An API key of a workspace: `Authorization: Bearer tsh_live_…` or `tsh_test_…`. It needs the scope that the operation names.',
  admin: 'The admin key of the installation. It sets up workspaces and takes no payments.',
  sentenceOf({ caller, isForAdmin }: Operation): string {
    if (caller === 'public') return '';
    if (caller === 'admin') return 'Needs the admin key.';
    if (caller === 'workspace') return 'Any key of the workspace, or the admin key.';
    const wider = widerThan(caller);
    const scope = `Needs the scope \`${caller}\`${wider === null ? '' : ` or \`${wider}\``}`;
    return isForAdmin === true ? `${scope} or the admin key.` : `${scope}.`;
  },
} as const;
