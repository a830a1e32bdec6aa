import { checkInvariants } from '../db/invariants/index.ts';
import type { Apart, Finding } from '../db/invariants/index.ts';
import { createPool } from '../db/pool.ts';
import { seesEveryRow } from '../db/sealed-values.ts';
import { toSumText } from '../domain/money.ts';
import { runCommand } from './run-command.ts';
import { readDatabaseUrl } from './target.ts';

/** The result as sentences for the operator: what is broken by its rows, then what is explained. */
export function toLines(findings: readonly Finding[], apart: Apart): string[] {
  const broken = findings.filter(({ count }) => count > 0);
  const verdict =
    broken.length === 0
      ? `The books are sound: ${findings.length} rules hold.`
      : `The books are NOT sound: ${broken.length} of ${findings.length} rules are broken.`;
  return [verdict, ...broken.flatMap(toBroken), ...toApart(apart)];
}

function toBroken({ name, sentence, count, rows }: Finding): string[] {
  const more = count - rows.length;
  return [
    '',
    `${name}: ${count} ${count === 1 ? 'row breaks' : 'rows break'} it. ${sentence}`,
    ...rows.map(({ id, workspaceId, detail }) => `  ${id} (${workspaceId}): ${detail}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function toApart({ held, waitingWebhooks, accounts, staleAccounts }: Apart): string[] {
  return [
    '',
    ...held.map(
      ({ currency, payments, amount }) =>
        `Apart: ${toSumText(amount, currency)} of ${payments} payments without a document, held in a review or left so by a person.`,
    ),
    ...(waitingWebhooks > 0
      ? [`Apart: ${waitingWebhooks} webhooks wait for what their vendor will say.`]
      : []),
    `Vendors: their last word on each transaction is what was compared. ${staleAccounts} of ${accounts} active accounts were not compared with their vendor for two days.`,
  ];
}

/** Checks the money rules over the whole database; exit code 1 if one is broken. */
async function main(): Promise<number> {
  const connectionString = await readDatabaseUrl(process.env);
  const pool = createPool({ connectionString, max: 1, onError: () => undefined });
  try {
    if (!(await seesEveryRow(pool, ['payments', 'tax_documents'])))
      throw new Error(
        'DATABASE_URL logs in as a role that sees no workspace: use tashlum_system, as API and worker do',
      );
    const { findings, apart } = await checkInvariants(pool);
    process.stdout.write(`${toLines(findings, apart).join('\n')}\n`);
    return findings.every(({ count }) => count === 0) ? 0 : 1;
  } finally {
    await pool.end();
  }
}

if (import.meta.main) await runCommand('verify-books', main);
