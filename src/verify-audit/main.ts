import { createAuditChain } from '../db/audit-chain.ts';
import { createPool } from '../db/pool.ts';
import { readTarget } from '../dev/running.ts';
import { readMasterKeys } from '../secrets.ts';
import { toLines, verifyAudit } from './verify-audit.ts';

/** Holds every workspace's audit log against its chain; the exit code is 1 where an entry does not fit. */
async function main(): Promise<number> {
  const target = await readTarget(process.env);
  const chain = createAuditChain(readMasterKeys(target.encryptionKeys));
  const pool = createPool({ connectionString: target.databaseUrl, max: 1, onError: () => undefined });
  try {
    const report = await verifyAudit(pool, chain);
    process.stdout.write(`${toLines(report).join('\n')}\n`);
    return report.breaks.length === 0 ? 0 : 1;
  } finally {
    await pool.end();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`verify-audit: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
