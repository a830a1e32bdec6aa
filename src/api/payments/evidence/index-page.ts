import { createHash } from 'node:crypto';
import { html, styleElement } from '../../../markup.ts';
import type { Markup } from '../../../markup.ts';
import type { Evidence, EvidenceFile, LeftOut } from './gather.ts';

const LOOK = styleElement(`
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color: #1a1a1a; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: start; vertical-align: top; }
  code { overflow-wrap: anywhere; font-size: .8rem; }`);

/** `index.html` of a bundle: what each file is, its hash, and the timeline to read. It loads nothing. */
export function toIndexPage({ payment, timeline, files, leftOut }: Evidence, madeAt: Date): Markup {
  const { id, reference, provider, status, currency, amounts } = payment;
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Payment ${id}</title>
      ${LOOK}
      <h1>Evidence of payment ${id}</h1>
      <p>
        Reference <bdi>${reference}</bdi>, through ${provider}, now ${status}. Captured
        ${String(amounts.captured)}, refunded ${String(amounts.refunded)}, in minor units of ${currency}.
        Collected at ${madeAt.toISOString()}; all times are UTC.
      </p>
      <p>
        The payer's contact, keys and signatures are left out or marked <code>[redacted]</code>. Documents are
        copies and name the payer, and audit entries hold what people wrote as a reason: read both before you
        hand them on.
      </p>
      <h2>Files</h2>
      <table>
        <tr>
          <th>File</th>
          <th>What it is</th>
          <th>SHA-256</th>
        </tr>
        ${files.map(toFileRow)}
      </table>
      ${toLeftOutTable(leftOut)}
      <h2>What happened</h2>
      <table>
        <tr>
          <th>Time</th>
          <th>Kind</th>
          <th>What</th>
        </tr>
        ${timeline.map(
          ({ at, kind, summary }) =>
            html`<tr>
              <td>${at}</td>
              <td>${kind}</td>
              <td><bdi>${summary}</bdi></td>
            </tr>`,
        )}
      </table>
    </html>`;
}

/** So that nobody takes the bundle for more, or for less, than there is. */
function toLeftOutTable(leftOut: readonly LeftOut[]): Markup | null {
  if (leftOut.length === 0) return null;
  return html`<h2>Left out</h2>
    <table>
      <tr>
        <th>What</th>
        <th>Why</th>
      </tr>
      ${leftOut.map(
        ({ what, why }) =>
          html`<tr>
            <td>${what}</td>
            <td>${why}</td>
          </tr>`,
      )}
    </table>`;
}

function toFileRow({ path, what, bytes }: EvidenceFile): Markup {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return html`<tr>
    <td><a href="${path}">${path}</a></td>
    <td>${what}</td>
    <td><code>${hash}</code></td>
  </tr>`;
}
