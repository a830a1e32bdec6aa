import type { Payment } from 'tashlum/client';
import type { EnvironmentInfo } from '../environment-info.ts';
import type { TakenPayment, TimelineEntry } from './take-payment.ts';
import { toSeconds } from '../progress.ts';

/** Lines of a timeline: seconds since its first entry, and what happened. */
export const showTimeline = (entries: readonly TimelineEntry[]): string[] => {
  const [first] = entries;
  if (first === undefined) return [];
  const start = Date.parse(first.at);
  return entries.map(({ at, kind, summary }) => {
    const offset = `+${((Date.parse(at) - start) / 1_000).toFixed(2)} s`;
    return `  ${at.slice(11, 23)}  ${offset.padStart(9)}   ${kind.padEnd(26)} ${summary}`;
  });
};

/** The text of the demo about its payment. */
export const showPayment = ({ payment, timeline, pdf, tookMs }: TakenPayment): string[] => [
  '',
  `What happened (from the link to the pushed document: ${toSeconds(tookMs)}; times in UTC)`,
  ...showTimeline(timeline),
  '',
  `  payment  ${payment.id}`,
  `  PDF      ${pdf}`,
];

/** Suggestions to try by hand. `infoFile`: where the addresses and keys of the environment are. */
export const showWhatToTry = (
  info: EnvironmentInfo,
  infoFile: string,
  open: Payment,
  hasDocs: boolean,
): string[] => {
  const ui =
    info.temporalUiUrl === null
      ? []
      : [`  Watch it in Temporal      ${info.temporalUiUrl}/namespaces/${info.temporalNamespace}/workflows`];
  return [
    '',
    'Try it yourself',
    `  Pay this one by hand      ${open.link?.url ?? open.id}`,
    ...ui,
    `  See the vendors' side     ${info.sandboxUrl}/control/checkouts`,
    `  Be the admin              adminKey in ${infoFile}`,
    ...(hasDocs ? [`  Read the API              ${info.apiUrl}/docs`] : []),
    '  Take a payment from your own code:',
    '',
    `    curl -s ${info.apiUrl}/v1/payments \\`,
    `      -H 'Authorization: Bearer ${info.workspaceKey}' \\`,
    `      -H 'Content-Type: application/json' -H "Idempotency-Key: $(date +%s)" \\`,
    `      -d '{"amount":12000,"currency":"ILS","description":"My first payment","reference":"'$(date +%s)'","customer":{"name":"Dana Levi","phone":"0501234567"}}'`,
    '',
    'Ctrl-C stops everything; payments that wait go on at the next start.',
  ];
};
