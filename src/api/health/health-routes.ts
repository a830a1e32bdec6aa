import { Router } from 'express';
import type { ApiContext } from '../context.ts';

/** How long Temporal may take to say that it is there. */
const TEMPORAL_MS = 1_000;

/** `/health`: `live` while the process answers, `ready` while what it stands on does. */
export function createHealthRoutes(context: ApiContext): Router {
  const router = Router();
  router.use((_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  router.get('/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/ready', async (_request, response) => {
    const checks = await runChecks(context);
    const isReady = Object.values(checks).every((check) => check === 'ok');
    response.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not_ready', checks });
  });
  return router;
}

type Check = 'ok' | 'failing';

async function runChecks(context: ApiContext): Promise<Record<string, Check>> {
  const { pool, engine, migrationNames, secrets, db, logger } = context;
  const [postgres, migrations, encryptionKeys, temporal] = await Promise.all([
    check(async () => (await pool.query('SELECT 1')).rowCount === 1),
    check(
      async () => ((await pool.query('SELECT 1 FROM migrations')).rowCount ?? 0) >= migrationNames.length,
    ),
    check(() => db.encryptionKeys.doKeysFit(pool, secrets, logger)),
    check(() => engine.isReachable(TEMPORAL_MS)),
  ]);
  return { postgres, migrations, encryptionKeys, temporal };
}

/** A check that throws has failed; why is in the log of whoever is down, not in a public answer. */
async function check(holds: () => Promise<boolean>): Promise<Check> {
  try {
    return (await holds()) ? 'ok' : 'failing';
  } catch {
    return 'failing';
  }
}
