import { doKeysFit } from '../../db/encryption-keys.ts';
import type { Router } from 'express';
import type { ApiContext } from '../context.ts';
import { routerOf } from '../http/operation.ts';
import { healthOperations } from './health-operations.ts';
import type { Checks, ReadyJson } from './health-schema.ts';

/** Time limit for the answer of Temporal. */
const TEMPORAL_MS = 1_000;

/** `/health`: `live` while the process answers, `ready` while PostgreSQL and Temporal do too. */
export function createHealthRoutes(context: ApiContext): Router {
  return routerOf('/health', healthOperations, {
    live: (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ status: 'live' });
    },
    ready: async (_request, response) => {
      const checks = await runChecks(context);
      const isReady = Object.values(checks).every((check) => check === 'ok');
      const json: ReadyJson = { status: isReady ? 'ready' : 'not_ready', checks };
      response
        .status(isReady ? 200 : 503)
        .set('Cache-Control', 'no-store')
        .json(json);
    },
  });
}

async function runChecks(context: ApiContext): Promise<Checks> {
  const { pool, migrationNames, secrets, logger } = context;
  const [postgres, migrations, encryptionKeys, temporal] = await Promise.all([
    check(async () => (await pool.query('SELECT 1')).rowCount === 1),
    check(
      async () => ((await pool.query('SELECT 1 FROM migrations')).rowCount ?? 0) >= migrationNames.length,
    ),
    check(() => doKeysFit(pool, secrets, logger)),
    check(() => context.temporal.isReachable(TEMPORAL_MS)),
  ]);
  return { postgres, migrations, encryptionKeys, temporal };
}

/** A check that throws has failed. The reason is in the log of the failing part, not in a public answer. */
async function check(holds: () => Promise<boolean>): Promise<Checks[keyof Checks]> {
  try {
    return (await holds()) ? 'ok' : 'failing';
  } catch {
    return 'failing';
  }
}
