import { EXPLAINED, isOriginal, isStandingCredit, OWES_INVOICE } from './invariant.ts';
import type { Invariant } from './invariant.ts';

/** The first number that a workspace set for a series, by its audit log; 1 where it set none. */
const FIRST_NUMBER = `coalesce((
  SELECT (a.detail -> 'firstNumbers' ->> s.series)::bigint FROM audit_log a
  WHERE a.workspace_id = s.workspace_id AND a.action IN ('workspace.created', 'workspace.changed')
    AND a.detail -> 'firstNumbers' ? s.series
  ORDER BY a.sequence DESC LIMIT 1), 1)`;

/** A series begins at 1, or at a number that the workspace set. Its next number may be set again, which changes nothing. */
const MAY_BEGIN_SO = `(first = 1 OR EXISTS (
  SELECT FROM audit_log a
  WHERE a.workspace_id = s.workspace_id AND a.action IN ('workspace.created', 'workspace.changed')
    AND (a.detail -> 'firstNumbers' ->> s.series)::bigint = first))`;

/** The first five holes of a series that is known to have some. */
const HOLES = `(
  SELECT string_agg(format('%s–%s', before + 1, number - 1), ', ') FROM (
    SELECT number, before FROM (
      SELECT number, lag(number) OVER (ORDER BY number) AS before FROM tax_documents d
      WHERE d.workspace_id = s.workspace_id AND d.series = s.series) AS numbered
    WHERE number > before + 1 ORDER BY number LIMIT 5) AS holes)`;

/** Documents in other currencies, with their sums in shekels where these are known. */
const IN_SHEKELS = `(
  SELECT d.id, d.workspace_id, d.refund_id, d.original_document_id, d.total AS own, s.sums IS NOT NULL AS is_known,
    (s.sums ->> 'net')::bigint AS net, (s.sums ->> 'vat')::bigint AS vat, (s.sums ->> 'total')::bigint AS total,
    (d.content ->> 'pricesIncludeVat')::boolean AS is_gross,
    (SELECT sum((l ->> 'total')::bigint) FROM jsonb_array_elements(s.sums -> 'lines') l) AS lines,
    (SELECT sum((m ->> 'amount')::bigint) FROM jsonb_array_elements(s.sums -> 'means') m) AS means
  FROM tax_documents d CROSS JOIN LATERAL (
    SELECT coalesce(d.content -> 'ils', (SELECT sums FROM document_shekels WHERE document_id = d.id)) AS sums) s
  WHERE d.currency <> 'ILS')`;

/** Rules that documents obey, each with the query that finds what breaks it. */
export const DOCUMENT_INVARIANTS = [
  {
    name: 'numbers_have_no_gap',
    sentence: 'The numbers of a series have no gap, from the first one to the counter.',
    broken: `
      SELECT format('%s %s', s.workspace_id, s.series) AS id, s.workspace_id,
        format('%s documents numbered %s to %s, counter at %s%s', count, first, last, counter, ', missing ' || ${HOLES}) AS detail
      FROM (
        SELECT coalesce(d.workspace_id, c.workspace_id) AS workspace_id, coalesce(d.series, c.series) AS series,
          coalesce(d.count, 0) AS count, d.first, d.last, c.last_number AS counter
        FROM (SELECT workspace_id, series, count(*) AS count, min(number) AS first, max(number) AS last
          FROM tax_documents GROUP BY workspace_id, series) d
        FULL JOIN document_counters c ON c.workspace_id = d.workspace_id AND c.series = d.series) s
      WHERE CASE WHEN count = 0 THEN counter <> ${FIRST_NUMBER} - 1
        ELSE last - first + 1 <> count OR last IS DISTINCT FROM counter OR NOT ${MAY_BEGIN_SO} END`,
  },
  {
    name: 'documents_say_their_charge',
    sentence: 'A document says what its charge captured.',
    broken: `
      SELECT d.id, d.workspace_id, format('%s %s of a charge of %s', d.total, d.currency, coalesce(format('%s %s', t.amount, t.currency), 'nothing')) AS detail
      FROM tax_documents d LEFT JOIN provider_transactions t
        ON t.id = d.transaction_id AND t.payment_id = d.payment_id AND t.kind = 'charge' AND t.status = 'succeeded'
      WHERE ${isOriginal('d')} AND (t.amount, t.currency) IS DISTINCT FROM (d.total, d.currency::text)`,
  },
  {
    name: 'credits_fit_their_document',
    sentence: 'The credits of a document are together not above it, in total, net and VAT.',
    broken: `
      SELECT o.id, o.workspace_id, format('%s (VAT %s) credited by %s (VAT %s)', o.total, o.vat, c.total, c.vat) AS detail
      FROM tax_documents o JOIN (
        SELECT c.original_document_id, sum(c.total) AS total, sum(c.net) AS net, sum(c.vat) AS vat FROM tax_documents c
        WHERE ${isStandingCredit('c')} GROUP BY 1) c ON c.original_document_id = o.id
      WHERE c.total > o.total OR (o.type <> 'payment_confirmation' AND (c.net > o.net OR c.vat > o.vat))`,
  },
  {
    name: 'shekels_fit_their_document',
    sentence:
      'The sums in shekels of a document add up, and its credits are together not above them, and exactly them once it is credited in full.',
    broken: `
      SELECT o.id, o.workspace_id, format('%s (net %s, VAT %s) agorot credited by %s', o.total, o.net, o.vat, coalesce(c.total, 0)) AS detail
      FROM ${IN_SHEKELS} o LEFT JOIN (
        SELECT c.original_document_id, sum(c.total) AS total, sum(c.net) AS net, sum(c.vat) AS vat, sum(c.own) AS own, bool_and(c.is_known) AS is_known
        FROM ${IN_SHEKELS} c WHERE ${isStandingCredit('c')} GROUP BY 1) c ON c.original_document_id = o.id AND c.is_known
      WHERE o.is_known AND (o.net + o.vat <> o.total OR o.lines <> CASE WHEN o.is_gross THEN o.total ELSE o.net END OR o.means <> o.total
        OR c.total > o.total OR c.net > o.net OR c.vat > o.vat OR (c.own = o.own AND (c.total, c.net, c.vat) <> (o.total, o.net, o.vat)))`,
  },
  {
    name: 'credits_fit_their_refund',
    sentence: 'A credit document never exceeds its refund, and that refund was made.',
    broken: `
      SELECT d.id, d.workspace_id, format('credits %s of a refund of %s that is %s', d.total, r.amount, r.status) AS detail
      FROM tax_documents d JOIN refunds r ON r.id = d.refund_id
      WHERE d.total > r.amount OR r.payment_id <> d.payment_id OR (r.status <> 'completed' AND ${isStandingCredit('d')})`,
  },
  {
    name: 'due_cheques_have_their_invoice',
    sentence: 'Post-dated cheques that fell due have their tax invoice, or a person is asked.',
    broken: `
      SELECT d.id, d.workspace_id, format('cheques of %s %s were due on %s', d.total, d.currency, d.content ->> 'invoiceDueOn') AS detail
      FROM tax_documents d
      WHERE ${OWES_INVOICE} AND (d.content ->> 'invoiceDueOn')::date < (now() - interval '2 days')::date
        AND d.payment_id NOT IN (${EXPLAINED})`,
  },
] as const satisfies readonly Invariant[];
