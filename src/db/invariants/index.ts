import type { Pool, Sql } from '../pool.ts';
import { allowLongReads } from '../sealed-values.ts';
import { transaction } from '../transaction.ts';
import { DOCUMENT_INVARIANTS } from './documents.ts';
import type { Invariant } from './invariant.ts';
import { COMPARED_ACCOUNTS, HELD_MONEY, MONEY_INVARIANTS } from './money.ts';
import { TRAFFIC_INVARIANTS, WAITING_INBOX } from './traffic.ts';

const LIST = [...MONEY_INVARIANTS, ...DOCUMENT_INVARIANTS, ...TRAFFIC_INVARIANTS] as const;
export type InvariantName = (typeof LIST)[number]['name'];

/** Every rule, the money first. */
export const INVARIANTS: readonly (Invariant & { readonly name: InvariantName })[] = LIST;

/** The names of all rules, as in metrics. */
export const INVARIANT_NAMES = LIST.map(({ name }) => name) as unknown as readonly [
  InvariantName,
  ...InvariantName[],
];

/** A row that breaks a rule. */
export interface BrokenRow {
  readonly id: string;
  readonly workspaceId: string;
  readonly detail: string;
}

/** What was found about one rule. */
export interface Finding {
  readonly name: InvariantName;
  readonly sentence: string;
  /** How many rows break it. */
  readonly count: number;
  /** The first of them by id. */
  readonly rows: readonly BrokenRow[];
  /** How many of each workspace. */
  readonly byWorkspace: ReadonlyMap<string, number>;
}

/** What is explained and no fault: how it stands is told all the same. Amounts in minor units. */
export interface Apart {
  /** Money without a document that a person holds or left as it is. */
  readonly held: readonly { readonly currency: string; readonly payments: number; readonly amount: number }[];
  /** Webhooks that wait for the vendor. */
  readonly waitingWebhooks: number;
  /** Active accounts at payment providers, and those that were not compared with their vendor for two days. */
  readonly accounts: number;
  readonly staleAccounts: number;
}

const MOST_ROWS = 20;

/**
 * Checks every rule over all workspaces in one snapshot, so that payments in progress break none. It reads and writes nothing.
 * System role; it takes about half a minute for a million payments.
 */
export function checkInvariants(pool: Pool): Promise<{ findings: readonly Finding[]; apart: Apart }> {
  return transaction(pool, async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await allowLongReads(tx);
    // Whole tables are joined: with the usual 4 MB they would be sorted on the disk.
    await tx.query("SET LOCAL work_mem = '128MB'");
    return { findings: await listBroken(tx), apart: await readApart(tx) };
  });
}

/** What a transaction sees of every rule. */
export async function listBroken(tx: Sql): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const invariant of INVARIANTS) findings.push(await checkOne(tx, invariant));
  return findings;
}

async function checkOne(
  tx: Sql,
  { name, sentence, broken }: Invariant & { readonly name: InvariantName },
): Promise<Finding> {
  const { rows } = await tx.query<BrokenRow & { readonly place: number; readonly ofWorkspace: number }>(
    `WITH broken AS MATERIALIZED (${broken}),
       placed AS (
         SELECT id, workspace_id, detail, row_number() OVER (ORDER BY id) AS place,
           row_number() OVER (PARTITION BY workspace_id ORDER BY id) AS in_workspace,
           count(*) OVER (PARTITION BY workspace_id) AS of_workspace
         FROM broken)
     SELECT id, workspace_id AS "workspaceId", detail, place::int, of_workspace::int AS "ofWorkspace" FROM placed
     WHERE place <= $1 OR in_workspace = 1 ORDER BY place`,
    [MOST_ROWS],
  );
  const byWorkspace = new Map(rows.map(({ workspaceId, ofWorkspace }) => [workspaceId, ofWorkspace]));
  return {
    name,
    sentence,
    count: [...byWorkspace.values()].reduce((sum, one) => sum + one, 0),
    rows: rows
      .filter(({ place }) => place <= MOST_ROWS)
      .map(({ id, workspaceId, detail }) => ({ id, workspaceId, detail })),
    byWorkspace,
  };
}

async function readApart(tx: Sql): Promise<Apart> {
  const held = await tx.query<Apart['held'][number]>(HELD_MONEY);
  const waiting = await tx.query<{ waiting: number }>(WAITING_INBOX);
  const compared = await tx.query<{ accounts: number; stale: number }>(COMPARED_ACCOUNTS);
  return {
    held: held.rows,
    waitingWebhooks: waiting.rows[0]?.waiting ?? 0,
    accounts: compared.rows[0]?.accounts ?? 0,
    staleAccounts: compared.rows[0]?.stale ?? 0,
  };
}
